"""The passage of a text that shows why it was found, in pieces, of which some are marked."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from news.models import Edition
from news.search.matcher import TermMatcher, matchers
from news.search.query import Query
from news.search.texts import plain_text
from news.search.words import WORD, clean, found_by

LENGTH = 40  # words of a passage
BEFORE = 8  # words of it before the first that matches
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a text; a template escapes it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The title of what was found, and its summary or the passage of its text that has more of the words."""

    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text, where each of its words stands, and what of it is to be marked, in letters."""

    text: str
    places: list[Span]
    marked: list[Span]

    def pieces(self) -> Iterator[Piece]:
        """Yield all of the text."""
        return pieces(self.text, self.marked)

    def excerpt(self) -> Iterator[Piece]:
        """Yield some forty words around the first that is marked, with dots where more stands."""
        begin, end = self._stretch()
        shown = [(start - begin, stop - begin) for start, stop in self.marked if begin <= start and stop <= end]
        if begin:
            yield Piece(text="… ")
        yield from pieces(self.text[begin:end], shown)
        if end < len(self.text):
            yield Piece(text=" …")

    def _stretch(self) -> Span:
        """Choose where the words to show begin and end, in letters."""
        first = bisect_right(self.places, self.marked[0][0], key=lambda place: place[0]) - 1
        low = max(first - BEFORE, 0)
        high = min(low + LENGTH, len(self.places))
        begin = self.places[low][0] if low else 0
        return begin, self.places[high - 1][1] if high < len(self.places) else len(self.text)


def passages(query: Query, numbers: Collection[int]) -> dict[int, Passage]:
    """Return the passages of the editions with the numbers, in one query."""
    fields = ("pk", "language", "title", "summary", "body")
    rows = Edition.objects.listed().filter(pk__in=numbers).values_list(*fields)
    wanted = matchers(query)
    return {
        pk: Passage(
            title=tuple(marked_text(wanted, title, language).pieces()),
            text=tuple(_text(wanted, summary, body, language)),
        )
        for pk, language, title, summary, body in rows
    }


def _text(wanted: Sequence[TermMatcher], summary: str, body: str, language: str) -> Iterator[Piece]:
    """Choose the summary unless it has none of the words and the text has."""
    in_summary = marked_text(wanted, summary, language)
    if not in_summary.marked:
        in_body = marked_text(wanted, " ".join(plain_text(body).split()), language)
        if in_body.marked:
            return in_body.excerpt()
    return in_summary.pieces()


def marked_text(wanted: Sequence[TermMatcher], text: str, language: str) -> MarkedText:
    """Read a text, and mark the words in it that were looked for."""
    cleaned = clean(text)
    places: list[Span] = []
    forms: list[frozenset[str]] = []
    for match in WORD.finditer(cleaned):
        found = found_by(match[0], language)
        forms += found
        places += [match.span()] * len(found)
    spans = sorted((places[first][0], places[end - 1][1]) for term in wanted for first, end in term.spans(forms))
    return MarkedText(text=cleaned, places=places, marked=list(_apart(spans)))


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Leave out what begins within the one before."""
    reached = 0
    for start, end in spans:
        if start >= reached:
            yield start, end
            reached = end


def pieces(text: str, marked: Sequence[Span]) -> Iterator[Piece]:
    """Take the text apart where marks begin and end."""
    place = 0
    for start, end in marked:
        if start > place:
            yield Piece(text=text[place:start])
        yield Piece(text=text[start:end], is_marked=True)
        place = end
    if place < len(text):
        yield Piece(text=text[place:])
