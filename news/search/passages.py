"""The passage of a text that shows why it was found, in pieces, of which some are marked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from news.models import Edition
from news.search.matcher import TermMatcher, forms_of, matchers
from news.search.query import Query
from news.search.texts import plain_text
from news.search.words import clean, words_of

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


def passages(query: Query, numbers: Collection[int]) -> dict[int, Passage]:
    """Return the passages of the editions with the numbers, in one query."""
    fields = ("pk", "language", "title", "summary", "body")
    rows = Edition.objects.listed().filter(pk__in=numbers).values_list(*fields)
    wanted = matchers(query)
    return {
        pk: Passage(
            title=tuple(pieces(clean(title), spans(wanted, title, language))),
            text=tuple(_text(wanted, summary, body, language)),
        )
        for pk, language, title, summary, body in rows
    }


def _text(wanted: Sequence[TermMatcher], summary: str, body: str, language: str) -> Iterator[Piece]:
    """Choose the summary unless it has none of the words and the text has."""
    in_summary = spans(wanted, summary, language)
    if not in_summary:
        text = " ".join(plain_text(body).split())
        if in_text := spans(wanted, text, language):
            return excerpt(clean(text), in_text)
    return pieces(clean(summary), in_summary)


def spans(wanted: Sequence[TermMatcher], text: str, language: str) -> list[Span]:
    """Return where the words stand that were looked for, in letters, in their order and apart."""
    cleaned = clean(text)
    places: list[Span] = []
    for word in words_of(cleaned):
        places += [(word.start, word.end)] * len(word.parts)
    forms = forms_of(cleaned, language)
    found = sorted((places[first][0], places[end - 1][1]) for term in wanted for first, end in term.spans(forms))
    apart: list[Span] = []
    for start, end in found:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


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


def excerpt(text: str, marked: Sequence[Span]) -> Iterator[Piece]:
    """Return some forty words around the first that is marked, with dots where more stands."""
    begin, end = _stretch(text, marked[0])
    shown = [(start - begin, stop - begin) for start, stop in marked if begin <= start and stop <= end]
    if begin:
        yield Piece(text="… ")
    yield from pieces(text[begin:end], shown)
    if end < len(text):
        yield Piece(text=" …")


def _stretch(text: str, marked: Span) -> Span:
    """Choose where the words to show begin and end, in letters."""
    words = list(words_of(text))
    first = next(place for place, word in enumerate(words) if word.end > marked[0])
    low = max(first - BEFORE, 0)
    high = min(low + LENGTH, len(words))
    return words[low].start if low else 0, words[high - 1].end if high < len(words) else len(text)
