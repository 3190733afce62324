"""Rich text as blocks (paragraphs, headings, list items, quotations, cells), and which of them have changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby

from news.comparison.words import (
    ADDED,
    REMOVED,
    SAME,
    Run,
    Word,
    compare_words,
    joined_words,
    read_words,
    runs_of,
    stretches,
)

CHANGED = "changed"
HEADINGS = {"h2", "h3", "h4"}
CONTAINERS = {"li": "item", "blockquote": "quotation", "td": "cell", "th": "cell-heading"}
FIGURE = "figure"  # an image or an attachment in the midst of the text
PARTS = (
    HEADINGS | CONTAINERS.keys() | {FIGURE, "p", "ul", "ol", "table", "tr"}
)  # where one begins or ends, so does a block
FEWEST_FOLDED = 2  # blocks; one takes no more room than the word that it is there
ALIKE = 0.4  # the share of words in common from which a block is the other one, changed


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text: its form, one of "paragraph", "figure", "h2", "h3", "h4" or of `CONTAINERS`, and its words."""

    form: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """A block of the old text, the new one or both: `SAME`, `CHANGED`, `ADDED` or `REMOVED`."""

    change: str
    form: str
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that follow each other: to be read, or folded away because nothing has changed near them."""

    is_folded: bool
    blocks: list[ComparedBlock]


class BlockReader(HTMLParser):
    """Reads cleaned HTML into blocks, however deep it is nested."""

    def __init__(self, figures: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.figures = figures
        self.blocks: list[Block] = []
        self.open: list[str] = []  # containers and headings
        self.pieces: list[tuple[str, str]] = []
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a link or a new line."""
        if tag in PARTS:
            self.finish()
        if tag in CONTAINERS or tag in HEADINGS:
            self.open.append(tag)
        elif tag == FIGURE:
            self.take_figure(dict(attrs))
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""
        elif tag == "br":
            self.pieces.append((" ", self.link))

    def handle_endtag(self, tag: str) -> None:
        """End a block or a link."""
        if tag in PARTS:
            self.finish()
        if self.open and tag == self.open[-1]:
            self.open.pop()
        elif tag == "a":
            self.link = ""

    def take_figure(self, attributes: Mapping[str, str | None]) -> None:
        """Keep the words of an image or an attachment as a block; one whose words are not known says nothing."""
        named = [f"{name.removeprefix('data-')} {number}" for name, number in attributes.items()]
        words = [word for name in named for word in read_words(self.figures.get(name, ""))]
        if words:
            self.blocks.append(Block(FIGURE, tuple(words)))

    def handle_data(self, data: str) -> None:
        """Take text."""
        self.pieces.append((data, self.link))

    def finish(self) -> None:
        """Keep what was read since the last block as one, if it holds a word."""
        words = tuple(joined_words(self.pieces))
        self.pieces.clear()
        if words:
            inside = self.open[-1] if self.open else ""
            self.blocks.append(Block(CONTAINERS.get(inside, inside or "paragraph"), words))


def read_blocks(html: str, figures: Mapping[str, str] | None = None) -> list[Block]:
    """Return the blocks of a stored rich text; marks inside of them but links are left out.

    Args:
        html: the text.
        figures: the words for what it holds in its midst, by "image 12" and "attachment 7".
    """
    reader = BlockReader(figures or {})
    reader.feed(html)
    reader.close()
    reader.finish()
    return reader.blocks


def compare_blocks(old: Sequence[Block], new: Sequence[Block]) -> list[ComparedBlock]:
    """Return both texts as one: without what was added it is the old one, without what was removed the new one."""
    compared: list[ComparedBlock] = []
    for stretch in stretches(old, new):
        before, after = old[stretch.old_from : stretch.old_to], new[stretch.new_from : stretch.new_to]
        if stretch.is_same:
            compared += [_whole(SAME, block) for block in before]
        else:
            compared += _changed(before, after)
    return compared


def parts_of(blocks: Sequence[ComparedBlock]) -> list[Part]:
    """Part the text into what is near a change, one block before and after it, and what can be folded away."""
    near = {place + step for place, block in enumerate(blocks) if block.change != SAME for step in (-1, 0, 1)}
    parts = []
    for is_near, group in groupby(enumerate(blocks), key=lambda numbered: numbered[0] in near):
        members = [block for _place, block in group]
        parts.append(Part(not is_near and len(members) >= FEWEST_FOLDED, members))
    return parts


def _whole(change: str, block: Block) -> ComparedBlock:
    return ComparedBlock(change, block.form, list(runs_of(change, block.words)))


def _changed(old: Sequence[Block], new: Sequence[Block]) -> Iterator[ComparedBlock]:
    """Yield blocks none of which is the same: those that are alike as one, the others by themselves."""
    old_place = new_place = 0
    for first, second in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_whole(REMOVED, block) for block in old[old_place:first])
        yield from (_whole(ADDED, block) for block in new[new_place:second])
        if first < len(old):
            yield ComparedBlock(CHANGED, new[second].form, compare_words(old[first].words, new[second].words))
        old_place, new_place = first + 1, second + 1


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the places of blocks that are alike, in their order, each at most once.

    Alike is what has words in common when the texts of all are compared as one; that keeps the order and takes time
    with the words alone, where comparing each block with each would take it with the square of their number.
    """
    taken_old, taken_new, pairs = set[int](), set[int](), list[tuple[int, int]]()
    for (first, second), number in _words_in_common(old, new).most_common():
        is_free = first not in taken_old and second not in taken_new
        if is_free and _are_alike(old[first], new[second], number):
            taken_old.add(first)
            taken_new.add(second)
            pairs.append((first, second))
    return sorted(pairs)


def _words_in_common(old: Sequence[Block], new: Sequence[Block]) -> Counter[tuple[int, int]]:
    """Count the words, whatever their links, that each old block shares with each new one, by their places."""
    old_places, old_texts = _words_and_places(old)
    new_places, new_texts = _words_and_places(new)
    common = Counter[tuple[int, int]]()
    for stretch in stretches(old_texts, new_texts):
        if stretch.is_same:
            old_part = old_places[stretch.old_from : stretch.old_to]
            common.update(zip(old_part, new_places[stretch.new_from : stretch.new_to], strict=True))
    return common


def _words_and_places(blocks: Sequence[Block]) -> tuple[list[int], list[str]]:
    """Return, for each word of the blocks, the place of its block, and its text."""
    places = [place for place, block in enumerate(blocks) for _word in block.words]
    return places, [word.text for block in blocks for word in block.words]


def _are_alike(old: Block, new: Block, common: int) -> bool:
    return old.form == new.form and 2 * common >= ALIKE * (len(old.words) + len(new.words))
