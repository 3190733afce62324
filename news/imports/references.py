"""What rows refer to: originals, related items, where a removed one leads; found here, in this step, or not yet."""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from news.importers.rows import ItemRow, Reference, RemovalRow
from news.imports.seen import SeenRows
from news.imports.standing import Key, key_of, referred_items

type Identity = tuple[str, str]


class Target(NamedTuple):
    """An item that is referred to; its original is 0 where it is one itself."""

    number: int
    language: str
    original: int


class References:
    """The targets of the references of some rows."""

    def __init__(self, rows: Collection[ItemRow], seen: SeenRows) -> None:
        """Look all of them up at once."""
        self.seen = seen
        wanted = {_absolute(one, row) for row in rows for one in references_of(row)}
        by_source, by_number = referred_items(wanted)
        self.here = {
            key: [Target(known.number, known.language, known.original or 0) for known in found]
            for key, found in by_source.items()
        }
        self.by_number = {
            number: Target(number, known.language, known.original or 0) for number, known in by_number.items()
        }
        self.planned: dict[Identity, list[Target]] = {}
        self.coming: dict[Identity, list[ItemRow]] = {}
        self.numbers: dict[Key, int] = {}

    def expect(self, rows: Collection[ItemRow], *, may_wait: bool) -> list[ItemRow]:
        """Take rows for items of this step; return those that wait for what is neither here nor among them."""
        for row in rows:
            self.coming.setdefault(identity(row), []).append(row)
        waiting: list[ItemRow] = []
        staying = list(rows) if may_wait else []
        while found := [row for row in staying if not self._knows_all(row)]:
            waiting += found
            for row in found:
                self.coming[identity(row)].remove(row)
            staying = [row for row in staying if not any(row is other for other in found)]
        return waiting

    def find(self, reference: Reference, row: ItemRow) -> Target | None:
        """Return what the reference of a row means; the original where several texts bear the number."""
        reference = _absolute(reference, row)
        found = list(self._targets(reference))
        if reference.language:
            found = [target for target in found if target.language == reference.language]
        found = [target for target in found if target.number != self.numbers.get(key_of(row))] or found
        return min(found, key=lambda target: (target.original != 0, target.number), default=None)

    @staticmethod
    def counted_on(rows: Collection[ItemRow], by: Collection[ItemRow]) -> list[ItemRow]:
        """Return those of the rows that others refer to."""
        wanted = {(identity_of(one), one.language) for row in by for one in map(_of(row), references_of(row))}
        return [row for row in rows if {(identity(row), ""), (identity(row), row.language)} & wanted]

    def _targets(self, reference: Reference) -> Iterator[Target]:
        if reference.number:
            yield from filter(None, [self.by_number.get(reference.number)])
        else:
            yield from self.here.get((reference.source, reference.source_id), [])
        yield from self._planned(reference)
        for row in self.coming.get(identity_of(reference), []):
            yield Target(self.numbers.get(key_of(row), 0), row.language, 1 if row.translation_of else 0)

    def _planned(self, reference: Reference) -> list[Target]:
        """Return what a plan would have created before this step."""
        identity = identity_of(reference)
        if identity not in self.planned:
            number, source, source_id = reference.number, reference.source, reference.source_id
            found = [self.seen.planned_number(number)] if number else self.seen.planned_items(source, source_id)
            self.planned[identity] = [Target(*one) for one in found if one]
        return self.planned[identity]

    def _knows_all(self, row: ItemRow) -> bool:
        return all(self.find(one, row) is not None for one in references_of(row))


def references_of(row: ItemRow) -> Iterator[Reference]:
    """Yield everything that a row refers to."""
    if row.translation_of:
        yield row.translation_of
    for edition in row.editions:
        yield from edition.related
    yield from (leads_to for leads_to in map(_leads_to, row.removals) if leads_to)


def absolute_references(row: ItemRow) -> Iterator[Reference]:
    """Yield everything that a row refers to, with the source that it leaves out."""
    return (_absolute(reference, row) for reference in references_of(row))


def _leads_to(removal: RemovalRow) -> Reference | None:
    return removal.leads_to if isinstance(removal.leads_to, Reference) else None


def _absolute(reference: Reference, row: ItemRow) -> Reference:
    """Return the reference with the source that it leaves out."""
    if reference.number or reference.source:
        return reference
    return Reference(source=row.source, source_id=reference.source_id, language=reference.language)


def _of(row: ItemRow) -> Callable[[Reference], Reference]:
    return lambda reference: _absolute(reference, row)


def identity_of(reference: Reference) -> Identity:
    """Return what a reference names."""
    return ("", f"#{reference.number}") if reference.number else (reference.source, reference.source_id)


def identity(row: ItemRow) -> Identity:
    """Return what a reference names; an item of this site goes by its number."""
    return (row.source, row.source_id) if row.source_id else ("", f"#{row.number}")
