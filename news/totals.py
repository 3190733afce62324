"""How many stories a list has: kept in the process until something is published or its moment comes."""

import datetime
from dataclasses import dataclass
from typing import Any

from news.changes import changes_seen, follower
from news.models import Edition
from news.stories import Stories

KEPT = 2_000  # numbers; a flood of questions must not fill the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Numbers that are true of one place in the log, between two moments."""

    place: tuple[int | None, int]
    true_from: datetime.datetime
    true_until: datetime.datetime | None
    numbers: dict[tuple[Any, ...], int]

    def holds(self, place: tuple[int | None, int], at: datetime.datetime) -> bool:
        """Say whether nothing has changed and no moment has come since."""
        return place == self.place and self.true_from <= at and (self.true_until is None or at < self.true_until)


class Totals:
    """The numbers that this process keeps."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.acts = 0  # of this process, seen before its next look at the log
        self.kept: Kept | None = None

    @property
    def place(self) -> tuple[int | None, int]:
        """Return up to where this process knows what was published."""
        return (follower.position, self.acts)

    def of(self, stories: Stories) -> int:
        """Return how many they are, from memory where nothing has changed; outside of requests they are counted."""
        if follower.position is None:
            return stories.rows().count()
        kept = self._kept_at(stories.at)
        number = kept.numbers.get(stories.key)
        if number is None:
            number = stories.rows().count()
            if len(kept.numbers) >= KEPT:
                kept.numbers.clear()
            kept.numbers[stories.key] = number
        return number

    def _kept_at(self, at: datetime.datetime) -> Kept:
        """Return what is kept, and start anew when something was published or a moment has come that matters."""
        kept, place = self.kept, self.place
        if kept is None or not kept.holds(place, at):
            until = Edition.objects.next_moment(at=at)
            self.kept = kept = Kept(place=place, true_from=at, true_until=until, numbers={})
        return kept

    def notice(self, **_signal: Any) -> None:
        """Take note of what this process has published itself."""
        self.acts += 1


totals = Totals()
changes_seen.connect(totals.notice, dispatch_uid="news.totals")
