"""Imports of rows written as JSON Lines, as the command runs them; what is stored, as plain values to be compared."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from news.models import ImportBatch
from taxonomy import catalogue


def story(number: int | str, **fields: Any) -> dict[str, Any]:
    """Return a complete row, issued by "Secretariat" unless the test names another."""
    given = {
        "source": "old.example",
        "source_id": str(number),
        "language": "en",
        "title": f"Story {number}",
        "summary": f"In short: {number}.",
        "body_html": f"<p>Story {number}, at length.</p>",
        "issued_at": "2020-05-03T10:00:00Z",
        "issued_by": ["secretariat"],
    }
    return {name: value for name, value in (given | fields).items() if value is not ...}


def lines(rows: Sequence[dict[str, Any]]) -> str:
    """Return the rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def run(*arguments: object) -> tuple[int, str, str]:
    """Run the command and return its exit code and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_news", *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue() + str(error)
    return 0, out.getvalue(), err.getvalue()


def take(file: Path, rows: Sequence[dict[str, Any]], *options: str) -> list[dict[str, Any]]:
    """Import the rows, or plan to, and return what is told of each."""
    file.write_text(lines(rows), encoding="utf-8")
    catalogue.forget()  # a test commits nothing, so nobody hears of names that the import before has created
    code, out, err = run(file, "--json", *options)
    assert code in {0, 3}, err
    return [told for told in map(json.loads, out.splitlines()) if "totals" not in told]


def last_batch() -> ImportBatch:
    """Return the last import."""
    batch = ImportBatch.objects.order_by("-pk").first()
    assert batch is not None
    return batch


def everything(*, but: frozenset[str] | set[str] = frozenset()) -> dict[str, list[Any]]:
    """Return all rows of all tables, but those of some models."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        model._meta.label_lower: sorted(map(repr, model._base_manager.values_list()))  # noqa: SLF001 - what no manager hides
        for model in models
        if model._meta.label_lower not in but
    }


def versions() -> dict[str, list[Any]]:
    """Return the versions of all rows but those of runs: a row that is written with what it holds has another one.

    On SQLite, which has none, all that the rows hold.
    """
    if connection.vendor == "sqlite":
        return everything(but={"news.importbatch"})
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - {"news_importbatch"}):
            cursor.execute(f"SELECT ctid::text, xmin::text FROM {table} ORDER BY 1")  # noqa: S608 - a table of our own
            found[table] = cursor.fetchall()
    return found
