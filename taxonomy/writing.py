"""The one transaction in which taxonomy is written, and the word that it gives of what changed.

Locks are taken in one order, taxonomy's first and the newsroom's publishing lock after it, before anything is read.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction
from django.dispatch import Signal

# Sent inside the writing transaction, with `subject`: what changed, as text ("country 12", "navigation").
taxonomy_changed = Signal()

TAXONOMY_LOCK = 0x7461786F  # "taxo": any number that no other part of the site uses


@contextmanager
def taxonomy_writing(using: str | None = None) -> Iterator[None]:
    """Hold the only right to write taxonomy until the transaction ends.

    PostgreSQL: one advisory lock of the transaction. SQLite: the IMMEDIATE transaction is itself the only writer.
    Whatever is written must be read inside, not before.
    """
    alias = using or router.db_for_write(None)
    with transaction.atomic(using=alias):
        take_advisory_lock(alias, TAXONOMY_LOCK)
        yield


def take_advisory_lock(alias: str, number: int) -> None:
    """Wait for the lock `number` and hold it until the transaction ends; a no-op where one writer is the rule."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
