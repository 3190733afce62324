"""Marking the words of a query in a text that is shown, which comes in pieces, some of them marked."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from news.search.matcher import TermMatcher
from news.search.query import Term
from news.words.folding import WORD, clean, found_by, written_words

LENGTH = 40  # words of a passage
BEFORE = 8  # words of it before the first that matches
Span = tuple[int, int]
WordForms = tuple[frozenset[str], ...]  # for each part of a word what it can be found by
NOT_ASKED_FOR: WordForms = (frozenset(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a text; a template escapes it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text, where its words stand, and what of it is to be marked, in letters."""

    text: str
    places: list[Span]
    marked: list[Span]

    def pieces(self) -> Iterator[Piece]:
        """Yield all of the text."""
        return _pieces(self.text, self.marked)

    def excerpt(self) -> Iterator[Piece]:
        """Yield some forty words around the first that is marked, with dots where more stands."""
        begin, end = self._stretch()
        shown = [(start - begin, stop - begin) for start, stop in self.marked if begin <= start and stop <= end]
        if begin:
            yield Piece(text="… ")
        yield from _pieces(self.text[begin:end], shown)
        if end < len(self.text):
            yield Piece(text=" …")

    def _stretch(self) -> Span:
        """Choose where the words to show begin and end, in letters."""
        first = bisect_right(self.places, self.marked[0][0], key=lambda place: place[0]) - 1
        low = max(first - BEFORE, 0)
        high = min(low + LENGTH, len(self.places))
        begin = self.places[low][0] if low else 0
        return begin, self.places[high - 1][1] if high < len(self.places) else len(self.text)


class KnownWords(dict[str, WordForms]):
    """For each written word of a language what it can be found by; nothing where no term asks for it."""

    def __init__(self, wanted: Sequence[TermMatcher], language: str) -> None:
        """Gather what any of the terms asks for."""
        super().__init__()
        self.language = language
        self.asked_for = frozenset().union(*(term.parts for term in wanted))
        self.begun = tuple(chain.from_iterable(term.beginnings for term in wanted))

    def __missing__(self, written: str) -> WordForms:
        """Look at a word for the first time."""
        parts = found_by(written, self.language)
        kept = parts if not parts or self._is_asked_for(frozenset().union(*parts)) else NOT_ASKED_FOR
        self[written] = kept
        return kept

    def _is_asked_for(self, forms: frozenset[str]) -> bool:
        if not self.asked_for.isdisjoint(forms):
            return True
        return bool(self.begun) and any(form.startswith(self.begun) for form in forms)


class Marker:
    """The terms of a query, made ready to be marked in many texts: a word that was seen once is known."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Take what is to be marked."""
        self.wanted = [TermMatcher(term) for term in terms]
        self.known: dict[str, KnownWords] = {}

    def mark(self, text: str, language: str) -> MarkedText:
        """Mark the words in all of a text."""
        return self._mark(text, language, is_all=True)

    def mark_beginning(self, text: str, language: str) -> MarkedText:
        """Mark the words in a text as far as an excerpt needs it."""
        return self._mark(text, language, is_all=False)

    def _mark(self, text: str, language: str, *, is_all: bool) -> MarkedText:
        if language not in self.known:
            self.known[language] = KnownWords(self.wanted, language)
        known = self.known[language]
        cleaned = clean(text)
        words = [known[written] for written in written_words(cleaned)]
        found = self._spans(list(chain.from_iterable(words)))
        if not found:
            return MarkedText(text=cleaned, places=[], marked=[])
        places: list[Span] = []
        end = len(words) if is_all else found[0][0] + LENGTH + 1
        for match, forms in zip(WORD.finditer(cleaned), words[:end], strict=False):
            places += [match.span()] * len(forms)
        marked = [(places[first][0], places[last - 1][1]) for first, last in found if last <= len(places)]
        return MarkedText(text=cleaned, places=places, marked=list(_apart(marked)))

    def _spans(self, forms: list[frozenset[str]]) -> list[Span]:
        """Return the stretches of words that any of the terms matches, in their order."""
        return sorted(chain.from_iterable(term.spans(forms) for term in self.wanted))


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Leave out what begins within the one before."""
    reached = 0
    for start, end in spans:
        if start >= reached:
            yield start, end
            reached = end


def _pieces(text: str, marked: Sequence[Span]) -> Iterator[Piece]:
    """Take the text apart where marks begin and end."""
    place = 0
    for start, end in marked:
        if start > place:
            yield Piece(text=text[place:start])
        yield Piece(text=text[start:end], is_marked=True)
        place = end
    if place < len(text):
        yield Piece(text=text[place:])
