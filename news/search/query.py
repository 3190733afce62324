"""What a reader types into the search field, understood: words, "exact phrases", -excluded ones, beginnings*.

Anything can be asked and nothing is an error; what is too long is cut, and the page says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from news.words.folding import clean, is_small, stems, words_of

LONGEST = 200  # characters
MOST_TERMS = 12
SHORTEST_BEGINNING = 3  # letters; shorter ones begin half of the dictionary
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
TERM = re.compile(r'(?P<minus>[-−]?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Words that have to stand in a text one after the other; often it is one word."""

    words: tuple[str, ...]
    is_beginning: bool = False


Alternatives = tuple[Alternative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing to look for: any of its alternatives will do. `written` is what the reader wrote."""

    written: str
    alternatives: Alternatives
    is_excluded: bool = False
    is_exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All that is looked for; every term counts."""

    text: str
    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is looked for, which finds nothing."""
        return not self.terms

    @property
    def key(self) -> tuple[frozenset[Alternatives], frozenset[Alternatives]]:
        """Return what decides which texts match: what is looked for, however and in whatever order it was written."""
        wanted, excluded = ({term.alternatives for term in terms} for terms in (self.terms, self.excluded))
        return frozenset(wanted), frozenset(excluded)


def read_query(text: str, *, language: str, is_being_typed: bool = False) -> Query:
    """Understand what was typed on a page in the language.

    While it is being typed, the last word counts as a beginning.
    """
    kept = clean(text[:LONGEST]).translate(QUOTES)
    found = list(_terms(kept))
    chosen = found[:MOST_TERMS]
    if is_being_typed and chosen and kept[-1:].isalnum() and not chosen[-1].is_excluded:
        chosen[-1] = _beginning(chosen[-1])
    wanted = [term for term in chosen if not term.is_excluded]
    telling = [term for term in wanted if term.is_exact or not is_small(term.alternatives[0].words[0], language)]
    return Query(
        text=" ".join(kept.split()),
        terms=tuple(dict.fromkeys(telling or wanted)),
        excluded=tuple(dict.fromkeys(term for term in chosen if term.is_excluded)),
        is_cut=len(text) > LONGEST or len(found) > MOST_TERMS,
    )


def _terms(text: str) -> Iterator[Term]:
    for match in TERM.finditer(text):
        is_excluded = bool(match["minus"])
        if match["phrase"] is not None:
            yield from _phrase(match["phrase"], is_excluded=is_excluded)
        else:
            yield from _words(match["word"], is_excluded=is_excluded)


def _phrase(text: str, *, is_excluded: bool) -> Iterator[Term]:
    """Yield the exact words between quotation marks as one term."""
    words = tuple(part for word in words_of(text) for part in word.parts)
    if words:
        exact = (Alternative(words=words),)
        yield Term(written=f'"{text}"', alternatives=exact, is_excluded=is_excluded, is_exact=True)


def _words(text: str, *, is_excluded: bool) -> Iterator[Term]:
    """Yield what stands between two spaces, which may be several words: l'accord, 24/7."""
    words = list(words_of(text))
    for word in words:
        written = text[word.start : word.end]
        is_last = word is words[-1]
        if is_last and text[word.end :].startswith("*") and len(word.whole) >= SHORTEST_BEGINNING:
            yield _term(written + "*", (Alternative(words=(word.whole,), is_beginning=True),), is_excluded=is_excluded)
            continue
        forms = [Alternative(words=(form,)) for form in (word.whole, *stems(word.whole))]
        if len(word.parts) > 1:
            forms.append(Alternative(words=word.parts))
        yield _term(written, tuple(forms), is_excluded=is_excluded)


def _term(written: str, alternatives: Alternatives, *, is_excluded: bool) -> Term:
    return Term(written=written, alternatives=alternatives, is_excluded=is_excluded)


def _beginning(term: Term) -> Term:
    """Let the term's one word count as a beginning too, where it is long enough."""
    words = term.alternatives[0].words
    if term.is_exact or len(words) > 1 or len(words[0]) < SHORTEST_BEGINNING:
        return term
    beginning = Alternative(words=words, is_beginning=True)
    return Term(written=term.written, alternatives=(beginning, *term.alternatives[1:]))
