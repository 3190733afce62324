"""Whom an act concerns, found for any number of people in one query.

`news.access` says who may do what, person by person; `those_who_may` asks the same of all at once. That both agree is
held by a test that asks both about every kind of person (tests/news/test_notices.py).
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from news.models import Contribution, Edition, Person
from taxonomy.catalogue import catalogue

SEES = ("view_newsitem", "add_newsitem", "change_newsitem", "approve_edition")


def concerned(act: str, edition: Edition, *, by: Any) -> QuerySet[User]:
    """Return whom the act concerns: never who did it, nobody who has left, nobody without an address."""
    return CONCERNED[act](edition).exclude(pk=by.pk).exclude(email="").select_related("person").order_by("pk")


def those_who_may(edition: Edition, *rights: str) -> QuerySet[User]:
    """Return the active members of staff who hold one of the rights, and with whom the edition is at home."""
    is_at_home = _holds(["work_everywhere"]) | Q(_belongs(edition))
    return User.objects.filter(_holds(rights), is_at_home, is_active=True, is_staff=True)


def approvers(edition: Edition) -> QuerySet[User]:
    """Return who may approve the edition: second eyes."""
    had_a_hand = Contribution.objects.filter(edition=edition.pk, person=OuterRef("pk"))
    return those_who_may(edition, "approve_edition").filter(~Exists(had_a_hand))


def reviewers(edition: Edition) -> QuerySet[User]:
    """Return who may review what was approved without second eyes; who forced it is told of nothing anyway."""
    return those_who_may(edition, "review_edition")


def those_without_review(edition: Edition) -> QuerySet[User]:
    """Return who wrote or submitted what was approved by force, and is not asked to review it anyway."""
    return contributors(edition).exclude(pk__in=reviewers(edition).values("pk"))


def contributors(edition: Edition) -> QuerySet[User]:
    """Return who wrote or submitted the edition, as far as they may still see it."""
    part = Contribution.objects.filter(edition=edition.pk, person=OuterRef("pk"))
    return those_who_may(edition, *SEES).filter(Exists(part))


def item_people(edition: Edition) -> QuerySet[User]:
    """Return who wrote an edition of the item, as far as they may still see it, and who may remove it."""
    part = Contribution.objects.filter(
        edition__item=edition.item_id, person=OuterRef("pk"), part=Contribution.Part.WROTE
    )
    return those_who_may(edition, *SEES).filter(Q(Exists(part)) | _holds(["remove_item"]))


CONCERNED = {
    "submit": approvers,
    "return": contributors,
    "approve": contributors,
    "schedule": contributors,
    "unschedule": contributors,
    "force": reviewers,
    "forced": those_without_review,
    "remove": item_people,
    "restore": item_people,
}


def _holds(rights: Collection[str]) -> Q:
    """Keep superusers, and who holds one of the newsroom's rights alone or through a group."""
    right = {"codename__in": rights, "content_type__app_label": "news"}
    alone = User.user_permissions.through.objects.filter(
        user=OuterRef("pk"), **{f"permission__{name}": value for name, value in right.items()}
    )
    by_group = User.groups.through.objects.filter(
        user=OuterRef("pk"), **{f"group__permissions__{name}": value for name, value in right.items()}
    )
    return Q(is_superuser=True) | Q(Exists(alone)) | Q(Exists(by_group))


def _belongs(edition: Edition) -> Exists:
    """Keep who belongs to an institution that issues the edition, or to one above it; without any, who wrote it."""
    issuers = set(edition.tags.get("issued_by") or ())
    if not issuers:
        wrote = {"edition": edition.pk, "part": Contribution.Part.WROTE}
        return Exists(Contribution.objects.filter(person=OuterRef("pk"), **wrote))
    houses = [pk for pk, entry in catalogue().institutions.items() if not issuers.isdisjoint(entry.family)]
    homes = Person.institutions.through.objects.filter(person__user=OuterRef("pk"), institution__in=houses)
    return Exists(homes)
