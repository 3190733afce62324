"""Language, title and summary of a text, as far as its rank needs them: for each word all that it can be found by.

A thousand of them are read for one answer, so they are laid out when a text is stored, and looked through as plain text:

    en
    ; border =border ; guards =guard ;
    ; crews =crew ; patrolled =patrol ; in =in ; mixed =mix ; boats =boat ;
"""

import re
from collections.abc import Sequence

from news.search.query import Alternative, Term
from news.search.words import clean, found_by, written_words

Head = tuple[str, str, str]  # language, title, summary


def head(language: str, title: str, summary: str) -> str:
    """Lay out a text's head, as it is stored."""
    return "\n".join((language, laid_out(title, language), laid_out(summary, language)))


def read_head(stored: str) -> Head:
    """Take a stored head apart."""
    language, title, summary = stored.split("\n")
    return language, title, summary


def laid_out(text: str, language: str) -> str:
    """Lay out a title or a summary."""
    places = (place for written in written_words(clean(text)) for place in found_by(written, language))
    return "".join([";", *(f" {' '.join(sorted(filter(None, forms)))} ;" for forms in places)])


class HeadMatcher:
    """One term, made ready to be looked for in many heads."""

    def __init__(self, term: Term) -> None:
        """Part single words, which are simply looked for, from words in a row."""
        single = [one for one in term.alternatives if len(one.words) == 1]
        self.signs = [f" {one.words[0]}{'' if one.is_beginning else ' '}" for one in single]
        self.rows = [re.compile(_row(one)) for one in term.alternatives if len(one.words) > 1]

    def stands_in(self, part: str) -> bool:
        """Say whether a title or a summary has the term."""
        return any(sign in part for sign in self.signs) or any(row.search(part) for row in self.rows)


def in_a_row(terms: Sequence[Term]) -> re.Pattern[str]:
    """Return what finds the terms one after the other, in their order."""
    return re.compile("".join(f"(?:{'|'.join(map(_row, term.alternatives))})" for term in terms))


def _row(alternative: Alternative) -> str:
    """Return a pattern for the places of the alternative's words; places begin with a space and end with a mark."""
    end = "[^ ;]* " if alternative.is_beginning else " "
    return "".join(rf" (?:[^ ;]+ )*?{re.escape(word)}{end}(?:[^ ;]+ )*;" for word in alternative.words)
