"""Terms of a query, looked for in heads of texts (`news.words.heads`), a thousand for one answer."""

import re
from collections.abc import Sequence

from news.search.query import Alternative, Term
from news.words.folding import MARKS, STEMMED


class HeadMatcher:
    """The terms of a query, made ready to be looked for in many heads of one language."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        """Leave out the stems of other languages, which stand in none of these heads."""
        written = [[one for one in term.alternatives if _is_of(one, language)] for term in terms]
        self.terms = [TermInHead(alternatives) for alternatives in written]
        self.in_a_row = re.compile("".join(map(_any_row, written)))

    def count(self, part: str) -> int:
        """Count the terms that stand in a title or a summary."""
        return sum([term.stands_in(part) for term in self.terms])

    def stand_in_a_row(self, part: str) -> bool:
        """Say whether the terms follow one another, in their order."""
        return self.in_a_row.search(part) is not None


class TermInHead:
    """One term, made ready."""

    def __init__(self, alternatives: Sequence[Alternative]) -> None:
        """Part single words, which are simply looked for, from words in a row."""
        self.signs = [_sign(one.words[0], one) for one in alternatives if len(one.words) == 1]
        rows = [one for one in alternatives if len(one.words) > 1]
        self.rows = [([_sign(word, one) for word in one.words], re.compile(_row(one))) for one in rows]

    def stands_in(self, part: str) -> bool:
        """Say whether a title or a summary has the term."""
        for sign in self.signs:
            if sign in part:
                return True
        return any(all(sign in part for sign in signs) and row.search(part) for signs, row in self.rows)


def _is_of(alternative: Alternative, language: str) -> bool:
    """Say whether the words are no stem, or a stem of the language."""
    mark = alternative.words[0][:1]
    return mark not in MARKS or mark == STEMMED.get(language, ("",))[0]


def _sign(word: str, alternative: Alternative) -> str:
    return f" {word}" if alternative.is_beginning else f" {word} "


def _any_row(alternatives: Sequence[Alternative]) -> str:
    return f"(?:{'|'.join(map(_row, alternatives))})"


def _row(alternative: Alternative) -> str:
    """Return a pattern for the places of the alternative's words; places begin with a space and end with a mark."""
    end = "[^ ;]* " if alternative.is_beginning else " "
    return "".join(rf" (?:[^ ;]+ )*?{re.escape(word)}{end}(?:[^ ;]+ )*;" for word in alternative.words)
