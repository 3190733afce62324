"""Who manages users, and who is managed."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from news import groups
from tests import builders

MANAGES = ("add_user", "change_user", "view_user", "delete_user", "add_group", "change_group", "view_group")


@pytest.fixture
def administrator() -> User:
    """Return an Administrator who is no superuser."""
    user = builders.member_of_staff("ada")
    user.groups.add(Group.objects.get(name=groups.ADMINISTRATOR))
    return user


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    """Return the administrator's browser."""
    client.force_login(administrator)
    return client


@pytest.fixture
def writer() -> User:
    """Return a writer."""
    user = builders.member_of_staff("wera", email="wera@example.org")
    user.groups.add(Group.objects.get(name=groups.WRITER))
    return user


def manager_with(*codenames: str, home: Any = ()) -> User:
    """Return one who manages users, and holds these rights besides."""
    user = builders.member_of_staff("max", *codenames, home=home)
    user.user_permissions.add(*Permission.objects.filter(codename__in=MANAGES))
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_person", "view_person", "add_person"]))
    return user


@pytest.fixture
def manager(client: Client) -> User:
    """Return a manager of users who may write, for one house, and his browser."""
    user = manager_with("add_newsitem", "change_newsitem", home=[builders.institution("House")])
    client.force_login(user)
    return user
