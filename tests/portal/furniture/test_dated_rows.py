"""The database itself refuses rows that overlap, also after Django has rebuilt the table."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models.signals import post_migrate
from django.test.utils import isolate_apps

from portal.furniture.dated_rows import MARK, DatedRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rows():
    """A model of this test alone, with its table."""
    with isolate_apps("portal") as apps:

        class Rollout(DatedRow):
            GROUP = ("place", "kind")
            place = models.CharField(max_length=20)
            kind = models.IntegerField(null=True)

            class Meta(DatedRow.Meta):
                app_label = "portal"

    with connection.schema_editor() as editor:
        editor.create_model(Rollout)
    migrated(apps)
    yield Rollout
    with connection.schema_editor() as editor:
        editor.delete_model(Rollout)


def migrated(apps):
    """The end of a migrate, as Django tells of it for one app."""
    config = apps.get_app_config("portal")
    sender = {"sender": config, "app_config": config, "apps": apps, "plan": [], "stdout": None}
    post_migrate.send(**sender, verbosity=0, interactive=False, using="default")


def add(model, begins, ends=None, place="Lieksa", kind=1):
    with transaction.atomic():
        return model.objects.create(place=place, kind=kind, valid_from=day(begins), valid_until=ends and day(ends))


def overlap_refused():
    return pytest.raises(IntegrityError, match=MARK)


def day(number):
    return date(2026, 11, number)


def test_overlaps_are_refused_and_neighbours_are_not(rows):
    add(rows, 10, 12)
    for begins, ends in ((10, 12), (12, 12), (9, 10), (11, 11), (1, 20), (1, None), (12, None)):
        with overlap_refused():
            add(rows, begins, ends)
    add(rows, 9, 9)
    add(rows, 13)
    for begins, ends in ((14, 15), (20, None)):
        with overlap_refused():
            add(rows, begins, ends)
    assert rows.objects.count() == 3


def test_each_group_is_by_itself(rows):
    for place, kind in (("Lieksa", 1), ("Lieksa", 2), ("Nurmes", 1), ("Lieksa", None)):
        add(rows, 1, place=place, kind=kind)
        with overlap_refused():
            add(rows, 1, place=place, kind=kind)


def test_a_change_is_refused_like_a_new_row_and_may_stay_as_it_is(rows):
    first, second = add(rows, 1, 5), add(rows, 6, 9)
    second.save()
    second.valid_from = day(5)
    with overlap_refused(), transaction.atomic():
        second.save()
    with overlap_refused(), transaction.atomic():
        rows.objects.filter(pk=first.pk).update(valid_until=None)
    rows.objects.filter(pk=first.pk).update(valid_until=day(4))
    second.save()


def test_the_end_is_not_before_the_beginning(rows):
    with pytest.raises(DatabaseError):
        add(rows, 5, 4)


def test_what_holds_on_a_day(rows):
    first, second = add(rows, 1, 5), add(rows, 6)
    holding = [[*rows.objects.on(day(number)).order_by("pk")] for number in (1, 5, 6, 30)]
    assert holding == [[first], [first], [second], [second]]
    assert not rows.objects.on(date(2026, 10, 31)).exists()


def test_a_rebuilt_table_refuses_again(rows):
    add(rows, 1, 5)
    changed = models.CharField(max_length=21, default="")
    changed.set_attributes_from_name("place")
    changed.model = rows
    with connection.schema_editor() as editor:
        editor.alter_field(rows, rows._meta.get_field("place"), changed)
    if connection.vendor == "sqlite":
        assert not refusals(rows)  # dropped with the old table, without a word
    for _migrate in range(2):
        migrated(rows._meta.apps)
    with overlap_refused():
        add(rows, 5)
    add(rows, 6)
    with overlap_refused(), transaction.atomic():
        rows.objects.filter(valid_from=day(1)).update(valid_until=day(6))


def refusals(model):
    """The names of the triggers on the model's table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [model._meta.db_table]
        )
        return [name for (name,) in cursor.fetchall()]
