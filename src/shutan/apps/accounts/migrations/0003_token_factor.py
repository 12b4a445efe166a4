from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_organisations_and_mandates"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="factor",
            field=models.CharField(blank=True, max_length=16, verbose_name="Issued under"),
        ),
        migrations.AlterField(
            model_name="apitoken",
            name="scope",
            field=models.CharField(
                choices=[
                    ("read", "Read"),
                    ("write", "Read and write"),
                    ("decide", "Read, write, sign and decide"),
                ],
                default="read",
                max_length=8,
                verbose_name="Scope",
            ),
        ),
    ]
