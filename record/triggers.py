"""Triggers that refuse a write, whoever writes: the ORM, a shell or a script.

They are put in place after each `migrate`, since SQLite loses a table's triggers whenever a migration rebuilds it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TRUNCATE = "TRUNCATE"  # of PostgreSQL alone; SQLite has no such statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One event on one table that is refused, under a condition or always.

    The condition is SQL on the rows OLD and NEW; `{differs}` in it stands for the comparison that knows NULL.
    """

    name: str
    table: str
    event: str
    message: str
    condition: str = ""


def install(refusals: Iterable[Refusal], *, using: str) -> None:
    """Put the triggers in place, in the form of this version, on the tables that are there."""
    refusals = list(refusals)
    remove(refusals, using=using)
    connection = connections[using]
    create = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    tables = set(connection.introspection.table_names())
    _execute(connection, (sql for refusal in refusals if refusal.table in tables for sql in create(refusal)))


def remove(refusals: Iterable[Refusal], *, using: str) -> None:
    """Take the triggers away; for a test suite that empties its database."""
    connection = connections[using]
    drop = "DROP TRIGGER IF EXISTS keep_{}"
    if connection.vendor == "postgresql":
        drop = "DROP FUNCTION IF EXISTS keep_{}() CASCADE"
    _execute(connection, (drop.format(refusal.name) for refusal in refusals))


def _execute(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _on_sqlite(refusal: Refusal) -> Iterator[str]:
    if refusal.event == TRUNCATE:
        return
    condition = f"WHEN {refusal.condition.format(differs='IS NOT')} " if refusal.condition else ""
    yield (
        f"CREATE TRIGGER keep_{refusal.name} BEFORE {refusal.event} ON {refusal.table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
    )


def _on_postgresql(refusal: Refusal) -> Iterator[str]:
    name, each = f"keep_{refusal.name}", "STATEMENT" if refusal.event == TRUNCATE else "ROW"
    unchanged = {"DELETE": "OLD", TRUNCATE: "NULL"}.get(refusal.event, "NEW")
    condition = refusal.condition.format(differs="IS DISTINCT FROM") or "TRUE"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION '{refusal.message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {unchanged}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {refusal.event} ON {refusal.table} FOR EACH {each} EXECUTE FUNCTION {name}()"
