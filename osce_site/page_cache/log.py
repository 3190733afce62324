"""How far this process has read the log of changes, and what has moved since when: by this alone a kept page is fresh.

A page was made as of a place in the log and an instant, both taken before its first question to the database. It is
fresh while the place is one of the known ones, nothing that it shows has moved after it, and no instant has come at
which something of it comes or ends by itself.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, Error, connections

from news.changes import EVERYTHING, changes_seen
from news.clock import clock
from news.index import following
from news.index.following import Row
from news.index.snapshot import Place
from news.index.versions import NEVER, microseconds
from news.models import Change
from news.moves import Move, moves_of, moves_to_come
from osce_site.page_cache.pages import Page

LOOK_EVERY = 0.2  # seconds
LOOK_AGAIN = 2.0  # seconds after a look that failed
PATIENCE = 2.0  # seconds for a look; a database that takes longer is as good as none
OLD = 0.7  # seconds after which what is known is too old to go on with while somebody looks
SHORTLY = 0.1  # seconds for a look at a database that was away
ROWS_BACK = 500  # rows that a new process reads; what was made before them is made anew
MOST_MOVED = 100_000  # tags, some 20 MB; then the older half is forgotten, and the pages made before it with it
A_SLIP = 1_000_000  # microseconds by which clocks may differ between two looks
A_MINUTE = 60_000_000  # microseconds
NOWHERE = 0  # the position in a log without rows; its moment is that of the look, so that no other process knows it

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Known:
    """A place in the log: when its row was written, and when this process saw that the log went on."""

    place: Place
    left_at: float | None = None  # seconds of the monotonic clock


class Log:
    """The log as this process knows it."""

    def __init__(self, *, in_background: bool = False) -> None:
        """Begin without a look.

        Args:
            in_background: whether a thread of its own looks, so that no reader waits for a database that hangs.
        """
        self.in_background = in_background
        self.place: Place | None = None
        self.known: dict[int, Known] = {}
        self.moved: dict[str, int] = {}  # tag: the last position at which it moved
        self.taken: dict[str, int] = {}  # the same, where readers lost something
        self.all_moved = self.all_taken = 0
        self.coming: dict[str, set[int]] = defaultdict(set)  # tag: the instants to come at which it moves by itself
        self.heard_at: int | None = None  # the instant of the last look that succeeded
        self.looking_since: float | None = None  # seconds of the monotonic clock
        self.has_failed = False
        self.next_look = 0.0
        self.looked_at = 0.0  # when the last look that succeeded began, in seconds of the monotonic clock
        self.done = threading.Event()  # no look is under way
        self.lock = threading.Lock()
        self.looking = threading.Lock()

    def catch_up(self, *, waits: bool = True) -> None:
        """Read on, at most once in `LOOK_EVERY` seconds.

        Who comes when a look is due waits for it, the others go on with what is known unless that is too old; nobody
        waits for longer than `PATIENCE`.
        """
        if time.monotonic() < self.next_look:
            return
        is_due = self.looking.acquire(blocking=False)
        if is_due:
            self.done.clear()
            if not self.in_background:
                self._look_and_tell()
                return
            threading.Thread(target=self._look_and_tell, name="log of changes", daemon=True).start()
        if waits:
            self.done.wait(self._patience(is_due=is_due))

    def _patience(self, *, is_due: bool) -> float:
        """Return for how many seconds to wait for the look that is under way."""
        now, since = time.monotonic(), self.looking_since
        left = PATIENCE if since is None else max(since + PATIENCE - now, 0)
        if self.has_failed:
            return min(left, SHORTLY)
        is_known = self.place is not None and now - self.looked_at < OLD
        return 0 if is_known and not is_due else left

    def _look_and_tell(self) -> None:
        try:
            if time.monotonic() >= self.next_look:
                self._look()
        finally:
            self.looking.release()
            self.done.set()
            if self.in_background:
                connections[DEFAULT_DB_ALIAS].close()

    def is_fresh(self, page: Page, *, now: int) -> bool:
        """Say whether the page is what Django would make now; one that is, is as of now from then on.

        Args:
            page: the page.
            now: the instant, by the database's clock, in microseconds.
        """
        if not page.at - A_SLIP <= now < page.due:
            return False
        if page.place != self.place and not self._has_come_along(page):
            return False
        if not self.is_deaf:
            page.at = max(page.at, now)
        return True

    def _has_come_along(self, page: Page) -> bool:
        """Say whether nothing of the page has moved between its place and this one; then it is as of this one."""
        with self.lock:
            known = self.known.get(page.place.position)
            if known is None or known.place != page.place or self.place is None:
                return False
            if self.has_moved(page.tags, since=page.place.position):
                return False
            page.place = self.place
            return True

    def has_moved(self, tags: Iterable[str], *, since: int) -> bool:
        """Say whether something that the tags name has changed after the position."""
        return self.all_moved > since or any(self.moved.get(tag, 0) > since for tag in tags)

    def may_stand_in(self, page: Page, *, now: int, seconds: float) -> bool:
        """Say whether a page that is no longer fresh may still be shown while a fresh one is made.

        It may for some seconds after the log went on, unless readers have lost something since, or an instant has come.
        """
        if not page.at - A_SLIP <= now < page.due:
            return False
        with self.lock:
            known, since = self.known.get(page.place.position), page.place.position
            if known is None or known.place != page.place:
                return False
            is_late = known.left_at is not None and time.monotonic() - known.left_at > seconds
            return not is_late and not self._has_lost(page.tags, since=since)

    def was_right(self, page: Page) -> bool:
        """Say whether the page may be shown where nothing better can be made: readers have lost nothing of it."""
        with self.lock:
            known, since = self.known.get(page.place.position), page.place.position
            is_known = known is not None and known.place == page.place
            return is_known and not self._has_lost(page.tags, since=since)

    def _has_lost(self, tags: Iterable[str], *, since: int) -> bool:
        return self.all_taken > since or any(self.taken.get(tag, 0) > since for tag in tags)

    def due(self, tags: Iterable[str], *, after: int) -> int:
        """Return the next instant at which one of the tags moves by itself."""
        with self.lock:
            return min((at for tag in tags for at in self.coming.get(tag, ()) if at > after), default=NEVER)

    @property
    def is_deaf(self) -> bool:
        """Say whether the database is away: the last look failed, or one has been waiting for too long."""
        return self.has_failed or self.hangs

    @property
    def hangs(self) -> bool:
        """Say whether a look has been waiting for too long."""
        since = self.looking_since
        return since is not None and time.monotonic() - since > PATIENCE

    def _look(self) -> None:
        self.looking_since = time.monotonic()
        self.next_look = self.looking_since + LOOK_EVERY
        try:
            now = microseconds(clock.now())
            clock.compare()
            self._read_on()
            self.heard_at, self.has_failed = now, False
            self.looked_at = self.looking_since
        except Error as error:
            self.next_look, self.has_failed = time.monotonic() + LOOK_AGAIN, True
            logger.warning("The log of changes cannot be read, so kept pages are shown with their date: %s", error)
        finally:
            self.looking_since = None
            _give_the_connection_back()

    def _read_on(self) -> None:
        if self.place is None:
            self._begin()
            return
        rows = following.rows_from(self.place)
        is_held = self.place.position == NOWHERE or (rows and rows[0].place == self.place)
        further = rows if self.place.position == NOWHERE else rows[1:]
        if not is_held or len(further) >= following.ROWS:
            self._begin()
        elif further:
            self._follow(further, place=self.place)

    def _begin(self) -> None:
        """Start anew at the end of the log, with what its last rows say of the pages made since."""
        rows = following.last_rows(ROWS_BACK)
        changes_seen.send(Change, subjects={EVERYTHING})  # whoever keeps anything reads it after these rows
        moves, coming = moves_of(rows), list(moves_to_come(clock.now()))
        with self.lock:
            self.known, self.moved, self.taken = {}, {}, {}
            self.all_moved = self.all_taken = 0
            self.coming.clear()
            first = rows[0].place if rows else Place(position=NOWHERE, written_at=clock.now())
            self._take(moves[1:], coming, start=first)

    def _follow(self, rows: list[Row], *, place: Place) -> None:
        subjects = {row.subject for row in rows}
        changes_seen.send(Change, subjects=subjects)
        items = {row.item for row in rows if row.item is not None}
        moves, coming = moves_of(rows), list(moves_to_come(clock.now(), items=items))
        with self.lock:
            self._take(moves, coming, start=place)
            self._forget_the_oldest()

    def _take(self, moves: list[Move], coming: list[tuple[int, set[str]]], *, start: Place) -> None:
        """Take what was read from a place on; the new place comes last: who reads it finds all that led there."""
        for instant, tags in coming:
            for tag in tags:
                self.coming[tag].add(instant)
        place, now = start, time.monotonic()
        self.known.setdefault(place.position, Known(place))
        for move in moves:
            self.known[place.position].left_at = now
            place = move.place
            self.known[place.position] = Known(place)
            self._move(move)
        self.place = place

    def _move(self, move: Move) -> None:
        position = move.place.position
        if move.concerns_all:
            self.all_moved = position
            self.all_taken = position if move.takes_away else self.all_taken
        self.moved |= dict.fromkeys(move.tags, position)
        if move.takes_away:
            self.taken |= dict.fromkeys(move.tags, position)

    def _forget_the_oldest(self) -> None:
        """Keep memory bounded: of the older half of the places nothing is known any more."""
        if len(self.moved) <= MOST_MOVED:
            return
        positions, coming = sorted(self.known), self.coming
        cut = positions[len(positions) // 2]
        self.known = {position: known for position, known in self.known.items() if position >= cut}
        self.moved, self.taken = _after(self.moved, cut), _after(self.taken, cut)
        before = microseconds(clock.now()) - A_MINUTE
        self.coming = defaultdict(set)
        for tag, instants in coming.items():
            if later := {at for at in instants if at > before}:
                self.coming[tag] = later


def _give_the_connection_back() -> None:
    """Close or return it as Django does after each request: here no request of Django's comes to do it."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _after(moved: dict[str, int], cut: int) -> dict[str, int]:
    return {tag: position for tag, position in moved.items() if position > cut}
