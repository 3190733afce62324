"""What the environment says of the site, so that a mistake in it reaches a system check, never a traceback."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

DATABASE_ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
NO_DATABASE = {"ENGINE": "django.db.backends.dummy"}
NO_ADDRESS = urlsplit("")


def address_parts(address: str) -> SplitResult:
    """Return the parts of an address; empty ones for what is none (brackets that don't close, a port out of range)."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return NO_ADDRESS
    return parts


def known_database(database: dict[str, Any]) -> dict[str, Any]:
    """Return the database if the site knows its kind; else none, so that no driver is missed before the check."""
    return database if database["ENGINE"] in DATABASE_ENGINES else dict(NO_DATABASE)
