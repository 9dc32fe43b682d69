from django.db import migrations

PARTS = ("", "_words", "_vocabulary")


def forget_indexes(apps, schema_editor):
    """The tables of an index are laid out anew: what is there is dropped, and healing or `reindex` fills new ones."""
    for state in apps.get_model("search", "SearchIndex").objects.all():
        table = f"search_{state.kind.replace('.', '_')}_{state.generation}"
        for part in reversed(PARTS):
            schema_editor.execute(f"DROP TABLE IF EXISTS {table}{part}")
        state.delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_engine_follows_by_number")]

    operations = [migrations.RunPython(forget_indexes, migrations.RunPython.noop)]
