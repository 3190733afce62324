"""Users in the admin: an account, its groups, and the person behind it."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from news import groups
from news.models import Person
from tests import builders
from tests.news.admin.person.forms import errors_of, filled, page

pytestmark = pytest.mark.django_db


def test_an_administrator_adds_a_user_and_says_where_he_works(desk):
    """Two pages: the account, and the person."""
    account = {"username": "neu", "first_name": "Nora", "last_name": "Neu", "email": "nora@example.org"}
    writers = Group.objects.get(name="Writer").pk
    secret = {"usable_password": "true", "password1": builders.PASSWORD, "password2": builders.PASSWORD}
    added = desk.post(reverse("admin:auth_user_add"), account | secret | {"is_staff": "on", "groups": [writers]})
    user = User.objects.get(username="neu")
    assert added["Location"] == page(user)
    house = builders.institution("Mission")
    sent = filled(user, **{"person-0-institutions": [house.pk], "person-0-time_zone": "Asia/Tashkent"})
    assert desk.post(page(user), sent).status_code == 302
    person = Person.objects.get(user=user)
    assert (list(person.institutions.all()), person.time_zone) == ([house], "Asia/Tashkent")
    assert (user.email, user.groups.get().name, user.is_superuser) == ("nora@example.org", "Writer", False)
    assert user.check_password(builders.PASSWORD)


def test_a_user_from_before_people_were_kept_becomes_one_on_his_page(desk, writer):
    """The page shows what holds by default."""
    Person.objects.all().delete()
    house = builders.institution()
    assert desk.post(page(writer), filled(writer, **{"person-0-institutions": [house.pk]})).status_code == 302
    assert list(Person.objects.get(user=writer).institutions.all()) == [house]


def test_institutions_stand_as_their_tree_on_a_persons_page(desk, writer):
    """Indented, in the tree's order, with a field that narrows them."""
    above = builders.institution("Secretariat")
    builders.institution("Office", parent=above)
    found = desk.get(page(writer)).content.decode()
    assert re.search(r"Secretariat.*\u2003Office", found, re.DOTALL)
    assert "data-checkbox-columns" in found


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "../../etc/passwd", "CET-1", ""])
def test_no_time_zone_is_stored_that_is_none(desk, writer, zone):
    """A form can be sent without its select."""
    answer = desk.post(page(writer), filled(writer, **{"person-0-time_zone": zone}))
    assert errors_of(answer)
    assert Person.objects.get(user=writer).time_zone == "Europe/Vienna"


def test_an_old_name_of_a_time_zone_stays_as_it_is(desk, writer):
    """The select doesn't offer it to others."""
    Person.objects.filter(user=writer).update(time_zone="Asia/Ashkhabad")
    assert desk.post(page(writer), filled(writer)).status_code == 302
    assert Person.objects.get(user=writer).time_zone == "Asia/Ashkhabad"


def test_groups_are_named_in_the_readers_language(desk, writer, monkeypatch):
    """On the form, in the list and in its filter; a group of one's own keeps its name."""
    monkeypatch.setattr(groups, "gettext", lambda name: {"Writer": "Rédacteur"}.get(name, name))
    for address in (page(writer), reverse("admin:auth_user_changelist")):
        assert "Rédacteur" in desk.get(address).content.decode()


def test_the_list_of_users_costs_as_many_queries_for_fifty_as_for_five(desk, django_assert_num_queries):
    """With groups and institutions."""
    house = builders.institution()
    costs = []
    for number in (5, 45):
        for _user in range(number):
            builders.member_of_staff("", home=[house]).groups.add(Group.objects.get(name="Editor"))
        desk.get(reverse("admin:auth_user_changelist"))
        with django_assert_num_queries(11) as counted:
            desk.get(reverse("admin:auth_user_changelist"))
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_a_group_is_given_what_the_manager_holds(desk):
    """The checkboxes name each right."""
    approves = Permission.objects.get(codename="approve_edition")
    desk.post(reverse("admin:auth_group_add"), {"name": "Night desk", "permissions": [approves.pk]})
    assert Group.objects.get(name="Night desk").permissions.get() == approves


def test_who_wrote_an_edition_is_not_deleted(desk, writer):
    """Who wrote decides who may approve; such a user is made inactive."""
    edition = builders.draft()
    edition.contributions.create(person=writer, part="wrote")
    address = reverse("admin:auth_user_delete", args=[writer.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 403
    assert desk.post(page(writer), filled(writer, is_active=None)).status_code == 302
    assert not User.objects.get(pk=writer.pk).is_active
    edition.contributions.all().delete()
    assert desk.post(address, {"post": "yes"}).status_code == 302
