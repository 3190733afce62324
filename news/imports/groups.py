"""In which order rows are taken that wait for each other: what a row refers to before it, a circle all at once."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from news.importers.rows import ItemRow
from news.imports.references import Identity, absolute_references, identity, identity_of

type Needs = list[set[int]]  # for each row, by its place, the places of the rows that it refers to


def groups_of(rows: Iterable[ItemRow]) -> Iterator[list[int]]:
    """Yield the places of the rows, one by one; those that refer to each other in a circle together.

    What they refer to beside each other is here by now, or nowhere.
    """
    needs = _needs(list(rows))
    needed_by = _turned_round(needs)
    ready = deque(place for place, others in enumerate(needs) if not others)
    while ready:
        place = ready.popleft()
        yield [place]
        for other in needed_by[place]:
            needs[other].discard(place)
        ready.extend(other for other in needed_by[place] if not needs[other])
    yield from _circles(needs)


def _needs(rows: list[ItemRow]) -> Needs:
    """Return which of the rows each refers to; of a number that several texts bear, to the original."""
    bearers: dict[Identity, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        bearers[identity(row)].append(place)
    return [_others(place, rows, bearers) for place in range(len(rows))]


def _others(place: int, rows: list[ItemRow], bearers: dict[Identity, list[int]]) -> set[int]:
    found: set[int] = set()
    for reference in absolute_references(rows[place]):
        texts = bearers.get(identity_of(reference), [])
        in_language = [one for one in texts if rows[one].language == reference.language]
        found.update(in_language or [one for one in texts if rows[one].translation_of is None] or texts)
    return found - {place}


def _turned_round(needs: Needs) -> dict[int, list[int]]:
    """Return for each place the places of the rows that refer to it."""
    needed_by: dict[int, list[int]] = defaultdict(list)
    for place, others in enumerate(needs):
        for other in others:
            needed_by[other].append(place)
    return needed_by


def _circles(needs: Needs) -> Iterator[list[int]]:
    """Yield what is left in groups that have nothing to do with each other, each in the order of the rows."""
    needed_by = _turned_round(needs)
    touching = {place: {*others, *needed_by[place]} for place, others in enumerate(needs) if others or needed_by[place]}
    while touching:
        group, reached = set(), {min(touching)}
        while reached:
            group |= reached
            reached = set().union(*(touching.pop(place) for place in reached)) - group
        yield sorted(group)
