"""On PostgreSQL no two editions of an item may be visible at the same moment; on SQLite the verb checks it."""

from django.db import migrations


def add_exclusion(apps, schema_editor):
    """Add the exclusion constraint, which needs the extension btree_gist (trusted: the owner may create it)."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    schema_editor.execute(
        "ALTER TABLE news_edition ADD CONSTRAINT edition_intervals_never_overlap "
        "EXCLUDE USING gist (item_id WITH =, tstzrange(visible_from, visible_until) WITH &&) "
        "WHERE (visible_from IS NOT NULL)"
    )


def drop_exclusion(apps, schema_editor):
    """Drop it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE news_edition DROP CONSTRAINT edition_intervals_never_overlap")


class Migration(migrations.Migration):
    dependencies = [("news", "0001_foundation")]

    operations = [migrations.RunPython(add_exclusion, drop_exclusion)]
