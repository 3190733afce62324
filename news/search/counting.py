"""Counting what was searched for: words and days, nothing of who asked.

Words that may be somebody's own (an address for mail, a number of a person or a telephone) are not kept, and what was
searched for only once is forgotten after a month: it tells editors nothing, and may be anything.
"""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from news.models import SearchCount
from news.search.query import Query

LONGEST = 100  # characters
MOST_DIGITS = 5  # in all of it: a year and a little; longer numbers are numbers of something
MOST_A_DAY = 5_000  # different words; a flood of them fills no table
KEPT_DAYS = 400
ONCE_KEPT_DAYS = 31  # of words that were searched for only once
PATIENCE = 100  # milliseconds to wait for another writer
NOT_A_DIGIT = re.compile(r"\D")


def count_search(query: Query, total: int) -> None:
    """Count one search and whether it found something; rather lose one than let a reader wait or fail."""
    words = countable(query)
    if not words:
        return
    try:
        with _short_transaction():
            _count(words, timezone.localdate(), is_empty=total == 0)
    except DatabaseError:  # another writer was first or is at work, or nobody may write now
        return


def countable(query: Query) -> str:
    """Return the words as they are kept, or an empty text where nothing is."""
    words = query.text.casefold()
    is_personal = "@" in words or len(NOT_A_DIGIT.sub("", words)) > MOST_DIGITS
    return "" if query.is_empty or query.is_cut or is_personal or len(words) > LONGEST else words


@contextmanager
def _short_transaction() -> Iterator[None]:
    """Open a transaction that gives up soon where another one is in its way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with transaction.atomic():  # which need not wait for the disk either
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
                cursor.execute("SET LOCAL synchronous_commit = off")
                yield
            return
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _count(words: str, day: datetime.date, *, is_empty: bool) -> None:
    kept = SearchCount.objects.filter(day=day, words=words)
    if kept.update(times=F("times") + 1, times_without_result=F("times_without_result") + int(is_empty)):
        return
    of_today = SearchCount.objects.filter(day=day).count()
    if of_today == 0:
        _forget(day)
    if of_today < MOST_A_DAY:
        SearchCount.objects.create(day=day, words=words, times=1, times_without_result=int(is_empty))


def _forget(day: datetime.date) -> None:
    """Delete what is too old on the day, and what is a month old and was searched for only once."""
    once = SearchCount.objects.values("words").annotate(searches=Sum("times")).filter(searches=1).values("words")
    SearchCount.objects.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
    SearchCount.objects.filter(day__lt=day - timedelta(days=ONCE_KEPT_DAYS), words__in=once).delete()
