"""People behind users: what the newsroom knows of each, and who may manage whose account.

Nobody raises anybody, himself included, above his own rights: he gives what he holds, and whoever holds more than he
does is closed to him, since a new password would make that account his.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, OuterRef, Q, QuerySet

from news import access
from news.models import Person


def person_of(user: Any) -> Person:
    """Return what the newsroom knows of a user; for a user of whom it knows nothing yet, what holds by default."""
    return getattr(user, "person", None) or Person(user=user)


def make_person(*, instance: User, created: bool, raw: bool, **_signal: Any) -> None:
    """Let each new user be a person of the newsroom."""
    if created and not raw:
        Person.objects.get_or_create(user=instance)


def may_manage(manager: Any, user: User) -> bool:
    """Say whether the manager's own rights and institutions reach as far as the user's."""
    if manager.is_superuser:
        return True
    if user.is_superuser or not _rights_of(user) <= _rights_of(manager):
        return False
    return access.works_everywhere(manager) or access.home_of(user) <= access.home_of(manager)


def rights_to_give(manager: Any) -> QuerySet[Permission]:
    """Return the single rights that the manager holds himself."""
    rights = Permission.objects.select_related("content_type")
    return rights if manager.is_superuser else rights.filter(pk__in=_rights_of(manager))


def groups_to_give(manager: Any) -> QuerySet[Group]:
    """Return the groups that hold no more than the manager does."""
    if manager.is_superuser:
        return Group.objects.all()
    more = Group.permissions.through.objects.filter(group=OuterRef("pk")).exclude(permission__in=_rights_of(manager))
    return Group.objects.filter(~Exists(more))


def institutions_to_give(manager: Any) -> set[int] | None:
    """Return the numbers of the institutions that the manager works for; None for all."""
    return None if access.works_everywhere(manager) else access.home_of(manager)


def _rights_of(user: Any) -> set[int]:
    """Return the numbers of the rights given to a user, whether he is active or could be made so."""
    given = Permission.objects.filter(Q(user=user.pk) | Q(group__user=user.pk))
    return set(given.values_list("pk", flat=True))
