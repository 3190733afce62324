"""Which queries the process knows the answer to, and for how long."""

import time

import pytest
from pyroaring import BitMap

from news.changes import changes_seen
from news.models import Change
from news.search import find
from news.search.matches import KEPT_SECONDS, MOST, Matches
from news.search.query import read_query
from tests import builders


class Database:
    """Answers, and counts how often it was asked."""

    def __init__(self):
        self.asked = 0

    def answer(self, _query):
        """Return another set each time."""
        self.asked += 1
        return BitMap([self.asked])


def query(words):
    """Read words."""
    return read_query(words, language="en")


def test_the_same_words_are_asked_for_once_however_they_are_written():
    """Case, spaces, signs and the order are no part of the question."""
    database, kept = Database(), Matches()
    assert kept.of(query("Border  patrol"), database.answer) == kept.of(query("border PATROL"), database.answer)
    kept.of(query("patrol, border!"), database.answer)
    assert database.asked == 1
    kept.of(query("border -patrol"), database.answer)
    assert database.asked == 2


def test_only_the_latest_queries_are_kept():
    """A flood of different words fills no memory; what is asked for again stays."""
    database, kept = Database(), Matches()
    for number in range(MOST + 10):
        kept.of(query(f"word{number}"), database.answer)
        kept.of(query("border"), database.answer)
    assert len(kept.kept) == MOST
    assert database.asked == MOST + 10 + 1


def test_after_a_minute_the_database_is_asked_again(monkeypatch):
    """For what no act tells of."""
    database, kept, now = Database(), Matches(), 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    kept.of(query("border"), database.answer)
    now += KEPT_SECONDS - 1
    kept.of(query("border"), database.answer)
    assert database.asked == 1
    now += 2
    kept.of(query("border"), database.answer)
    assert database.asked == 2


def test_what_was_read_before_an_act_is_not_kept_after_it():
    """The act came while the database was answering: the answer may lack what it published."""
    database, kept = Database(), Matches()

    def answer_slowly(asked):
        kept.forget()
        return database.answer(asked)

    kept.of(query("border"), answer_slowly)
    kept.of(query("border"), database.answer)
    assert database.asked == 2


@pytest.mark.django_db
def test_another_process_has_published_and_its_text_is_found(django_assert_num_queries):
    """The log of changes tells of it."""
    builders.published("Border")
    find("border", language="en")
    with django_assert_num_queries(0):
        find("border", language="en")
    changes_seen.send(Change, subjects={"news item 7"})
    with django_assert_num_queries(1):
        find("patrol", language="en")
