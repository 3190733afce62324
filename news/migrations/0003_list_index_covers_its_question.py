"""Page and count of a list read one index: it holds everything that they ask before twenty rows are read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_editions_never_overlap"),
        ("taxonomy", "0002_reference_records"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="edition",
            name="edition_list_index",
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=[
                    "-issued_at",
                    "-id",
                    "visible_from",
                    "visible_until",
                    "listed_until",
                    "is_retracted",
                    "language",
                    "story",
                    "item",
                    "kind",
                ],
                name="edition_list_index",
            ),
        ),
    ]
