"""Who acts is who is named, as text, for as long as the block lasts."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from record.actors import Actor, acting, current_actor, name_of
from record.models import Act
from tests import builders


def test_outside_of_everything_the_site_acts_by_itself():
    """A shell, a task."""
    assert current_actor() == Actor("system")


def test_one_who_acts_within_another_takes_its_place_for_so_long():
    """And whatever happens, the one before comes back."""
    with acting("manage.py import_news, run by root"):
        with acting("anna", address="192.0.2.7"):
            assert current_actor() == Actor("anna", "192.0.2.7")
        with pytest.raises(ZeroDivisionError), acting("boris"):
            _ = 1 / 0
        assert current_actor() == Actor("manage.py import_news, run by root")
    assert current_actor() == Actor("system")


def test_a_name_is_asked_for_only_when_something_is_written():
    """Most requests write nothing."""
    with acting(lambda: 1 / 0):
        pass


def test_a_person_is_named_by_both_names():
    """The login tells people apart, the name tells who they are."""
    assert name_of(User(username="anna", first_name="Anna", last_name="Berg")) == "anna (Anna Berg)"
    assert name_of(User(username="anna")) == "anna"
    assert name_of(AnonymousUser()) == "anonymous"


@pytest.mark.django_db
def test_whoever_is_renamed_or_deleted_stays_named_as_they_were():
    """Actors are text."""
    anna = builders.member_of_staff("anna", first_name="Anna", last_name="Berg")
    with acting(lambda: name_of(anna)):
        topic = builders.topic("Mines")
    anna.last_name = "Tal"
    anna.save()
    anna.delete()
    assert Act.objects.on(topic).get().actor == "anna (Anna Berg)"
