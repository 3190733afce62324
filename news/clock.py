"""The one clock by which all processes decide what is public: the database's."""

import datetime
import time

from django.db import connections, router
from django.utils import timezone

from news.models import Edition


class Clock:
    """This machine's clock, corrected by what the database's shows; SQLite has no other than the machine's."""

    def __init__(self) -> None:
        """Begin with no correction."""
        self.ahead = datetime.timedelta()  # by how much the database's clock is ahead of ours

    def now(self) -> datetime.datetime:
        """Return the moment by the database's clock."""
        return timezone.now() + self.ahead

    def compare(self) -> None:
        """Ask the database for its time; a difference that asking itself may have made is none."""
        connection = connections[router.db_for_read(Edition)]
        if connection.vendor != "postgresql":
            return
        before, began = timezone.now(), time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
        took = datetime.timedelta(seconds=time.monotonic() - began)
        ahead = theirs - (before + took / 2)
        self.ahead = ahead if abs(ahead) > took else datetime.timedelta()


clock = Clock()
