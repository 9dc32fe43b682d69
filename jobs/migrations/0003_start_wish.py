from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0002_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='start_date_wish',
            field=models.DateField(blank=True, null=True, verbose_name='day to begin'),
        ),
        migrations.AlterField(
            model_name='application',
            name='start_wish',
            field=models.CharField(blank=True, choices=[('AS_POSTED', 'When the work begins'), ('DATE', 'On a given day'), ('UNSURE', 'We can agree on it')], max_length=10, verbose_name='when to begin'),
        ),
    ]
