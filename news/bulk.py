"""Rows written as fast as the database takes them: COPY on PostgreSQL, one prepared statement on SQLite.

Around the models: whoever calls keeps their rules. Values are ready for the database; JSON is text already.
"""

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

OFF = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")
BY_INDEX = f"SELECT {', '.join(f"set_config('{name}', 'off', true)" for name in OFF)}"


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, whose values stand in the order of the columns."""
    if not rows:
        return
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of the model's own
        cursor.executemany(statement, [tuple(map(_for_sqlite, row)) for row in rows])


def insert_new(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    """Insert rows of texts, but for those that are there already."""
    if not rows:
        return
    table, names, marks = model._meta.db_table, ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lists = ", ".join(["%s::text[]"] * len(columns))
            insert_all = f"INSERT INTO {table} ({names}) SELECT * FROM unnest({lists}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of the model's own
            cursor.execute(insert_all, [list(values) for values in zip(*rows, strict=True)])
            return
        cursor.executemany(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of the model's own


def update(model: type[models.Model], column: str, values: Iterable[tuple[Any, int]]) -> None:
    """Set one column of some records: pairs of the value and the record's number."""
    pairs = [(_for_sqlite(value), number) for value, number in values]
    statement = f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s"  # noqa: S608 - names of the model's own
    with connection.cursor() as cursor:
        if pairs:
            cursor.executemany(statement, pairs)


def next_numbers(model: type[models.Model], count: int) -> list[int]:
    """Take as many numbers for new records; nobody else gets them."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
            cursor.execute(f"SELECT {sequence} FROM generate_series(1, %s)", [count])  # noqa: S608 - a name of the model's own
            return [number for (number,) in cursor.fetchall()]
        # The writing transaction is the only one (IMMEDIATE), so nobody takes them in between.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return list(range(first, first + count))


def keep_clear_of(model: type[models.Model], highest: int) -> None:
    """Let numbers that are given from now on lie above those that were brought along."""
    if connection.vendor != "postgresql":
        return  # SQLite goes on from the highest by itself
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(name, %s) FROM pg_get_serial_sequence(%s, 'id') AS name"
            " WHERE COALESCE(pg_sequence_last_value(name::regclass), 0) < %s",
            [highest, table, highest],
        )


def look_up_by_index() -> None:
    """Let what is read until the transaction ends be found by its index, few rows at a time, and never by reading all.

    While a table grows, PostgreSQL knows little of it, and would read it from end to end for each step.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(BY_INDEX)


def commit_without_waiting() -> None:
    """Let this transaction's commit not wait for the disk: whoever asks must bear that a crash undoes the last of them.

    They are undone whole and in their order, so an import goes on behind the last one that the disk has.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def learn_sizes(tables: Iterable[type[models.Model]]) -> None:
    """Let the database count what its tables hold, so that it chooses the right ways into them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in tables)}")


def as_json(value: Any) -> str:
    """Return a value as the text of a JSON column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _for_sqlite(value: Any) -> Any:
    """Return a moment as SQLite keeps it; PostgreSQL takes that form too, for UTC is its session's zone."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(" ")
    return value
