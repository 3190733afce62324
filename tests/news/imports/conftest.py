"""What the tests of imports leave behind."""

from collections.abc import Iterator

import pytest
from django.db import connection

SEQUENCE = "pg_get_serial_sequence('news_newsitem', 'id')"


@pytest.fixture(autouse=True)
def _numbers_go_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the numbers of items go on from where they were: a sequence of PostgreSQL keeps what a rolled back test took.

    Rows with numbers of their own in the millions would otherwise put the items of later tests there too.
    """
    if connection.vendor != "postgresql":
        yield
        return
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(pg_sequence_last_value({SEQUENCE}::regclass), 1)")
        (before,) = cursor.fetchone()
    yield
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"SELECT setval({SEQUENCE}, %s)", [before])
