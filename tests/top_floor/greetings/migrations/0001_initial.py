from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Greeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=40)),
                ("said_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"verbose_name": "greeting"},
        ),
    ]
