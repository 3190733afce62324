"""Which of the two databases answers: each has a file of its own, with the same words."""

from types import ModuleType

from django.db import connection, connections

from news.search import postgresql, sqlite


def engine() -> ModuleType:
    """Return the module that speaks to the database."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def install(*, using: str, **_signal: object) -> None:
    """Put the index of SQLite in place after each migration; on PostgreSQL it is a migration's."""
    if connections[using].vendor == "sqlite":
        sqlite.install(connections[using])
