"""The words of imported texts, put where search looks."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from news.search.documents import document_of
from news.search.engine import engine
from news.search.matches import matches
from news.search.spelling import keep_words
from news.words.all_words import Text, Words, words_of

MOST_KNOWN = 200_000  # words that are known to be kept already: some 20 MB


class Listed(NamedTuple):
    """An edition that search has to hold; with its words, where they were worked out before."""

    pk: int
    text: Text
    words: Words | None


class SearchWords:
    """Puts words; remembers which spellings are kept, so that each is looked up once in a run."""

    def __init__(self) -> None:
        """Begin with none."""
        self.known: set[str] = set()

    def put(self, texts: Iterable[Listed]) -> None:
        """Put the words of texts that search has not held before."""
        found = [(listed.pk, listed.words or words_of(listed.text, connection.vendor)) for listed in texts]
        engine().put([document_of(number, words) for number, words in found])
        self._learn({word for _number, words in found for word in words.spelled} - self.known)
        matches.forget()

    def _learn(self, words: set[str]) -> None:
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        keep_words(words)
        self.known |= words
