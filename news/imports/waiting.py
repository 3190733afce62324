"""Rows that refer to items that are not here yet: kept in a file until the others are in."""

import pickle
import tempfile
from array import array
from collections.abc import Iterator
from typing import Self

from news.imports.planning import Numbered


class WaitingRows:
    """A heap of rows on disk, read back from its end: what refers to later rows is mostly met in that order."""

    def __init__(self) -> None:
        """Begin without any."""
        self.file = tempfile.TemporaryFile(prefix="import-")  # noqa: SIM115 - it lives as long as the heap
        self.places = array("q")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Remove the file."""
        self.file.close()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.places)

    def add(self, row: Numbered) -> None:
        """Keep a row."""
        self.places.append(self.file.seek(0, 2))
        pickle.dump(row, self.file)

    def backwards(self) -> Iterator[Numbered]:
        """Yield the rows, the last one first."""
        for place in reversed(self.places):
            yield self._read(place)

    def in_order(self) -> Iterator[Numbered]:
        """Yield the rows by their numbers, whatever the order in which they came."""
        numbered = sorted((self._read(place).number, place) for place in self.places)
        self.places = array("q", [place for _number, place in numbered])
        return map(self._read, self.places)

    def at(self, position: int) -> Numbered:
        """Return the row at a position of `in_order()`."""
        return self._read(self.places[position])

    def _read(self, place: int) -> Numbered:
        self.file.seek(place)
        row: Numbered = pickle.load(self.file)  # noqa: S301 - written by this very process
        return row
