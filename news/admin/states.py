"""How far an item and its editions are, in words and as questions."""

import datetime
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.models import Edition, NewsItem
from taxonomy.dates import moment_label

ITEM_STATES = [
    ("draft", _("Draft, never public")),
    ("scheduled", _("Scheduled")),
    ("public", _("Public")),
    ("reopened", _("Public, a new edition is being written")),
]


def newest_first(item: NewsItem) -> list[Edition]:
    """Return the item's editions; the list has fetched them for all its items at once."""
    return list(item.editions.all())  # in the order of the model


def edition_state(edition: Edition, *, now: datetime.datetime | None = None) -> str:
    """Say of one edition whether it is a draft, to come, public, or over."""
    now = now or timezone.now()
    if edition.is_open:
        return str(edition.get_state_display())
    if edition.is_retracted:
        return gettext("published in error")
    if edition.visible_from and edition.visible_from > now:
        return gettext("scheduled for %(moment)s") % {"moment": moment_label(edition.visible_from)}
    if edition.visible_until and edition.visible_until <= now:
        return gettext("replaced")
    return gettext("public")


def item_state(editions: Sequence[Edition], *, now: datetime.datetime | None = None) -> str:
    """Say of an item how far it is: "draft", "public; a new edition is being written".

    Args:
        editions: all of them, the newest first.
        now: the moment, for tests.
    """
    words = [edition_state(edition, now=now) for edition in editions if not edition.is_open]
    standing = [word for word in words if word != gettext("replaced")]
    parts = list(reversed(standing[:2]))
    if editions and editions[0].is_open:
        parts.append(gettext("a new edition is being written") if parts else edition_state(editions[0], now=now))
    return "; ".join(parts)


def in_state(items: QuerySet[NewsItem], state: str, *, now: datetime.datetime | None = None) -> QuerySet[NewsItem]:
    """Keep the items in one of `ITEM_STATES`."""
    now = now or timezone.now()
    editions = Edition.objects.filter(item=OuterRef("pk"))
    is_public = Exists(editions.visible(at=now))
    is_scheduled = Exists(editions.filter(visible_from__gt=now))
    is_open = Exists(editions.open_drafts())
    questions = {
        "draft": ~Exists(editions.filter(visible_from__isnull=False)),
        "scheduled": Q(is_scheduled),
        "public": Q(is_public),
        "reopened": Q(is_public) & Q(is_open),
    }
    return items.filter(questions[state])
