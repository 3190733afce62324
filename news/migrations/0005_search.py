"""What search keeps: the words of each listed edition, how they may be misspelled, and what was searched for.

On PostgreSQL the words are a vector that lies beside its row, with an index over it; the index of SQLite is put in
place after each migration (`news/search/sqlite.py`), since SQLite loses triggers whenever a migration rebuilds a table.
"""

import django.db.models.deletion
from django.db import migrations, models

import news.models.search_document

TABLE = "news_searchdocument"


def index_words(apps, schema_editor):
    """Lay the vectors beside their rows, and index them; without a list of pending entries, which would slow a search."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN words SET STORAGE EXTERNAL")
    schema_editor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)")
    schema_editor.execute(f"CREATE INDEX searchdocument_words ON {TABLE} USING gin (words) WITH (fastupdate = off)")


def drop_index_of_sqlite(apps, schema_editor):
    """Drop what would not go with the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS news_searchindex")


class Migration(migrations.Migration):
    dependencies = [("news", "0004_publishing_rules")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="news.edition",
                    ),
                ),
                ("words", news.models.search_document.SearchWordsField()),
            ],
            options={"verbose_name": "search document", "verbose_name_plural": "search documents"},
        ),
        migrations.RunPython(index_words, drop_index_of_sqlite),
        migrations.CreateModel(
            name="SearchHead",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="news.searchdocument",
                    ),
                ),
                ("head", models.TextField()),
            ],
            options={"verbose_name": "head of a search document", "verbose_name_plural": "heads of search documents"},
        ),
        migrations.CreateModel(
            name="SearchCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("words", models.CharField(max_length=100, verbose_name="words")),
                ("times", models.PositiveIntegerField(default=0, verbose_name="searches")),
                ("times_without_result", models.PositiveIntegerField(default=0, verbose_name="without a result")),
            ],
            options={
                "verbose_name": "search",
                "verbose_name_plural": "searches",
                "default_permissions": ("view",),
                "constraints": [models.UniqueConstraint(fields=("day", "words"), name="search_count_once")],
            },
        ),
        migrations.CreateModel(
            name="SpellingKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=40)),
            ],
            options={
                "verbose_name": "spelling",
                "verbose_name_plural": "spellings",
                "constraints": [models.UniqueConstraint(fields=("key", "word"), name="spelling_once")],
            },
        ),
    ]
