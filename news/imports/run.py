"""A run: rows in steps of at most a second, each decided and written in one transaction, or only decided."""

import datetime
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, nullcontext
from itertools import islice

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from news import bulk
from news.changes import publishing
from news.importers.rows import ItemRow, Row
from news.imports import batches
from news.imports.ahead import ahead
from news.imports.decisions import Act, Decision
from news.imports.groups import groups_of
from news.imports.planning import Numbered, Planner
from news.imports.rehearsal import rehearse
from news.imports.second_process import SecondProcess
from news.imports.seen import SeenRows
from news.imports.versions import Ready
from news.imports.waiting import WaitingRows
from news.imports.wishes import Wish
from news.imports.writing import Writer, refuse
from news.models import (
    Edition,
    EditionCountry,
    EditionInstitution,
    EditionTopic,
    ImportBatch,
    ImportEntry,
    LastImport,
    NewsItem,
    SpellingKey,
)
from news.search.engine import engine
from news.words.all_words import Text

REFUSED = (IntegrityError, DataError)  # of the database, for what a row holds
FIRST_STEP, SMALLEST_STEP, LARGEST_STEP = 100, 20, 700  # rows
STEP_SECONDS = 0.5  # that the publishing lock is held for; at most a second, since steps differ
TOGETHER = 200  # rows at least of a step that takes what had to wait; a circle is never taken apart

GROWING = (NewsItem, Edition, EditionInstitution, EditionCountry, EditionTopic, LastImport, SpellingKey)

type Report = Callable[[Sequence[Decision]], None]


class Run:
    """One run over all rows; without a batch it is a plan, which writes nothing."""

    def __init__(
        self,
        wish: Wish,
        batch: ImportBatch | None,
        report: Report,
        *,
        progress: Callable[[int], None] = lambda _rows: None,
        now: Callable[[], datetime.datetime] = timezone.now,
    ) -> None:
        """Read the names, and where an interrupted run stopped.

        Args:
            wish: how rows are taken.
            batch: where the run is kept; None for a plan.
            report: is told what becomes of the rows, step by step, once that is so.
            progress: is told how many more rows are done.
            now: the clock.
        """
        self.batch, self.report, self.progress, self.now = batch, report, progress, now
        self.counts, self.rows_done = Counter[str](batch.counts if batch else {}), batch.rows_done if batch else 0
        self.held = ExitStack()
        seen = self.held.enter_context(SeenRows())
        self.waiting = self.held.enter_context(WaitingRows())
        self.second = self.held.enter_context(SecondProcess(connection.vendor))
        self.texts: dict[int, Text] = {}
        self.all_were_new = False  # of the last step: so will those of the next be, most likely
        self.counted_at = 1_000  # new items, at which the database is asked to look at the size of its tables
        self.planner = Planner(wish, seen, batch=batch.pk if batch else None)
        self.writer = Writer(batch.pk) if batch else None
        self.still_waiting = _still_waiting(batch) if batch else set()

    def over(self, rows: Iterable[Row]) -> Counter[str]:
        """Take all rows, then those that had to wait; return how many of each act."""
        with self.held, engine().taking_many() if self.batch else nullcontext():
            prepared = (self.planner.prepare(number, row) for number, row in enumerate(rows))
            with closing(ahead(prepared)) as numbered:  # whatever happens: a thread left alone would hold the file
                self._take(self._not_done(numbered), may_wait=True)
            self._take_waiting()
        return self.counts

    def _not_done(self, rows: Iterator[Numbered]) -> Iterator[Numbered]:
        """Pass over what an interrupted run has settled, and remember what waits."""
        for row in rows:
            if row.number >= self.rows_done:
                yield row
                continue
            if isinstance(row.row, ItemRow):
                self.planner.seen.first_place(row.row, row.number, str(row.row.whereabouts.place()))
            if row.number in self.still_waiting:
                self.waiting.add(row)

    def _take(self, rows: Iterator[Numbered], *, may_wait: bool) -> None:
        """Take rows in steps as large as half a second allows; the words of the next are worked out meanwhile."""
        size = FIRST_STEP
        step = self._begin(list(islice(rows, size)))
        while step:
            self._finish(step)
            following = self._begin(list(islice(rows, size)))
            begun = time.monotonic()
            decisions = self._step(step, may_wait=may_wait)
            took = time.monotonic() - begun
            self._tell(step, decisions)
            self.all_were_new = all(decision.act == Act.CREATE for decision in decisions)
            size = min(max(int(len(step) * min(STEP_SECONDS / took, 2)), SMALLEST_STEP), LARGEST_STEP)
            step = following

    def _tell(self, step: list[Numbered], decisions: list[Decision]) -> None:
        """Let rows wait that have to, and tell of the others."""
        settled = [decision for decision in decisions if decision.act != Act.WAITING]
        numbers = {decision.row_number for decision in settled}
        for row in step:
            if row.number not in numbers:
                self.waiting.add(row)
        self.report(settled)
        self.progress(len(settled))

    def _begin(self, step: list[Numbered]) -> list[Numbered]:
        """Let the second process work out the words of the rows that will need them."""
        if self.writer is not None:
            with transaction.atomic():
                bulk.look_up_by_index()
                self.texts = self.planner.texts(step, all_are_new=self.all_were_new)
            self.second.begin(list(self.texts.values()))
        return step

    def _finish(self, step: list[Numbered]) -> None:
        """Give the rows of a step their words."""
        words = dict(zip(self.texts, self.second.finish(), strict=False))
        for row in step:
            text = self.texts.get(row.number)
            row.ready = Ready(text.body, words.get(row.number)) if text else None

    def _take_waiting(self) -> None:
        """Take what waited, as often as that lets more of it in; then what waits for itself, or for nothing here."""
        before = None
        while len(self.waiting) and before != len(self.waiting):
            before = len(self.waiting)
            held = self.waiting
            self.waiting = self.held.enter_context(WaitingRows())
            self._take(held.backwards(), may_wait=True)
        self._take_the_rest()

    def _take_the_rest(self) -> None:
        """Take what refers to something that is nowhere, and what refers to each other in a circle."""
        rows = (row.row for row in self.waiting.in_order() if isinstance(row.row, ItemRow))
        together: list[Numbered] = []
        for group in groups_of(rows):
            together += [self.waiting.at(place) for place in group]
            if len(together) >= TOGETHER:
                self._settle_for_good(together)
                together = []
        if together:
            self._settle_for_good(together)

    def _settle_for_good(self, rows: list[Numbered]) -> None:
        """Take rows that wait no longer."""
        self.report(self._step(rows, may_wait=False))
        self.progress(len(rows))

    def _step(self, rows: Sequence[Numbered], *, may_wait: bool) -> list[Decision]:
        """Decide and write one step; where the database refuses it, row by row, so that the others go in."""
        self.planner.create_missing(rows)
        now = self.now()
        if self.writer is None or self.batch is None:
            return self._foretold(rows, now=now, may_wait=may_wait)
        try:
            return self._written(rows, now=now, may_wait=may_wait)
        except REFUSED:
            self.writer = Writer(self.batch.pk)  # what it took for written is not
            return [decision for row in rows for decision in self._written_alone(row, now=now, may_wait=may_wait)]

    def _foretold(self, rows: Sequence[Numbered], *, now: datetime.datetime, may_wait: bool) -> list[Decision]:
        """Decide one step, and see whether that could be written."""
        decisions = self.planner.decide(rows, now=now, may_wait=may_wait)
        rehearse(decisions, self.planner.seen, now=now)
        self.counts.update(decision.act for decision in decisions if decision.act != Act.WAITING)
        return decisions

    def _written(
        self, rows: Sequence[Numbered], *, now: datetime.datetime, may_wait: bool, refusal: str = ""
    ) -> list[Decision]:
        """Decide and write in one transaction, with how far the run is."""
        assert self.writer is not None and self.batch is not None  # noqa: S101, PT018 - the caller has looked
        counts = self.counts.copy()
        with publishing():
            bulk.look_up_by_index()
            bulk.commit_without_waiting()
            decisions = self.planner.decide(rows, now=now, may_wait=may_wait)
            if refusal:
                refuse(decisions[0], refusal)
            _no_longer_wait(self.batch, rows)
            self.writer.write(decisions, now=now)
            counts.update(decision.act for decision in decisions if decision.act != Act.WAITING)
            done = max(self.rows_done, rows[-1].number + 1 if may_wait else 0)
            batches.note_progress(self.batch, done, counts, now=now)
        self.counts, self.rows_done = counts, done
        if counts[Act.CREATE] > self.counted_at:
            self.counted_at = counts[Act.CREATE] * 4
            bulk.learn_sizes(GROWING)
        return decisions

    def _written_alone(self, row: Numbered, *, now: datetime.datetime, may_wait: bool) -> list[Decision]:
        """Write one row; one that the database refuses is rejected with what it says."""
        try:
            return self._written([row], now=now, may_wait=may_wait)
        except REFUSED as error:
            self.writer = Writer(self.writer.batch) if self.writer else None
            says = str(error).strip().splitlines()[0]
            return self._written([row], now=now, may_wait=may_wait, refusal=f"the database refuses it: {says}")


def _still_waiting(batch: ImportBatch) -> set[int]:
    return set(batch.entries.filter(act=ImportEntry.Act.WAITING).values_list("row", flat=True))


def _no_longer_wait(batch: ImportBatch, rows: Sequence[Numbered]) -> None:
    """Remove the entries of rows that waited: they get those of what became of them."""
    numbers = [row.number for row in rows if row.number < batch.rows_done]
    if numbers:
        ImportEntry.objects.filter(batch=batch, row__in=numbers).delete()
