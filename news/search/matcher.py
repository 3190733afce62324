"""Finding the words of a query in a text that was read, for its rank and for the passage that is shown."""

from collections.abc import Collection, Iterator, Sequence

from news.search.query import Alternative, Query, Term
from news.words.folding import found_by, written_words

Forms = Sequence[Collection[str]]  # for each word of a text what it can be found by


class TermMatcher:
    """One term, laid out to be looked for in many texts."""

    def __init__(self, term: Term) -> None:
        """Part single words, which a set answers, from what takes a look at each word."""
        single = [one for one in term.alternatives if len(one.words) == 1 and not one.is_beginning]
        self.words = frozenset(one.words[0] for one in single)
        self.others = [one for one in term.alternatives if one not in single]
        self.parts = self.words.union(*(one.words for one in self.others if not one.is_beginning))
        self.beginnings = tuple(one.words[0] for one in self.others if one.is_beginning)

    def stands_in(self, forms: Forms, everything: Collection[str]) -> bool:
        """Say whether the term stands in the text; `everything` holds the forms of all its words."""
        return not self.words.isdisjoint(everything) or any(_places(one, forms) for one in self.others)

    def spans(self, forms: Forms) -> Iterator[tuple[int, int]]:
        """Yield each stretch of words that the term matches: its first word and the one after its last."""
        for place, form in enumerate(forms):
            if form and not self.words.isdisjoint(form):
                yield place, place + 1
        for one in self.others:
            yield from ((place, place + len(one.words)) for place in _places(one, forms))


def _places(alternative: Alternative, forms: Forms) -> list[int]:
    """Return at which words of the text the alternative begins."""
    begins_at = _is_begun_at if alternative.is_beginning else _stands_at
    last = len(forms) - len(alternative.words)
    return [place for place in range(last + 1) if begins_at(alternative.words, forms, place)]


def _is_begun_at(words: Sequence[str], forms: Forms, place: int) -> bool:
    return any(form.startswith(words[0]) for form in forms[place])


def _stands_at(words: Sequence[str], forms: Forms, place: int) -> bool:
    return all(word in forms[place + offset] for offset, word in enumerate(words))


def matchers(query: Query) -> list[TermMatcher]:
    """Return a matcher for each term that is looked for."""
    return [TermMatcher(term) for term in query.terms]


def forms_of(cleaned: str, language: str) -> list[frozenset[str]]:
    """Return for each word of the text, in order, what it can be found by."""
    forms: list[frozenset[str]] = []
    for written in written_words(cleaned):
        forms += found_by(written, language)
    return forms
