"""Nobody raises anybody, himself included, above his own rights: each rule tried as an attack by POST."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from news.models import Person
from tests import builders
from tests.news.admin.person.forms import errors_of, filled, page

pytestmark = pytest.mark.django_db


def test_an_administrator_makes_nobody_a_superuser_himself_included(desk, administrator, writer):
    """The field isn't there, and sending it changes nothing."""
    for user in (writer, administrator):
        desk.post(page(user), filled(user, is_superuser="on"))
        user.refresh_from_db()
        assert not user.is_superuser
    desk.post(
        reverse("admin:auth_user_add"),
        {"username": "neu", "usable_password": "true", "is_superuser": "on", "is_staff": "on"}
        | {"password1": builders.PASSWORD, "password2": builders.PASSWORD},
    )
    assert not User.objects.get(username="neu").is_superuser


@pytest.mark.parametrize("way", ["page", "password", "delete"])
@pytest.mark.parametrize("above", ["superuser", "superuser who left"])
def test_a_superuser_is_closed_to_an_administrator(desk, way, above):
    """A new password would make the account his."""
    root = User.objects.create_superuser("root", password="secret-of-root", is_active=above == "superuser")
    addresses = {
        "page": (page(root), filled(root, email="ada@example.org", is_active="on")),
        "password": (
            reverse("admin:auth_user_password_change", args=[root.pk]),
            {
                "usable_password": "true",
                "password1": "of-ada-now-42",
                "password2": "of-ada-now-42",
                "set-password": "1",
            },
        ),
        "delete": (reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"}),
    }
    address, sent = addresses[way]
    assert desk.post(address, sent).status_code == 403
    root.refresh_from_db()
    assert root.check_password("secret-of-root")
    assert (root.email, root.is_active) == ("", above == "superuser")


def test_a_superusers_page_can_be_read_and_holds_no_button(desk):
    """Nor anything of the password."""
    root = User.objects.create_superuser("root", password="secret-of-root")
    found = desk.get(page(root)).content.decode()
    assert 'name="_save"' not in found
    assert root.password not in found
    assert "algorithm" not in found


@pytest.mark.parametrize("target", ["somebody else", "himself"])
def test_no_right_is_given_that_the_manager_does_not_hold(client, manager, writer, target):
    """Alone or by a group; what he holds he may give."""
    user = writer if target == "somebody else" else manager
    writer.groups.clear()
    approves = Permission.objects.get(codename="approve_edition")
    for attack in (
        {"user_permissions": [approves.pk]},
        {"groups": [Group.objects.get(name="Editor").pk]},
        {"groups": [Group.objects.get(name="Administrator").pk]},
    ):
        answer = client.post(page(user), filled(user, **attack))
        assert "Select a valid choice" in errors_of(answer)
    user = User.objects.get(pk=user.pk)
    assert not user.has_perm("news.approve_edition")
    writes = Permission.objects.get(codename="change_newsitem")
    assert client.post(page(writer), filled(writer, groups=[], user_permissions=[writes.pk])).status_code == 302
    assert User.objects.get(pk=writer.pk).has_perm("news.change_newsitem")


@pytest.mark.parametrize("is_active", [True, False], ids=["at work", "left"])
@pytest.mark.parametrize("held", ["alone", "by a group"])
@pytest.mark.usefixtures("manager")
def test_whoever_holds_more_than_the_manager_is_closed_to_him(client, held, is_active):
    """Also one who left: he could be made active again, under a password that the manager knows."""
    editor = builders.member_of_staff("edo", is_active=is_active)
    if held == "alone":
        editor.user_permissions.add(Permission.objects.get(codename="approve_edition"))
    else:
        editor.groups.add(Group.objects.get(name="Editor"))
    secret = {
        "usable_password": "true",
        "password1": "of-max-now-42",
        "password2": "of-max-now-42",
        "set-password": "1",
    }
    assert client.post(page(editor), filled(editor, is_active="on")).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[editor.pk]), secret).status_code == 403
    assert client.post(reverse("admin:auth_user_delete", args=[editor.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.get(pk=editor.pk).check_password(builders.PASSWORD)


def test_nobody_is_let_into_a_house_that_is_not_the_managers(client, manager):
    """Himself included; and who works elsewhere is closed to him."""
    foreign = builders.institution("Mission")
    colleague = builders.member_of_staff("cleo", home=[Person.objects.get(user=manager).institutions.get()])
    for user in (colleague, manager):
        answer = client.post(page(user), filled(user, **{"person-0-institutions": [foreign.pk]}))
        assert "Select a valid choice" in errors_of(answer)
    stranger = builders.member_of_staff("sam", home=[foreign])
    assert client.post(page(stranger), filled(stranger)).status_code == 403
    assert not Person.institutions.through.objects.filter(institution=foreign).exclude(person__user=stranger).exists()


@pytest.mark.usefixtures("manager")
def test_the_person_of_somebody_else_is_not_changed_from_a_users_page(client, writer):
    """The hidden numbers of a form can be sent as one likes."""
    writer.groups.clear()
    root = User.objects.create_superuser("root")
    attack = {"person-0-id": Person.objects.get(user=root).pk, "person-0-user": root.pk, "person-0-mail": "digest"}
    client.post(page(writer), filled(writer, **attack))
    assert Person.objects.get(user=root).mail == "at-once"


@pytest.mark.usefixtures("manager")
def test_a_group_that_holds_more_than_the_manager_is_closed_to_him(client):
    """And one that he may edit gets nothing that he doesn't hold."""
    approves = Permission.objects.get(codename="approve_edition")
    editors, own = Group.objects.get(name="Editor"), Group.objects.create(name="Own")
    sent = {"name": "Editor", "permissions": []}
    assert client.post(reverse("admin:auth_group_change", args=[editors.pk]), sent).status_code == 403
    address = reverse("admin:auth_group_change", args=[own.pk])
    answer = client.post(address, {"name": "Own", "permissions": [approves.pk]})
    assert "Select a valid choice" in errors_of(answer)
    assert client.post(
        reverse("admin:auth_group_add"), {"name": "New", "permissions": [approves.pk]}
    ).status_code == 200  # fmt: skip
    assert not approves.group_set.filter(name__in=["Own", "New"]).exists()


def test_no_list_deletes_many_at_once(desk, writer):
    """The action is not there, and sending it does nothing."""
    address = reverse("admin:auth_user_changelist")
    assert "delete_selected" not in desk.get(address).content.decode()
    desk.post(address, {"action": "delete_selected", "_selected_action": [writer.pk], "post": "yes"})
    assert User.objects.filter(pk=writer.pk).exists()


@pytest.mark.parametrize("name", ["auth_user_changelist", "auth_user_add", "auth_group_changelist", "auth_group_add"])
def test_a_publisher_manages_nobody(client, name):
    """The pages are closed, the own settings aside."""
    user = builders.member_of_staff("pia")
    user.groups.add(Group.objects.get(name="Publisher"))
    client.force_login(user)
    assert client.get(reverse(f"admin:{name}")).status_code == 403
    assert client.post(page(user), filled(user, is_superuser="on")).status_code == 403
