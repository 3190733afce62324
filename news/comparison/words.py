"""Words added and removed between two texts: a shortest way from one to the other, smoothed for reading."""

import re
from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

SAME, ADDED, REMOVED = "same", "added", "removed"
# A word with its accents, also joined ("co-operation", "1,536th", "09:00"), or one sign; before it perhaps a space.
WORD = re.compile(r"(\s*)([\w\u0300-\u036f]+(?:[-‑’'.,:/][\w\u0300-\u036f]+)*|[^\w\s])")
LARGEST = 20_000 * 20_000  # pairs of words in one comparison: 60 ms and 50 MB; beyond it all is called changed
SHORT = 2  # words that happen to be the same between two longer changes are read with them


class Word(NamedTuple):
    """A word or a sign of punctuation, with the space before it; two are the same when their links are too."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and have the same fate: `SAME`, `ADDED` or `REMOVED`."""

    change: str
    text: str  # with the space before it
    link: str = ""

    @property
    def space(self) -> str:
        """Return the space before the first word, which is not marked."""
        return " " if self.text.startswith(" ") else ""

    @property
    def words(self) -> str:
        """Return the text without the space before it."""
        return self.text.removeprefix(" ")


class Stretch(NamedTuple):
    """A part of the old sequence and the part of the new one that stands for it."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int
    is_same: bool

    @property
    def length(self) -> int:
        """Return how many things stand in the longer part."""
        return max(self.old_to - self.old_from, self.new_to - self.new_from)

    def fates[Thing](self, old: Sequence[Thing], new: Sequence[Thing]) -> list[tuple[str, Sequence[Thing]]]:
        """Return the things of the part with what became of them."""
        before, after = old[self.old_from : self.old_to], new[self.new_from : self.new_to]
        return [(SAME, before)] if self.is_same else [(REMOVED, before), (ADDED, after)]

    def joined(self, later: "Stretch") -> "Stretch":
        """Return this one and what follows it as one change."""
        return Stretch(self.old_from, later.old_to, self.new_from, later.new_to, is_same=False)


def read_words(text: str, link: str = "") -> list[Word]:
    """Part a text; every space before a word counts as one, and the first word has one."""
    return list(joined_words([(text, link)]))


def joined_words(pieces: Iterable[tuple[str, str]]) -> Iterator[Word]:
    """Part a text that comes in pieces, each with its link."""
    is_spaced = True
    for text, link in pieces:
        for space, word in WORD.findall(text):
            yield Word(f" {word}" if space or is_spaced else word, link)
            is_spaced = False
        is_spaced = is_spaced or text[-1:].isspace()


def compare_words(old: Sequence[Word], new: Sequence[Word]) -> list[Run]:
    """Return both texts as one: without what was added it is the old one, without what was removed the new one."""
    parts = chain.from_iterable(stretch.fates(old, new) for stretch in _smoothed(stretches(old, new)))
    return [run for change, words in parts for run in runs_of(change, words)]


def runs_of(change: str, words: Sequence[Word]) -> Iterator[Run]:
    """Yield the words with their change, parted where a link begins or ends."""
    for link, group in groupby(words, key=lambda word: word.link):
        yield Run(change, "".join(word.text for word in group), link)


def stretches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Stretch]:
    """Return what is the same in both and what is not, in turn, with as much the same as can be.

    Takes time with the product of the lengths, 64 pairs at a step, whatever they hold: 3 ms for 5,000 words.
    """
    start, rest = _common_ends(old, new)
    old_end, new_end = len(old) - rest, len(new) - rest
    found = [Stretch(0, start, 0, start, is_same=True)] if start else []
    if (old_end - start) * (new_end - start) > LARGEST:
        found.append(Stretch(start, old_end, start, new_end, is_same=False))
    else:
        found += _longest_common(old[start:old_end], new[start:new_end], start)
    return found + ([Stretch(old_end, len(old), new_end, len(new), is_same=True)] if rest else [])


def _common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many things are the same at the beginning, and after those at the end."""
    shorter = min(len(old), len(new))
    start = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    rest = next((place for place in range(shorter - start) if old[-1 - place] != new[-1 - place]), shorter - start)
    return start, rest


def _longest_common(old: Sequence[Hashable], new: Sequence[Hashable], offset: int) -> Iterator[Stretch]:
    """Yield the stretches of two parts that begin at the offset; changes beside each other are one."""
    numbers: dict[Hashable, int] = {}
    first, second = (array("L", [numbers.setdefault(thing, len(numbers)) for thing in part]) for part in (old, new))
    codes = LCSseq.opcodes(first, second)
    for is_same, group in groupby(codes, key=lambda code: code.tag == "equal"):
        parts = list(group)
        begin, end = parts[0], parts[-1]
        yield Stretch(
            begin.src_start + offset,
            end.src_end + offset,
            begin.dest_start + offset,
            end.dest_end + offset,
            is_same=is_same,
        )


def _smoothed(found: Iterable[Stretch]) -> list[Stretch]:
    """Join two changes across a word or two that only happen to be the same, where both changes are longer."""
    smoothed: list[Stretch] = []
    for stretch in found:
        smoothed.append(stretch)
        if len(smoothed) > 2 and _is_chance(*smoothed[-3:]):  # noqa: PLR2004 - a change, what is the same, a change
            change, _same, next_change = smoothed[-3:]
            smoothed[-3:] = [change.joined(next_change)]
    return smoothed


def _is_chance(before: Stretch, middle: Stretch, after: Stretch) -> bool:
    is_between = middle.is_same and not (before.is_same or after.is_same)
    return is_between and middle.length <= SHORT and middle.length < min(before.length, after.length)
