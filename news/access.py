"""Who may do what in the newsroom: every verb, view and action asks here, and nowhere else.

Three things decide: a right (Django's permission, mostly held through a group), the institutions that a person belongs
to, and whether the person had a hand in the edition.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q
from rules.predicates import Predicate

from news.models import Contribution, Edition, Person
from news.models.edition_queryset import EditionQuerySet
from taxonomy.catalogue import catalogue


def _holds(permission: str) -> Predicate:
    """Make the predicate that an active member of staff holds the permission; a superuser holds all."""

    def holds(user: Any) -> bool:
        return user.is_active and user.is_staff and user.has_perm(permission)

    return Predicate(holds, name=f"holds {permission}")


def is_at_home(user: Any, edition: Edition | None) -> bool:
    """Say whether the edition, or the public one that it will replace, is issued by an institution of the user's.

    Those below an institution count as it does.
    What nobody issues yet is at home with who wrote it.
    """
    if edition is None or works_everywhere(user):
        return True
    issuers = _issuers(edition)
    return not home_of(user).isdisjoint(issuers) if issuers else _has_part(user, edition, [Contribution.Part.WROTE])


def _issuers(edition: Edition) -> set[int]:
    """Return who issues the edition, and who issues the approved one before it: a draft takes an item from nobody."""
    issuers = set(edition.tags.get("issued_by") or ())
    if edition.is_open and edition.number > 1:
        approved = Edition.objects.filter(item=edition.item_id, visible_from__isnull=False)
        newest = approved.order_by("-visible_from").values_list("tags", flat=True).first() or {}
        issuers |= set(newest.get("issued_by") or ())
    return issuers


def had_no_hand(user: Any, edition: Edition | None) -> bool:
    """Say whether the user neither wrote nor submitted the edition."""
    return edition is None or not _has_part(user, edition, Contribution.Part.values)


def did_not_force(user: Any, edition: Edition | None) -> bool:
    """Say whether the user is another than the one who approved the edition without second eyes."""
    forced = getattr(edition, "forced_approval", None) if edition else None
    return forced is None or forced.forced_by_id != user.pk


_at_home, _second_eyes, _others = Predicate(is_at_home), Predicate(had_no_hand), Predicate(did_not_force)
_creates = _holds("news.add_newsitem")
_writes = _holds("news.change_newsitem")
_submits = _holds("news.submit_edition")
_returns = _holds("news.return_edition")
_approves = _holds("news.approve_edition")
_unschedules = _holds("news.unschedule_edition")
_forces = _holds("news.force_edition")
_reviews = _holds("news.review_edition")
_removes = _holds("news.remove_item")
_everywhere = _holds("news.work_everywhere")
_sees = _holds("news.view_newsitem") | _creates | _writes | _approves

ACTS: dict[str, Predicate] = {
    "see": _sees & _at_home,  # the item's page in the admin, its history, its preview, its comparisons
    "create": _creates,
    "write": _writes & _at_home,  # save a draft, open the next edition
    "discard": _writes & _at_home,
    "submit": _submits & _at_home,
    "return": _returns & _at_home,
    "approve": _approves & _at_home & _second_eyes,  # now or from a moment on
    "force": _forces & _at_home,
    "review": _reviews & _at_home & _others,
    "unschedule": _unschedules & _at_home,
    "remove": _removes & _at_home,
    "restore": _removes & _at_home,
    "pick": _creates | _writes,  # be offered titles for related items and originals
    "import": _holds("news.add_importbatch") & _creates & _writes,  # a file, by the admin
    "publish_import": _holds("news.publish_import"),
    "see_imports": _holds("news.view_importbatch"),
    "undo_import": _holds("news.undo_importbatch"),
    "create_missing": _holds("taxonomy.add_institution") & _holds("taxonomy.add_topic"),
}


def may(user: Any, act: str, edition: Edition | None = None) -> bool:
    """Say whether the user may do the act.

    Args:
        user: anyone, anonymous visitors included.
        act: a key of `ACTS`.
        edition: the one concerned; for an act on an item its newest. None asks whether the user may do it to some item.
    """
    return ACTS[act].test(user, edition)


def works_everywhere(user: Any) -> bool:
    """Say whether the user may touch the items of every institution."""
    return _everywhere.test(user)


def home_of(user: Any) -> set[int]:
    """Return the numbers of the institutions that the user belongs to, with all below them; one query a user."""
    if not hasattr(user, "_home"):
        own = Person.institutions.through.objects.filter(person__user=user.pk).values_list("institution", flat=True)
        known = catalogue().institutions
        user._home = {number for pk in own if pk in known for number in known[pk].family}  # noqa: SLF001 - kept on the user of this request
    return user._home  # noqa: SLF001 - as above


def at_home(user: Any) -> Q:
    """Return the condition that keeps, of news items, those of which `is_at_home` is true for the newest edition."""
    if works_everywhere(user):
        return Q()
    newer = Edition.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    newest: EditionQuerySet = Edition.objects.filter(~Exists(newer), item=OuterRef("pk"))
    own = Contribution.objects.filter(edition=OuterRef("pk"), person=user.pk, part=Contribution.Part.WROTE)
    home = list(home_of(user))
    later = Edition.objects.filter(item=OuterRef("item"), visible_from__gt=OuterRef("visible_from"))
    approved: EditionQuerySet = Edition.objects.filter(~Exists(later), item=OuterRef("pk"), visible_from__isnull=False)
    nobodys = newest.filter(Exists(own), issuers__isnull=True)
    return (
        Q(Exists(newest.issued_by(home))) | Q(Exists(approved.issued_by(home))) | Q(Exists(nobodys), ~Exists(approved))
    )


def _has_part(user: Any, edition: Edition, parts: Collection[str]) -> bool:
    return Contribution.objects.filter(edition=edition.pk, person=user.pk, part__in=parts).exists()
