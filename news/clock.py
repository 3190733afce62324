"""The one clock by which all processes decide what is public: the database's."""

import datetime
import time

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

COMPARE_EVERY = 60.0  # seconds; clocks drift slowly
TOO_LONG = datetime.timedelta(seconds=0.5)  # an answer that took longer tells nothing: what was known stays


class Clock:
    """This machine's clock, corrected by what the database's shows; SQLite has no other than the machine's."""

    def __init__(self) -> None:
        """Begin with no correction."""
        self.ahead = datetime.timedelta()  # by how much the database's clock is ahead of ours
        self.next_look = 0.0  # seconds of the monotonic clock

    def now(self) -> datetime.datetime:
        """Return the moment by the database's clock."""
        return timezone.now() + self.ahead

    def compare(self) -> None:
        """Ask the database for its time, once a minute; a difference that asking itself may have made is none."""
        connection, began = connections[DEFAULT_DB_ALIAS], time.monotonic()
        if connection.vendor != "postgresql" or began < self.next_look:
            return
        self.next_look = began + COMPARE_EVERY
        ours = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
        took = datetime.timedelta(seconds=time.monotonic() - began)
        if took > TOO_LONG:
            return
        ahead = theirs - (ours + took / 2)
        self.ahead = ahead if abs(ahead) > took else datetime.timedelta()


clock = Clock()
