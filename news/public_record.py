"""What of a story is or was public, as it stands or as it stood at a moment: its editions and its languages."""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from news.cards import LANGUAGE_ORDER, Tongue
from news.clock import clock
from news.models import Edition

COLUMNS = (
    "item_id",
    "number",
    "language",
    "visible_from",
    "visible_until",
    "listed_until",
    "is_minor",
    "change_note",
    "item__slug",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEdition:
    """An edition that is or was public; `before` is the number of the one that it replaced, 0 in the first."""

    number: int
    before: int
    visible_from: datetime.datetime | None  # never empty in an approved edition
    visible_until: datetime.datetime | None
    is_minor: bool
    change_note: str
    is_current: bool

    @property
    def is_first(self) -> bool:
        """Say whether nothing was public before it."""
        return not self.before


class PublicRecord:
    """Every edition of a story that is or was public at a moment, in all its languages, without the texts."""

    def __init__(self, story: int, *, at: datetime.datetime | None = None) -> None:
        """Read it, in one query, as of the moment `at`, by default now."""
        now = clock.now()
        self.at = at or now
        rows = Edition.objects.ever_visible(at=now).filter(story=story).select_related("item")
        known = list(rows.only(*COLUMNS).order_by("visible_from"))
        self.rows = [edition for edition in known if not _is_ahead(edition.visible_from, self.at)]
        self.items_now = {edition.item_id for edition in known if _is_ahead(edition.visible_until, now)}

    def history(self, item: int) -> list[PastEdition]:
        """Return the item's editions, the newest first."""
        own = [edition for edition in self.rows if edition.item_id == item]
        return [
            PastEdition(
                number=edition.number,
                before=before.number if before else 0,
                visible_from=edition.visible_from,
                visible_until=edition.visible_until,
                is_minor=edition.is_minor,
                change_note=edition.change_note,
                is_current=_is_ahead(edition.visible_until, self.at),
            )
            for before, edition in reversed(list(pairwise([None, *own])))
            if edition
        ]

    def tongues(self, item: int) -> list[Tongue]:
        """Return the languages in which the story could be read at the moment; what is withdrawn is not offered.

        The item's own is among them, withdrawn or not.
        """
        offered = [
            Tongue(language=edition.language, item=edition.item_id, slug=edition.item.slug)
            for edition in self.rows
            if _is_ahead(edition.visible_until, self.at)
            and (edition.item_id == item or _is_ahead(edition.listed_until, self.at))
        ]
        return sorted(offered, key=lambda tongue: LANGUAGE_ORDER[tongue.language])


def _is_ahead(end: datetime.datetime | None, at: datetime.datetime) -> bool:
    return end is None or end > at
