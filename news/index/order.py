"""The order of lists in memory: numbers by date of issue, in blocks, each with the set of its numbers.

To find a page deep in a list, whole blocks are skipped by counting: a set of a million is paged through without a sort.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from pyroaring import BitMap

BLOCK = 4_096  # numbers; one that grows to twice as many is parted


class Block:
    """Neighbours in the order: dates and numbers side by side, oldest first, and the numbers as a set."""

    __slots__ = ("dates", "members", "numbers")

    def __init__(self, dates: "array[int]", numbers: "array[int]", members: BitMap | None = None) -> None:
        self.dates = dates
        self.numbers = numbers
        self.members = BitMap(numbers) if members is None else members

    def span(self, first: int | None, last: int | None) -> tuple[int, int]:
        """Return from which place and up to before which one the dates are `first` or later and earlier than `last`."""
        start = 0 if first is None else bisect_left(self.dates, first)
        stop = len(self.dates) if last is None else bisect_left(self.dates, last)
        return start, stop

    def place(self, date: int, number: int) -> int:
        """Return where the number stands or would stand."""
        first, last = bisect_left(self.dates, date), bisect_right(self.dates, date)
        return bisect_left(self.numbers, number, first, last)

    def halves(self) -> tuple["Block", "Block"]:
        """Return both halves as blocks of their own."""
        middle = len(self.numbers) // 2
        return (
            Block(self.dates[:middle], self.numbers[:middle]),
            Block(self.dates[middle:], self.numbers[middle:]),
        )

    def of(self, wanted: BitMap, *, oldest_first: bool) -> list[int]:
        """Return those of its numbers that are wanted, in order."""
        found = set(self.members & wanted)
        return [number for number in (self.numbers if oldest_first else reversed(self.numbers)) if number in found]


class Order:
    """Numbers in the order of their dates; numbers of one date in their own order."""

    def __init__(self, blocks: list[Block] | None = None) -> None:
        """Take blocks that are in order, none of them empty."""
        self.blocks = blocks or []
        self.starts = [(block.dates[0], block.numbers[0]) for block in self.blocks]

    def add(self, date: int, number: int) -> None:
        """Put a number in its place, unless it stands there."""
        if not self.blocks:
            self._put(slice(0, 0), [Block(array("q", [date]), array("I", [number]))])
            return
        where = self._block_of(date, number)
        block = self.blocks[where]
        if number in block.members:
            return
        place = block.place(date, number)
        block.dates.insert(place, date)
        block.numbers.insert(place, number)
        block.members.add(number)
        parted = block.halves() if len(block.numbers) > 2 * BLOCK else [block]
        self._put(slice(where, where + 1), parted)

    def discard(self, date: int, number: int) -> None:
        """Take a number out, if it is there."""
        where = self._block_of(date, number)
        if not self.blocks or number not in self.blocks[where].members:
            return
        block = self.blocks[where]
        place = block.place(date, number)
        del block.dates[place], block.numbers[place]
        block.members.discard(number)
        self._put(slice(where, where + 1), [block] if block.numbers else [])

    def page(self, wanted: BitMap, start: int, stop: int, *, oldest_first: bool = False) -> list[int]:
        """Return the wanted numbers from place `start` up to before place `stop`."""
        passed, found = 0, []  # wanted numbers so far, and the last ones of them
        for block in self._blocks(oldest_first=oldest_first):
            here = block.members.intersection_cardinality(wanted)
            passed += here
            if here and passed > start:
                found += block.of(wanted, oldest_first=oldest_first)
            if passed >= stop:
                break
        before = passed - len(found)
        return found[start - before : stop - before]

    def between(self, first: int | None, last: int | None) -> BitMap:
        """Return the numbers whose date is `first` or later and earlier than `last`."""
        whole, parts = [], BitMap()
        for block in self.blocks:
            start, stop = block.span(first, last)
            if (start, stop) == (0, len(block.dates)):
                whole.append(block.members)
            elif start < stop:
                parts.update(block.numbers[start:stop])
        return BitMap.union(parts, *whole)

    def first_and_last(self) -> tuple[int, int]:
        """Return the date of the oldest and that of the newest number."""
        return self.blocks[0].dates[0], self.blocks[-1].dates[-1]

    def copy(self) -> "Order":
        """Return the order as it stands now."""
        return Order([Block(block.dates[:], block.numbers[:], block.members.copy()) for block in self.blocks])

    def all_of(self, wanted: BitMap, *, oldest_first: bool = False) -> Iterator[int]:
        """Yield all wanted numbers."""
        for block in self._blocks(oldest_first=oldest_first):
            yield from block.of(wanted, oldest_first=oldest_first)

    def _blocks(self, *, oldest_first: bool) -> Iterable[Block]:
        return self.blocks if oldest_first else reversed(self.blocks)

    def _block_of(self, date: int, number: int) -> int:
        return max(bisect_right(self.starts, (date, number)) - 1, 0)

    def _put(self, where: slice, blocks: Iterable[Block]) -> None:
        blocks = list(blocks)
        self.blocks[where] = blocks
        self.starts[where] = [(block.dates[0], block.numbers[0]) for block in blocks]
