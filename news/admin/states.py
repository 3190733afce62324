"""How far an item and its editions are, in words and as questions."""

import datetime
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.models import Edition, ForcedApproval, NewsItem, Removal
from taxonomy.dates import vienna_label

State = Edition.State
ITEM_STATES = [
    ("draft", _("Draft")),
    ("submitted", _("Submitted, to be approved")),
    ("returned", _("Returned")),
    ("scheduled", _("Scheduled")),
    ("public", _("Public")),
    ("reopened", _("Public, with a new edition under way")),
    ("forced", _("Approved without second eyes, to be reviewed")),
    ("withdrawn", _("Withdrawn")),
    ("removed", _("Removed, withdrawn included")),
]


def newest_first(item: NewsItem) -> list[Edition]:
    """Return the item's editions; the list has fetched them for all its items at once."""
    return list(item.editions.all())  # in the order of the model


def standing_removal(item: NewsItem) -> Removal | None:
    """Return the removal that was not undone; the list has fetched all of them at once."""
    return next((removal for removal in item.removals.all() if removal.undone_at is None), None)


def unreviewed(edition: Edition) -> ForcedApproval | None:
    """Return what the edition was approved by if that was force, and nobody else has looked since."""
    forced = getattr(edition, "forced_approval", None)
    return forced if forced and forced.reviewed_at is None else None


def edition_state(edition: Edition, *, now: datetime.datetime | None = None) -> str:
    """Say of one edition whether it is a draft, to come, public, or over."""
    if edition.is_open:
        return str(edition.get_state_display())
    if edition.is_retracted:
        return gettext("published in error")
    return _state_by_the_clock(edition, now or timezone.now())


def is_ahead(edition: Edition, now: datetime.datetime) -> bool:
    """Say whether the edition is approved, and its moment has not come."""
    return edition.visible_from is not None and edition.visible_from > now


def _is_over(end: datetime.datetime | None, now: datetime.datetime) -> bool:
    return end is not None and end <= now


def _state_by_the_clock(edition: Edition, now: datetime.datetime) -> str:
    """Say of an approved edition where it stands between its two ends."""
    if edition.visible_from and is_ahead(edition, now):
        return gettext("scheduled for %(moment)s") % {"moment": vienna_label(edition.visible_from)}
    if _is_over(edition.visible_until, now):
        return gettext("replaced")
    return gettext("withdrawn") if _is_over(edition.listed_until, now) else gettext("public")


def item_state(
    editions: Sequence[Edition], *, removal: Removal | None = None, now: datetime.datetime | None = None
) -> str:
    """Say of an item how far it is: "draft", "public; a new edition is submitted".

    Args:
        editions: all of them, the newest first.
        removal: the one that stands.
        now: the moment, for tests.
    """
    if removal:
        return gettext("removed: %(kind)s") % {"kind": removal.get_kind_display()}
    approved = [edition_state(edition, now=now) for edition in editions if not edition.is_open]
    parts = [word for word in approved if word != gettext("replaced")][1::-1]  # the public one, then the scheduled
    if editions and editions[0].is_open:
        parts.append(_under_way(editions[0]) if parts else edition_state(editions[0], now=now))
    if any(map(unreviewed, editions)):
        parts.append(gettext("approved without second eyes"))
    return "; ".join(parts)


def _under_way(edition: Edition) -> str:
    """Say how far the next edition of a public item is."""
    texts = {
        State.SUBMITTED: gettext("a new edition is submitted"),
        State.RETURNED: gettext("a new edition was returned"),
    }
    return texts.get(State(edition.state), gettext("a new edition is being written"))


def in_state(items: QuerySet[NewsItem], state: str, *, now: datetime.datetime | None = None) -> QuerySet[NewsItem]:
    """Keep the items in one of `ITEM_STATES`."""
    now = now or timezone.now()
    editions = Edition.objects.filter(item=OuterRef("pk"))
    is_public = Exists(editions.visible(at=now))
    forced = ForcedApproval.objects.filter(edition__item=OuterRef("pk"), reviewed_at__isnull=True)
    removals = Removal.objects.standing().filter(item=OuterRef("pk"))
    withdrawals = removals.filter(kind=Removal.Kind.WITHDRAWN)
    questions = {
        "draft": Q(Exists(editions.filter(state=State.DRAFT))),
        "submitted": Q(Exists(editions.filter(state=State.SUBMITTED))),
        "returned": Q(Exists(editions.filter(state=State.RETURNED))),
        "scheduled": Q(Exists(editions.filter(visible_from__gt=now))),
        "public": Q(is_public),
        "reopened": Q(is_public) & Q(Exists(editions.open_drafts())),
        "forced": Q(Exists(forced)),
        "withdrawn": Q(Exists(withdrawals)),
        "removed": Q(Exists(removals)),
    }
    return items.filter(questions[state])
