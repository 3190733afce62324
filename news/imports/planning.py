"""Deciding what becomes of some rows, from what stands on the site at that moment; nothing is written."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from news.former_addresses import normal
from news.importers.rows import ItemRow, RejectedRow, Row
from news.imports import standing as site
from news.imports.claims import Claims
from news.imports.creating import create
from news.imports.decisions import Act, Decision
from news.imports.meeting import meet
from news.imports.missing_names import MissingNames
from news.imports.numbering import Numbering
from news.imports.readings import Reading
from news.imports.references import References
from news.imports.refusals import problem, refusals_of
from news.imports.seen import SeenRows
from news.imports.standing import Known, key_of
from news.imports.versions import Names, Ready, cleaned, read_versions, said_by
from news.imports.wishes import Wish
from news.models import NewsItem
from news.words.all_words import Text


@dataclass(slots=True, kw_only=True)
class Numbered:
    """A row with its number over all sources, its fingerprint, and what was made of its newest edition, if anything."""

    number: int
    row: Row
    said: str = ""
    ready: Ready | None = None


class Planner:
    """Decides; in a rehearsal the numbers of new items are only foretold."""

    def __init__(self, wish: Wish, seen: SeenRows, *, batch: int | None) -> None:
        """Read the names of the taxonomy; without the number of a batch it is a rehearsal."""
        is_rehearsal = batch is None
        self.wish = wish
        self.seen = seen
        self.names = Names(creates_missing=wish.create_missing)
        self.missing = MissingNames(self.names, batch)
        self.is_rehearsal = is_rehearsal
        self.numbering = Numbering(is_rehearsal=is_rehearsal)

    def prepare(self, number: int, row: Row) -> Numbered:
        """Do what needs no database: the row's fingerprint, its former addresses in the form in which they are kept."""
        if isinstance(row, ItemRow) and row.former_addresses:
            addresses = tuple(dict.fromkeys(filter(None, map(normal, row.former_addresses))))
            row = replace(row, former_addresses=addresses)
        said = said_by(row, publish=self.wish.publish) if isinstance(row, ItemRow) else ""
        return Numbered(number=number, row=row, said=said)

    def texts(self, rows: Sequence[Numbered], *, all_are_new: bool) -> dict[int, Text]:
        """Return the newest texts of rows that say something new, by the rows' numbers: their words will be needed.

        Args:
            rows: the rows.
            all_are_new: whether to take that for granted, and save the look.
        """
        new = rows if all_are_new else self._not_said(rows)
        return {row.number: _text(row.row) for row in new if isinstance(row.row, ItemRow)}

    def _not_said(self, rows: Sequence[Numbered]) -> list[Numbered]:
        """Return the rows but for those that the last import of their item has read the very same."""
        by_key, by_number = site.known_items([row.row for row in rows if isinstance(row.row, ItemRow)])
        return [row for row in rows if not _is_said(_known(row.row, by_key, by_number), row.said)]

    def create_missing(self, rows: Sequence[Numbered]) -> None:
        """Create the institutions and fields of work that the rows name and nobody knows, where that is asked for."""
        if self.wish.create_missing:
            self.missing.create_for([(row.number, row.row) for row in rows])

    def decide(self, rows: Sequence[Numbered], *, now: datetime.datetime, may_wait: bool) -> list[Decision]:
        """Decide what becomes of the rows, in their order.

        Args:
            rows: the rows of one step.
            now: the moment of the import.
            may_wait: whether a row that refers to an item that is not here yet waits for it.
        """
        decisions = {row.number: _begun(row, is_foretold=self.is_rehearsal) for row in rows}
        by_key, by_number = site.known_items([row.row for row in rows if isinstance(row.row, ItemRow)])
        readings = []
        for row in rows:
            known = _known(row.row, by_key, by_number)
            if reading := self._read(row, decisions[row.number], known):
                readings.append(reading)
        self._settle(readings, now=now, may_wait=may_wait)
        return list(decisions.values())

    def _read(self, numbered: Numbered, decision: Decision, known: Known | None) -> Reading | None:
        """Settle a row that cannot be read, that stood before, or that says nothing new; read any other."""
        row = numbered.row
        if isinstance(row, RejectedRow):
            decision.problems = row.problems
            return None
        decision.title, decision.language = row.newest.title, row.language
        decision.notes = (*row.notes, *self.missing.notes.get(numbered.number, ()))
        decision.item_number, decision.slug = (known.number, known.slug) if known else (0, "")
        if first := self.seen.first_place(row, numbered.number, str(decision.place)):
            text = f"stands at {first} already. Keep one of them."
            decision.problems = (problem(row, "source_id", f"“{row.source_id or row.number}” {text}"),)
            return None
        if known and known.said == numbered.said and not self.wish.take_theirs:
            decision.act = Act.UNCHANGED
            return None
        versions, problems = read_versions(row, self.names, publish=self.wish.publish, ready=numbered.ready)
        decision.problems = (*problems, *refusals_of(row, known, self.names, self.wish))
        here = known.number if known else 0
        return (
            None
            if decision.problems
            else Reading(row=row, decision=decision, versions=versions, here=here, notes=decision.notes)
        )

    def _settle(self, all_readings: list[Reading], *, now: datetime.datetime, may_wait: bool) -> None:
        """Settle the rows, and anew those that count on a new item for which its row is refused."""
        readings = all_readings
        self._settle_once(readings, now=now, may_wait=may_wait)
        while missed := _missed(readings):
            readings = [reading for reading in readings if id(reading.row) not in missed]
            for reading in readings:
                reading.begin_again()
            self._settle_once(readings, now=now, may_wait=may_wait)
        for reading in all_readings:
            reading.free_number()

    def _settle_once(self, readings: list[Reading], *, now: datetime.datetime, may_wait: bool) -> None:
        """Hold the rows against the site: what they refer to first, since a number may be one of a new item."""
        references = References([reading.row for reading in readings], self.seen)
        waiting = references.expect([reading.row for reading in readings], may_wait=may_wait)
        if waiting:
            readings = _without(readings, waiting)
        self._number_new_items(readings)
        references.numbers = {key_of(reading.row): reading.decision.item_number for reading in readings}
        for reading in readings:
            reading.resolve(references)
        self._meet_or_create(readings, references, now)

    def _meet_or_create(self, readings: list[Reading], references: References, now: datetime.datetime) -> None:
        """Settle each row, in their order: what one takes, no later one can have."""
        here = site.standings([reading.here for reading in readings if reading.here])
        claims = Claims(readings, self.seen)
        for reading in readings:
            if reading.here:
                meet(reading, references, claims, here[reading.here], (self.wish, self.names), now=now)
            else:
                create(reading, references, claims, now=now)
            claims.keep(reading)

    def _number_new_items(self, readings: list[Reading]) -> None:
        """Give each new item its number: the one it brings or once had, where that is free, or the next."""
        new = [reading for reading in readings if not reading.here]
        if not new:
            return
        once = site.discarded_numbers([reading.row for reading in new])
        wanted = [once.get(key_of(reading.row)) or reading.row.number for reading in new]
        taken = self._taken(set(wanted) - {0})
        for reading, wish, number in zip(new, wanted, self.numbering.give(wanted, taken), strict=True):
            reading.take_number(number, wished=wish)

    def _taken(self, numbers: set[int]) -> set[int]:
        """Return those of the numbers under which an item is here, or would be."""
        taken = set(NewsItem.objects.filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
        return taken | {number for number in numbers if self.is_rehearsal and self.seen.planned_number(number)}


def _is_said(known: Known | None, said: str) -> bool:
    """Say whether the last import of an item has read the very same."""
    return known is not None and known.said == said


def _text(row: ItemRow) -> Text:
    newest = row.newest
    return Text(row.language, newest.title, newest.summary, cleaned(newest.body))


def _begun(row: Numbered, *, is_foretold: bool) -> Decision:
    place = row.row.whereabouts.place()
    return Decision(row_number=row.number, place=place, act=Act.REJECTED, said=row.said, is_foretold=is_foretold)


def _without(readings: Sequence[Reading], waiting: Sequence[ItemRow]) -> list[Reading]:
    """Let some rows wait, and return the others."""
    those = {id(row) for row in waiting}
    for reading in readings:
        if id(reading.row) in those:
            reading.decision.act = Act.WAITING
    return [reading for reading in readings if id(reading.row) not in those]


def _missed(readings: Sequence[Reading]) -> set[int]:
    """Return the rows (their ids) of new items that are refused although others, which are not, refer to them."""
    refused = [reading.row for reading in readings if not reading.here and reading.decision.act == Act.REJECTED]
    standing = [reading.row for reading in readings if reading.decision.act not in (Act.REJECTED, Act.WAITING)]
    return {id(row) for row in References.counted_on(refused, standing)} if refused else set()


def _known(row: Row, by_key: dict[site.Key, Known], by_number: dict[int, Known]) -> Known | None:
    """Return the item of a row, if it is here."""
    if isinstance(row, RejectedRow):
        return None
    return by_key.get(key_of(row)) if row.source_id else by_number.get(row.number)
