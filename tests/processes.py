"""Other processes on a database of their own, for tests of what happens between processes."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

PATIENCE = 240  # seconds, on a machine that has other work too
ROOT = Path(settings.ROOT)


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Make an empty database of the kind that the tests run on; yield its address."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    name = f"site_{uuid.uuid4().hex[:12]}"
    given = settings.DATABASES["default"]
    place = f"{given['USER']}:{given['PASSWORD']}@{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}"
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - what Django's own test runner uses
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgres://{place}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:  # noqa: SLF001 - as above
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(database: str) -> dict[str, str]:
    """Return what a process needs to work on the database."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": "for-tests-only",
    }


def run(database: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py on the database."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(database),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
