"""What becomes of many-to-many relations is recorded from whichever side it is done."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

from record.models import Act
from taxonomy.models import Institution
from tests import builders
from tests.record.test_watching import acts_since, here

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    """Return a person without rights."""
    return User.objects.create_user("anna")


@pytest.fixture
def groups() -> list[Group]:
    """Return two groups."""
    return [Group.objects.create(name="Editors"), Group.objects.create(name="Writers")]


def lists(place: int) -> list[tuple]:
    """Return what the acts behind a place say of whose list."""
    return [(act.model, act.title, act.before, act.after) for act in acts_since(place)]


def named(group: Group) -> str:
    """Return a group as the record names it."""
    return f"{group.name} ({group.pk})"


def test_joining_and_leaving_a_group_are_acts_upon_the_person(user, groups):
    """With the whole list before and after."""
    editors, writers = groups
    place = here()
    user.groups.add(editors)
    user.groups.add(editors, writers)
    user.groups.remove(editors)
    user.groups.clear()
    both = [named(editors), named(writers)]
    assert lists(place) == [
        ("auth.user", "anna", {"groups": []}, {"groups": both[:1]}),
        ("auth.user", "anna", {"groups": both[:1]}, {"groups": both}),
        ("auth.user", "anna", {"groups": both}, {"groups": both[1:]}),
        ("auth.user", "anna", {"groups": both[1:]}, {"groups": []}),
    ]


def test_what_is_done_from_the_groups_side_is_recorded_on_each_person(user, groups):
    """`group.user_set` is the same list."""
    editors, _writers = groups
    boris = User.objects.create_user("boris")
    place = here()
    editors.user_set.add(user, boris)
    editors.user_set.clear()
    joined, left = {"groups": []}, {"groups": [named(editors)]}
    assert lists(place) == [
        ("auth.user", "anna", joined, left),
        ("auth.user", "boris", joined, left),
        ("auth.user", "anna", left, joined),
        ("auth.user", "boris", left, joined),
    ]


def test_adding_who_is_there_and_removing_who_is_not_leaves_nothing(user, groups):
    """Nothing was done."""
    editors, writers = groups
    user.groups.add(editors)
    place = here()
    user.groups.add(editors)
    user.groups.remove(writers)
    user.groups.set([editors])
    assert acts_since(place) == []


def test_the_rights_of_a_group_and_of_a_person_are_recorded_by_name(user, groups, django_assert_max_num_queries):
    """In a number of queries that does not grow with the rights."""
    rights = list(Permission.objects.filter(content_type__app_label="taxonomy"))
    place = here()
    with django_assert_max_num_queries(12):
        groups[0].permissions.set(rights)
    user.user_permissions.add(rights[0])
    of_group, of_person = acts_since(place)
    assert len(of_group.after["permissions"]) == len(rights) > 40
    assert of_person.after == {"user_permissions": [f"{rights[0]} ({rights[0].pk})"]}


def test_a_group_that_is_deleted_is_recorded_with_its_rights_and_its_members(user, groups):
    """They lose them with it."""
    editors, _writers = groups
    right = Permission.objects.get(codename="view_country")
    editors.permissions.add(right)
    user.groups.add(editors)
    place = here()
    editors.delete()
    (act,) = acts_since(place)
    assert act.verb == "delete"
    assert act.before == {
        "name": "Editors",
        "permissions": [f"{right} ({right.pk})"],
        "user_set": [f"anna ({user.pk})"],
    }


def test_successors_of_an_institution_are_recorded():
    """They have no model of their own."""
    old, new = builders.institution("Old Office"), builders.institution("New Office")
    place = here()
    new.predecessors.add(old)
    (act,) = acts_since(place)
    assert (act.title, act.before, act.after) == (
        "Old Office",
        {"successors": []},
        {"successors": [f"New Office ({new.pk})"]},
    )
    assert Institution.objects.get(pk=old.pk).successors.get() == new


def test_a_list_that_is_rolled_back_was_never_written(user, groups):
    """As with any other act."""
    place = here()
    with transaction.atomic():
        user.groups.set(groups)
        assert Act.objects.filter(pk__gt=place).exists()
        transaction.set_rollback(True)
    assert not Act.objects.filter(pk__gt=place).exists()
