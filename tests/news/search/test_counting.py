"""Counting what was searched for, and nothing of who asked."""

import datetime

import pytest
import time_machine

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


def test_counts_go_after_a_year_and_a_month():
    """With the first search of a day."""
    with time_machine.travel(datetime.datetime(2024, 1, 1, 12, tzinfo=datetime.UTC)):
        search("old")
    with time_machine.travel(datetime.datetime(2025, 1, 30, 12, tzinfo=datetime.UTC)):
        search("kept")
    with time_machine.travel(datetime.datetime(2025, 2, 20, 12, tzinfo=datetime.UTC)):
        search("new")
    assert [words for words, _times, _in_vain in counts()] == ["kept", "new"]
