from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_timed_work")]

    operations = [
        migrations.RenameField(model_name="portalsettings", old_name="help_hours", new_name="help_hours_fi"),
        migrations.AlterField(
            model_name="portalsettings",
            name="help_hours_fi",
            field=models.CharField(blank=True, max_length=80, verbose_name="help line's hours in Finnish"),
        ),
        migrations.AddField(
            model_name="portalsettings",
            name="help_hours_sv",
            field=models.CharField(blank=True, max_length=80, verbose_name="help line's hours in Swedish"),
        ),
        migrations.AddField(
            model_name="portalsettings",
            name="help_hours_en",
            field=models.CharField(blank=True, max_length=80, verbose_name="help line's hours in English"),
        ),
    ]
