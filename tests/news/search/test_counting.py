"""Counting what was searched for, and nothing of who asked."""

import datetime
import threading
import time

import pytest
import time_machine
from django.db import connection, transaction

from news.models import SearchCount
from news.search import counting
from news.search.counting import count_search
from news.search.query import read_query

pytestmark = pytest.mark.django_db


def search(words, total=1):
    """Count one search for the words."""
    count_search(read_query(words, language="en"), total)


def counts():
    """Return words, searches and searches in vain."""
    return list(SearchCount.objects.order_by("words").values_list("words", "times", "times_without_result"))


def test_the_same_words_are_counted_together_whoever_typed_them_how():
    """Case and spaces are no difference; results and their absence are."""
    search("Border patrol")
    search("  border   PATROL ", total=0)
    search("elections")
    assert counts() == [("border patrol", 2, 1), ("elections", 1, 0)]


@pytest.mark.parametrize(
    "words",
    [
        "jane.doe@example.org",
        "+43 1 514 36 0",
        "passport 123456",
        "4 3 1 5 1 4",
        "",
        "-only",
        "a" * 150,
        "word " * 60,
    ],
)
def test_what_may_be_somebodys_own_or_is_no_search_is_not_kept(words):
    """Mail addresses, numbers longer than a year, whole letters pasted in."""
    search(words)
    assert counts() == []


def test_a_year_is_no_number_of_a_person():
    """Resolutions and documents are named by it."""
    search("vienna document 2011")
    assert counts() == [("vienna document 2011", 1, 0)]


def test_a_flood_of_words_fills_no_table(monkeypatch):
    """After the most of a day only known words are counted."""
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    for words in ("one", "two", "three", "one"):
        search(words)
    assert counts() == [("one", 2, 0), ("two", 1, 0)]


def searched_on(day, words, times=1):
    """Count searches for the words on the day."""
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)):
        for _time in range(times):
            search(words)


def test_counts_go_after_a_year_and_a_month():
    """With the first search of a day."""
    searched_on(datetime.date(2024, 1, 1), "old", times=2)
    searched_on(datetime.date(2025, 1, 30), "kept", times=2)
    searched_on(datetime.date(2025, 2, 20), "new")
    assert [words for words, _times, _in_vain in counts()] == ["kept", "new"]


def test_what_was_searched_for_once_goes_after_a_month():
    """It may be anything, a name too; what comes again and again is worth keeping, once a day as well."""
    searched_on(datetime.date(2025, 1, 1), "once")
    searched_on(datetime.date(2025, 1, 1), "twice", times=2)
    searched_on(datetime.date(2025, 1, 1), "again")
    searched_on(datetime.date(2025, 1, 15), "once lately")
    searched_on(datetime.date(2025, 1, 20), "again")
    searched_on(datetime.date(2025, 2, 5), "new")
    assert [words for words, _times, _in_vain in counts()] == ["again", "again", "new", "once lately", "twice"]


@pytest.mark.django_db(transaction=True)
def test_a_reader_does_not_wait_for_another_writer():
    """Whoever holds the row, or on SQLite the one writer's place, may take long; the count is lost, nothing else."""
    search("border")
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            SearchCount.objects.filter(words="border").update(times=5)
            held.set()
            done.wait(timeout=10)
        connection.close()

    writer = threading.Thread(target=hold)
    writer.start()
    assert held.wait(timeout=10)
    started = time.monotonic()
    search("border")
    waited = time.monotonic() - started
    done.set()
    writer.join()
    assert waited < 1
    assert counts() == [("border", 5, 0)]
    search("border")
    assert counts() == [("border", 6, 0)]
