"""Who may do what in the newsroom: every view and action of the admin asks here, and nowhere else.

Django's permissions decide for now. The item is given to every question, so that rules about its institution or its
writer change this file alone.
"""

from typing import Any

from rules.predicates import Predicate

from news.models import NewsItem


def _holds(permission: str) -> Predicate:
    """Make the predicate that an active member of staff holds the permission; a superuser holds all."""

    def holds(user: Any) -> bool:
        return user.is_active and user.is_staff and user.has_perm(permission)

    return Predicate(holds, name=f"holds {permission}")


creates = _holds("news.add_newsitem")
writes = _holds("news.change_newsitem")
approves = _holds("news.approve_edition")
sees = _holds("news.view_newsitem") | creates | writes | approves


def may_see(user: Any, item: NewsItem | None = None) -> bool:
    """Answer for the list, an item's page in the admin, and its history."""
    return sees.test(user, item)


def may_preview(user: Any, item: NewsItem | None = None) -> bool:
    """Answer for what is not public yet, as visitors will see it."""
    return sees.test(user, item)


def may_create(user: Any) -> bool:
    """Answer for a new item, a translation included."""
    return creates.test(user)


def may_write(user: Any, item: NewsItem | None = None) -> bool:
    """Answer for saving a draft and for opening the next edition."""
    return writes.test(user, item)


def may_discard(user: Any, item: NewsItem | None = None) -> bool:
    """Answer for throwing away an open draft, and with it an item that never was public."""
    return writes.test(user, item)


def may_approve(user: Any, item: NewsItem | None = None) -> bool:
    """Answer for making an edition public, now or later."""
    return approves.test(user, item)


def may_pick(user: Any) -> bool:
    """Answer for the titles that the form suggests for related items and originals."""
    return (creates | writes).test(user)
