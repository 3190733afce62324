"""The process's index of all lists: totals and every count of a question without a query, moved on by the log.

The sets and how they follow are in `news/index/`; here is what they answer, and how this process keeps them.
"""

import datetime
import threading
from collections.abc import Callable, Iterator
from functools import reduce
from hashlib import blake2b
from operator import and_
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, router
from pyroaring import BitMap

from news.changes import changes_seen, follower
from news.clock import clock
from news.concerns import asked_by_counts, asked_by_list
from news.index import following, reading, snapshot
from news.index.holdings import PARAMETERS, Holdings
from news.index.snapshot import Place
from news.index.versions import microseconds, moment_of
from news.models import Edition
from news.moments import start_of
from news.question import OLDEST, Question
from taxonomy.catalogue import catalogue, forget
from taxonomy.dependencies import depends_on, is_recording, not_recorded, true_of

PATIENCE = 1.0  # seconds for which a request waits while another one of this process reads the log
A_SLIP = 1_000_000  # microseconds by which a clock may go back between two answers
A_DAY = datetime.timedelta(days=1)
WORTH_KEEPING = 5_000  # editions from which on a snapshot saves a new process time
SNAPSHOT_EVERY = 1_000  # changes


class Index:
    """What is listed now, as sets of the numbers of editions; each answer is of one moment."""

    def __init__(self, holdings: Holdings, *, place: Place | None, now: int) -> None:
        """Take holdings that are true of a place in the log and of a moment."""
        self.holdings = holdings
        self.place = place
        self.now = now
        self.began = microseconds(clock.now())  # what came by itself before is not known
        self.lock = threading.RLock()  # held for the few milliseconds of an answer, so that its parts agree

    @property
    def position(self) -> int:
        """Return how far in the log of changes it is."""
        return self.place.position if self.place else 0

    def listed(self, question: Question, *, match: BitMap | None = None) -> BitMap:
        """Return the editions that the question lists, each story once.

        Args:
            question: without `at`.
            match: the editions that have its words.
        """
        with self.lock:
            self._note(asked_by_list, question)
            return reduce(and_, self._narrowing(question, match).values(), self._base(question)).copy()

    def counts(self, question: Question, *, match: BitMap | None = None) -> dict[str, dict[Any, int]]:
        """Return by parameter and value how many editions the list would have with that value alone.

        A parameter's own choice is left out, what stands in a tree counts what is below it, zero is left out. `year`
        answers for `from` and `to`. The parameter of the page's own subject is not counted: it leaves no choice.
        """
        fixed = question.subject[0] if question.subject else None
        with self.lock:
            self._note(asked_by_counts, question)
            narrowing = self._narrowing(question, match)
            return {name: self._counts_of(name, question, narrowing) for name in PARAMETERS if name != fixed}

    def newest(self, ids: BitMap, n: int) -> list[int]:
        """Return the numbers of the `n` newest, the newest first."""
        return self.page(ids, 0, n)

    def page(self, ids: BitMap, start: int, stop: int, *, sort: str = "") -> list[int]:
        """Return the numbers from place `start` up to before place `stop`, in the order of a list."""
        with self.lock:
            return self.holdings.order.page(ids, start, stop, oldest_first=sort == OLDEST)

    def walk(self, ids: BitMap, *, sort: str = "") -> Iterator[int]:
        """Yield all numbers in the order of a list, as it stands when the walk begins."""
        with self.lock:
            walk = self.holdings.order.copy()
        yield from walk.all_of(ids, oldest_first=sort == OLDEST)

    def moved_at(self) -> datetime.datetime:
        """Return the moment at which something last came or ended by itself, as far as this process has seen it."""
        return moment_of(max(self.began, self.holdings.last_applied))

    def is_ahead(self) -> bool:
        """Say whether the clock was set back behind what the index shows already."""
        now = microseconds(clock.now())
        return self.holdings.last_applied > now or self.now - now > A_SLIP

    def advance(self) -> None:
        """Apply what has come or ended by the clock, and follow the trees."""
        with self.lock:
            self.holdings.take_shape(catalogue())
            self.now = microseconds(clock.now())
            self.holdings.advance(self.now)

    def _note(self, asked: Callable[[Question], set[str]], question: Question) -> None:
        """Note what the answer depends on, where somebody wants to keep it."""
        if is_recording():
            depends_on(asked(question))
            true_of(self.position)

    def _counts_of(self, name: str, question: Question, narrowing: dict[str, BitMap]) -> dict[Any, int]:
        others = [numbers for other, numbers in narrowing.items() if other != name]
        base = self.holdings.live if name == "language" else self._base(question)
        among = reduce(and_, others, base)
        counted = {value: among.intersection_cardinality(set_) for value, set_ in self.holdings.sets(name).items()}
        return {value: count for value, count in counted.items() if count}

    def _base(self, question: Question) -> BitMap:
        """Return one version of each story, or all versions in the languages chosen."""
        if question.languages:
            return BitMap.union(BitMap(), *(self.holdings.having("language", code) for code in question.languages))
        shown = self.holdings.shown
        return shown.get(question.page_language, shown[settings.LANGUAGE_CODE])

    def _narrowing(self, question: Question, match: BitMap | None) -> dict[str, BitMap]:
        """Return for each parameter that narrows the list the editions that it leaves."""
        chosen: dict[str, tuple[Any, ...]] = {
            "kind": question.kinds,
            "institution": question.institutions,
            "country": question.countries,
            "topic": question.topics,
        }
        found = {
            name: BitMap.union(BitMap(), *(self.holdings.having(name, value) for value in values))
            for name, values in chosen.items()
            if values
        }
        if question.since or question.until:
            found["year"] = self._period(question)
        return found if match is None else found | {"words": match}

    def _period(self, question: Question) -> BitMap:
        """Return what was issued from the first day to the last one, in Vienna."""
        first = microseconds(start_of(question.since)) if question.since else None
        last = microseconds(start_of(question.until + A_DAY)) if question.until else None
        return self.holdings.order.between(first, last)


class Keeper:
    """The one index of this process: loaded or read when first asked for, then moved on."""

    def __init__(self) -> None:
        """Begin with none."""
        self.kept: Index | None = None
        self.is_behind = True
        self.reading = threading.Lock()
        self.changes = 0  # followed since the last snapshot

    def index(self) -> Index:
        """Return the index, true of now."""
        with not_recorded():  # what is read here serves every answer
            if self.is_behind or self.kept is None or follower.position is None:
                self._follow()
            kept = self.kept
            if kept is None or kept.is_ahead():
                kept = self._put_right()
            kept.advance()
        return kept

    def forget(self, **_signal: Any) -> None:
        """Drop the index; the next question reads it anew."""
        self.kept, self.is_behind = None, True

    def notice(self, **_signal: Any) -> None:
        """Take note that the log has grown."""
        self.is_behind = True

    def _follow(self) -> None:
        """Read on in the log; whoever comes while another one reads waits a little, and goes on with what is there."""
        if not self.reading.acquire(timeout=PATIENCE if self.kept else -1):
            return
        try:
            self.is_behind = False
            if self.kept is None:
                self.kept = self._loaded()
            if self.kept is None or not self._moved_on(self.kept):
                self.kept = self._anew()
        except BaseException:
            self.is_behind = True
            raise
        finally:
            self.reading.release()

    def _put_right(self) -> Index:
        """Read anew where the clock was set back; one thread does, the others wait for it."""
        with self.reading:
            kept = self.kept
            return self._anew() if kept is None or kept.is_ahead() else kept

    def _loaded(self) -> Index | None:
        """Return the index as the snapshot holds it, if it is one of this database."""
        path = _path()
        found = snapshot.read(path, is_ours=following.holds) if path else None
        if found is None:
            return None
        holdings, place, now = found
        holdings.take_shape(catalogue())
        return Index(holdings, place=place, now=now)

    def _moved_on(self, kept: Index) -> bool:
        """Follow the log to its end; say no where its place is lost or the way is longer than reading anew."""
        while (step := following.read_step(kept.place, limit=len(kept.holdings.live) // 5)) is not None:
            if step.place == kept.place:
                return True
            if step.moves_trees:
                forget()
            with kept.lock:
                kept.holdings.take_shape(catalogue())
                step.apply(kept.holdings, kept.now)
                kept.place = step.place
            self.changes += step.rows
            if self.changes >= SNAPSHOT_EVERY:
                self._keep(kept)
        return False

    def _anew(self) -> Index:
        """Read all from the database."""
        place = following.newest_place()  # before the rows: what changes meanwhile is followed
        forget()
        moment = clock.now()
        holdings = reading.read_holdings(moment)
        made = Index(holdings, place=place, now=microseconds(moment))
        self._keep(made)
        self.kept = made
        return made

    def _keep(self, index: Index) -> None:
        """Write a snapshot where it is worth it."""
        self.changes = 0
        path = _path()
        if path is None or index.place is None or len(index.holdings.live) < WORTH_KEEPING:
            return
        with index.lock:
            parts = snapshot.pack(index.holdings, place=index.place, now=index.now)
        snapshot.store(path, parts)


def _path() -> Path | None:
    """Return where this database's snapshot stands."""
    if settings.INDEX_FOLDER is None:
        return None
    connection = connections[router.db_for_read(Edition)]
    given = connection.settings_dict
    name = "".join(letter if letter.isalnum() else "-" for letter in Path(given["NAME"]).name)
    place = blake2b(f"{given['HOST']} {given['PORT']} {given['NAME']}".encode(), digest_size=6).hexdigest()
    return settings.INDEX_FOLDER / f"{connection.vendor}-{name[-80:]}-{place}.facets"


keeper = Keeper()
changes_seen.connect(keeper.notice, dispatch_uid="news.facets")


def index() -> Index:
    """Return the index of this process, true of now."""
    return keeper.index()
