"""How the index reads on: the log of changes, from its place to the end."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Max

from news.changes import EVERYTHING
from news.index.holdings import Holdings
from news.index.snapshot import Place
from news.index.versions import Version, stories_of, stories_with
from news.models import Change

ROWS = 500  # of the log in one step
LEAST = 2_000  # rows; a shorter way is always followed
ONE_ITEM = re.compile(r"news item (\d+)", re.ASCII)
COLUMNS = ("pk", "written_at", "subject", "old_edition_id", "new_edition_id")


class Row(NamedTuple):
    """A row of the log."""

    position: int
    written_at: datetime.datetime
    subject: str
    old: int | None
    new: int | None

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return Place(position=self.position, written_at=self.written_at)

    @property
    def item(self) -> int | None:
        """Return the number of the item that it concerns; taxonomy's rows concern none."""
        found = ONE_ITEM.fullmatch(self.subject)
        return int(found[1]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What some rows of the log say: the stories that they concern, as they are by now."""

    place: Place | None
    rows: int
    stories: set[int]
    versions: dict[int, list[Version]] = field(repr=False)
    gone: frozenset[int]  # editions that were named and are no more
    moves_trees: bool  # taxonomy changed: what is kept of it is older than the place

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


def rows_from(place: Place | None) -> list[Row]:
    """Return the row of the place, as long as the log holds it, and some after it."""
    log = Change.objects.filter(pk__gte=place.position if place else 0).order_by("pk")
    return [Row(*row) for row in log.values_list(*COLUMNS)[: ROWS + 1]]


def last_rows(number: int) -> list[Row]:
    """Return the newest rows of the log in their order."""
    rows = Change.objects.order_by("-pk").values_list(*COLUMNS)[:number]
    return [Row(*row) for row in rows][::-1]


def read_step(place: Place | None, *, limit: int) -> Step | None:
    """Read on from a place in the log.

    Args:
        place: the last row that was read; None where the log had none.
        limit: the number of rows from which on it is cheaper to read everything.

    Returns:
        None where the log no longer holds the place, says that everything has changed, or goes on for longer than that.
    """
    rows = rows_from(place)
    if place is None:
        return (
            None if rows else Step(place=None, rows=0, stories=set(), versions={}, gone=frozenset(), moves_trees=False)
        )
    if not rows or rows[0].place != place:
        return None
    return None if _is_too_much(rows[1:], place, limit) else _step(rows[-1].place, rows[1:])


def _is_too_much(rows: list[Row], place: Place, limit: int) -> bool:
    """Say whether to read everything is cheaper than to follow, or the only way."""
    if any(row.subject == EVERYTHING for row in rows):
        return True
    return len(rows) == ROWS and _way(place.position) > max(limit, LEAST)


def _way(position: int) -> int:
    newest = Change.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return int(newest) - position


def _step(reached: Place, rows: list[Row]) -> Step:
    editions = _numbers(number for row in rows for number in (row.old, row.new))
    items = _numbers(row.item for row in rows)
    stories = stories_of(editions, items) if editions or items else set()
    versions = dict(stories_with(stories)) if stories else {}
    found = {version.number for some in versions.values() for version in some}
    return Step(
        place=reached,
        rows=len(rows),
        stories=stories,
        versions=versions,
        gone=frozenset(editions - found),
        moves_trees=any(row.item is None for row in rows),
    )


def _numbers(numbers: Iterable[int | None]) -> set[int]:
    return {number for number in numbers if number is not None}
