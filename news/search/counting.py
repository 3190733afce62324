"""Counting what was searched for: words and days, nothing of who asked.

Words that may be somebody's own (an address for mail, a number of a person or a telephone) are not kept.
"""

import datetime
import re
from datetime import timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from news.models import SearchCount
from news.search.query import Query

LONGEST = 100  # characters
MOST_DIGITS = 5  # in all of it: a year and a little; longer numbers are numbers of something
MOST_A_DAY = 5_000  # different words; a flood of them fills no table
KEPT_DAYS = 400
NOT_A_DIGIT = re.compile(r"\D")


def count_search(query: Query, total: int) -> None:
    """Count one search and whether it found something; rather lose one than let a reader wait or fail."""
    words = countable(query)
    if not words:
        return
    try:
        with transaction.atomic():
            _count(words, timezone.localdate(), is_empty=total == 0)
    except (OperationalError, IntegrityError):  # another writer was first or is at work
        return


def countable(query: Query) -> str:
    """Return the words as they are kept, or an empty text where nothing is."""
    words = query.text.casefold()
    is_personal = "@" in words or len(NOT_A_DIGIT.sub("", words)) > MOST_DIGITS
    return "" if query.is_empty or query.is_cut or is_personal or len(words) > LONGEST else words


def _count(words: str, day: datetime.date, *, is_empty: bool) -> None:
    kept = SearchCount.objects.filter(day=day, words=words)
    if kept.update(times=F("times") + 1, times_without_result=F("times_without_result") + int(is_empty)):
        return
    of_today = SearchCount.objects.filter(day=day).count()
    if of_today == 0:
        SearchCount.objects.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
    if of_today < MOST_A_DAY:
        SearchCount.objects.create(day=day, words=words, times=1, times_without_result=int(is_empty))
