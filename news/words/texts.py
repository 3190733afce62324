"""A text as it is stored for searching: its words in their order, and the stems of all of them."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from news.words.folding import clean, forms_of, parts_of, written_words

MOST_WORDS = 10_000  # of one text: PostgreSQL counts places up to 16,383
BLOCK = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|blockquote|table|caption|thead|tbody|tr|th|td|div|figure|figcaption|br|hr)\b[^>]*>"
)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """The words of each part of a text (title, summary, body) in their order; joined words and stems of all of it.

    "Co-operation" stands among the words as "co" and "operation", among the forms as "cooperation" and its stem.
    """

    parts: tuple[tuple[str, ...], ...]
    forms: frozenset[str]


def plain_text(rich: str) -> str:
    """Return what a reader sees of sanitised HTML, its blocks apart."""
    return html.unescape(TAG.sub("", BLOCK.sub(" ", rich)))


def search_text(texts: Iterable[str], language: str) -> SearchText:
    """Read the words of the parts of one text in the language."""
    parts: list[tuple[str, ...]] = []
    written: set[str] = set()
    left = MOST_WORDS
    for text in texts:
        words = written_words(clean(text))[:left]
        left -= len(words)
        parts.append(tuple(chain.from_iterable(map(parts_of, words))))
        written.update(words)
    forms: set[str] = set()
    forms.update(*(forms_of(word, language) for word in written))  # of each word once: most stand more than once
    forms.difference_update(*parts)
    return SearchText(parts=tuple(parts), forms=frozenset(forms))
