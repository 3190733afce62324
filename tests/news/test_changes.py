"""The log of changes, and a process that follows it."""

import pytest

from news.changes import Follower, changes_seen, publishing, record_change
from news.models import Change
from taxonomy.catalogue import catalogue, forget
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen():
    """Collect what the signal says."""
    heard = []

    def hear(*, subjects, **_signal):
        heard.append(subjects)

    changes_seen.connect(hear)
    yield heard
    changes_seen.disconnect(hear)


def look(follower: Follower) -> None:
    """Look now, however short ago the last look was."""
    follower.next_look = 0.0
    follower.catch_up()


def write(subject: str) -> None:
    """Write a row as a verb does."""
    with publishing():
        record_change(subject)


def test_the_first_look_concerns_everything(seen):
    """A process that starts knows nothing of what came before."""
    write("country 1")
    look(Follower())
    assert seen == [{"everything"}]


def test_a_later_look_names_what_came_since(seen):
    """And only that."""
    follower = Follower()
    write("country 1")
    look(follower)
    write("news item 5")
    write("country 2")
    look(follower)
    look(follower)
    assert seen[1:] == [{"news item 5", "country 2"}]


def test_a_look_on_an_empty_log_and_then_a_first_row(seen):
    """Position 0 is a place too: the row that follows must not be missed."""
    follower = Follower()
    look(follower)
    write("country 1")
    look(follower)
    assert {"everything"} in seen


def test_a_process_whose_place_was_pruned_starts_anew(seen):
    """Whoever is older than the oldest kept row cannot know what it missed."""
    follower = Follower()
    write("country 1")
    look(follower)
    write("country 2")
    write("country 3")
    Change.objects.exclude(subject="country 3").delete()
    look(follower)
    assert seen[-1] == {"everything"}


def test_looks_are_gated_by_time(django_assert_num_queries):
    """A look within the same fifth of a second costs nothing."""
    follower = Follower()
    follower.catch_up()
    with django_assert_num_queries(0):
        follower.catch_up()


def test_a_rename_is_seen_by_the_next_request_after_its_commit(django_capture_on_commit_callbacks):
    """The kept taxonomy is dropped at the commit in the process that wrote it."""
    country = builders.country("Atlantis")
    assert catalogue().countries[country.pk].name == "Atlantis"
    country.name = "New Atlantis"
    with django_capture_on_commit_callbacks(execute=True):
        country.save()
    assert catalogue().countries[country.pk].name == "New Atlantis"


def test_what_was_read_before_a_change_is_not_kept_after_it(monkeypatch):
    """A slow reading that began before the change would otherwise stay for ever."""
    from taxonomy import catalogue as module  # noqa: PLC0415 - patched below

    reading = module.read_catalogue

    def slow_reading():
        read = reading()
        forget()  # another thread learns of a change meanwhile
        return read

    monkeypatch.setattr(module, "read_catalogue", slow_reading)
    before = catalogue()
    assert catalogue() is not before


def test_an_act_that_fails_leaves_no_row():
    """The row and the act stand in one transaction."""

    @publishing()
    def failing_act():
        record_change("country 1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_act()
    assert not Change.objects.exists()
