"""Numbers that are kept as long as they are true."""

import datetime

import pytest
import time_machine

from news.changes import follower
from news.models import Edition
from news.stories import Stories
from news.totals import Totals
from tests import builders

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2035, 5, 1, tzinfo=datetime.UTC)


@pytest.fixture
def totals(monkeypatch):
    """Return what a process keeps that has looked at the log of changes."""
    monkeypatch.setattr(follower, "position", 7)
    return Totals()


def test_a_number_is_counted_once(totals, django_assert_num_queries):
    """Each question has its own: language, kinds, records."""
    builders.published(kind="speech")
    assert totals.of(Stories()) == 1
    with django_assert_num_queries(0):
        assert totals.of(Stories()) == 1
    assert [totals.of(Stories(kinds=("speech",))), totals.of(Stories(kinds=("news",)))] == [1, 0]
    assert totals.of(Stories(countries=(builders.country().pk,))) == 0


def test_what_another_process_publishes_is_counted_after_the_next_look(totals, monkeypatch):
    """The place in the log has moved on."""
    assert totals.of(Stories()) == 0
    builders.published()
    monkeypatch.setattr(follower, "position", 8)
    assert totals.of(Stories()) == 1


def test_what_this_process_publishes_is_counted_at_once(totals):
    """Before the next look."""
    assert totals.of(Stories()) == 0
    builders.published()
    totals.notice()
    assert totals.of(Stories()) == 1


def test_a_number_ends_at_the_moment_at_which_something_appears_or_ends(totals):
    """To the microsecond, though nobody publishes anything then."""
    first = builders.published()
    builders.next_edition(first, visible_from=MOMENT)
    builders.published(visible_from=MOMENT + datetime.timedelta(days=1))
    Edition.objects.filter(item=first.item, number=2).update(listed_until=MOMENT + datetime.timedelta(days=2))
    counted = []
    for days in (-1, 0, 1, 2):
        with time_machine.travel(MOMENT + datetime.timedelta(days=days), tick=False):
            counted.append(totals.of(Stories()))
    assert counted == [1, 1, 2, 1]


def test_a_number_that_was_asked_for_before_a_change_is_not_kept_after_it(totals, monkeypatch):
    """A count that another process's publishing overtook answers its own page alone."""
    counting = Stories.rows

    def overtaken(stories):
        counted = counting(stories).none()
        totals.notice()
        return counted

    with monkeypatch.context() as patch:
        patch.setattr(Stories, "rows", overtaken)
        builders.published()
        assert totals.of(Stories()) == 0
    assert totals.of(Stories()) == 1


def test_outside_of_requests_everything_is_counted(totals, monkeypatch):
    """A command looks at no log: it would never learn of a change."""
    monkeypatch.setattr(follower, "position", None)
    assert totals.of(Stories()) == 0
    builders.published()
    assert totals.of(Stories()) == 1
