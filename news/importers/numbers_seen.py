"""Which items a file has had so far, so that the second of two with the same number is found: 24 MB for a million."""

from array import array

SMALLEST = 1 << 12  # slots
FULLEST = 2  # one in so many slots is taken, at most


class NumbersSeen:
    """A table of hashes with the lines at which they stood; the numbers themselves are not kept.

    Two different numbers of a million have the same hash of 64 bits once in 30 million files; hashes differ from one
    process to the next, so nobody can write a file for which that happens.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0
        self._make(SMALLEST)

    def line_of(self, key: str | tuple[str, ...], line: int) -> int:
        """Return the line at which the key stood before; 0 for none: then this line is kept."""
        digest = hash(key) & 0xFFFFFFFFFFFFFFFF or 1
        slot = self._slot(digest)
        if self.hashes[slot]:
            return self.lines[slot]
        self.hashes[slot], self.lines[slot] = digest, line
        self.count += 1
        if self.count * FULLEST > len(self.hashes):
            self._grow()
        return 0

    def _make(self, slots: int) -> None:
        self.hashes, self.lines = array("Q", [0]) * slots, array("I", [0]) * slots

    def _slot(self, digest: int) -> int:
        """Return the slot of the digest, or the free one that it may take."""
        most = len(self.hashes) - 1
        slot = digest & most
        while self.hashes[slot] not in {0, digest}:
            slot = (slot + 1) & most
        return slot

    def _grow(self) -> None:
        hashes, lines = self.hashes, self.lines
        self._make(2 * len(hashes))
        for digest, line in zip(hashes, lines, strict=True):
            if digest:
                slot = self._slot(digest)
                self.hashes[slot], self.lines[slot] = digest, line
