"""How the index reads: all of the database at once, or the log of changes from its place on."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max

from news.index.holdings import Holdings
from news.index.order import Order
from news.index.snapshot import Place
from news.index.versions import Version, all_stories, dates_in_order, microseconds, stories_of, stories_with
from news.models import Change
from taxonomy.catalogue import catalogue

ROWS = 500  # of the log in one step
LEAST = 2_000  # rows; a shorter way is always followed
ONE_ITEM = re.compile(r"news item (\d+)", re.ASCII)
MANY_ITEMS = "news items"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What some rows of the log say: the stories that they concern, as they are by now."""

    place: Place | None
    rows: int
    stories: set[int]
    versions: dict[int, list[Version]] = field(repr=False)
    gone: frozenset[int]  # editions that were named and are no more

    def apply(self, holdings: Holdings, now: int) -> None:
        """Bring the holdings to the step's place."""
        holdings.forget_waiting(self.gone)
        for story in self.stories:
            holdings.restate(story, self.versions.get(story, []), now)


def newest_place() -> Place | None:
    """Return the newest row of the log, if it has any."""
    row = Change.objects.order_by("-pk").values_list("pk", "written_at").first()
    return Place(position=row[0], written_at=row[1]) if row else None


def holds(place: Place) -> bool:
    """Say whether the place is a row of our log."""
    return Change.objects.filter(pk=place.position, written_at=place.written_at).exists()


def read_holdings(moment: datetime.datetime) -> Holdings:
    """Read all that is listed at the moment or later."""
    holdings = Holdings()
    holdings.fill(all_stories(moment), microseconds(moment))
    holdings.order = Order.of_sorted(dates_in_order(moment))
    holdings.take_shape(catalogue())
    return holdings


def read_step(place: Place | None, *, limit: int) -> Step | None:
    """Read on from a place in the log.

    Args:
        place: the last row that was read; None where the log had none.
        limit: the number of rows from which on it is cheaper to read everything.

    Returns:
        None where the log no longer holds the place, names no editions, or goes on for longer than that.
    """
    position = place.position if place else 0
    columns = ("pk", "written_at", "subject", "old_edition_id", "new_edition_id")
    rows = list(Change.objects.filter(pk__gte=position).order_by("pk").values_list(*columns)[: ROWS + 1])
    if place is None:
        return Step(place=None, rows=0, stories=set(), versions={}, gone=frozenset()) if not rows else None
    if not rows or Place(position=rows[0][0], written_at=rows[0][1]) != place:
        return None
    newer = rows[1:]
    if len(newer) == ROWS and _way(position) > max(limit, LEAST):
        return None
    subjects = {row[2] for row in newer}
    if any(subject == MANY_ITEMS and not (old or new) for _pk, _at, subject, old, new in newer):
        return None
    editions = {number for row in newer for number in row[3:] if number}
    items = {int(found[1]) for subject in subjects if (found := ONE_ITEM.fullmatch(subject))}
    reached = Place(position=rows[-1][0], written_at=rows[-1][1])
    return _step(reached, len(newer), editions, items)


def _way(position: int) -> int:
    newest = Change.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return int(newest) - position


def _step(place: Place, rows: int, editions: set[int], items: Iterable[int]) -> Step:
    stories = stories_of(editions, items) if rows else set()
    versions = dict(stories_with(stories)) if stories else {}
    found = {version.number for some in versions.values() for version in some}
    return Step(place=place, rows=rows, stories=stories, versions=versions, gone=frozenset(editions - found))
