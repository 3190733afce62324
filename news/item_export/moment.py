"""One moment for all that an export reads, however long that takes and whatever is published meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from taxonomy.catalogue import forget


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the database as it stands at the beginning, without keeping anybody from writing.

    Within a transaction that was begun before, what is read is what that transaction sees.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    forget()  # taxonomy is read as of that moment too
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would take the one writer's place
            try:
                yield
            finally:
                cursor.execute("COMMIT")
