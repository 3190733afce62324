"""Numbers for new items: the one that a row brings or once had, where that is free, or the next.

Each is given in the order of the rows, and lies above all that were given or brought before: so the same rows get the
same numbers whatever the steps are that they are taken in, and a plan foretells them.
"""

from collections import deque
from collections.abc import Sequence

from django.db import connection

from news import bulk
from news.models import NewsItem


class Numbering:
    """Gives numbers; a rehearsal takes none from the database, it only foretells them."""

    def __init__(self, *, is_rehearsal: bool) -> None:
        """Begin above nothing."""
        self.is_rehearsal = is_rehearsal
        self.highest = 0  # of those that were given or brought

    def give(self, wanted: Sequence[int], taken: set[int]) -> list[int]:
        """Return a number for each wish, 0 standing for any; `taken` are those that are not free."""
        taken, given = set(taken), []
        block: deque[int] = deque()
        for position, number in enumerate(wanted):
            if not number or number in taken:
                number = self._next(block, len(wanted) - position)  # noqa: PLW2901 - the wish cannot be granted
            given.append(number)
            taken.add(number)
            self.highest = max(self.highest, number)
        return given

    def _next(self, block: deque[int], count: int) -> int:
        """Take the next number above all others from those that were fetched, or fetch some more."""
        while block and block[0] <= self.highest:
            block.popleft()
        if not block:
            block.extend(self._fetch(count))
        return block.popleft()

    def _fetch(self, count: int) -> Sequence[int]:
        """Return so many numbers that nobody else gets."""
        if self.is_rehearsal or connection.vendor == "sqlite":
            first = max(_last_number(), self.highest) + 1
            return range(first, first + count)
        bulk.keep_clear_of(NewsItem, self.highest)
        return bulk.next_numbers(NewsItem, count)


def _last_number() -> int:
    """Return the last number that the database has given, or that an item has brought."""
    table = NewsItem._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)", [table])
        found = cursor.fetchone()
    return (found and found[0]) or 0
