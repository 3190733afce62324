"""The words of imported texts: worked out, here or in a second process, and put where search looks."""

from collections.abc import Iterable
from typing import NamedTuple

from news.models import SearchDocument, SearchHead
from news.search.documents import document
from news.search.engine import engine
from news.search.matches import matches
from news.search.spelling import keep_words, spelled
from taxonomy.rich_text import sanitize

MOST_KNOWN = 200_000  # words that are known to be kept already: some 20 MB


class Text(NamedTuple):
    """What of an edition is searched; the body is HTML as it came."""

    language: str
    title: str
    summary: str
    body: str


class Words(NamedTuple):
    """What is made of a text: its body cleaned, what search keeps, the words that may be suggested."""

    body: str
    stored: str
    head: str
    spelled: frozenset[str]


class Listed(NamedTuple):
    """An edition that search has to hold."""

    pk: int
    language: str
    title: str
    summary: str
    body: str
    words: Words | None


def words_of(text: Text) -> Words:
    """Work out the words of a text."""
    body = sanitize(text.body) if text.body else ""
    made = document(Listed(0, text.language, text.title, text.summary, body, None))
    words = frozenset(spelled(f"{text.title}\n{text.summary}"))
    return Words(body, str(made.document.words), made.head, words)


class SearchWords:
    """Puts words; remembers which spellings are kept, so that each is looked up once in a run."""

    def __init__(self) -> None:
        """Begin with none."""
        self.known: set[str] = set()

    def put(self, texts: Iterable[Listed]) -> None:
        """Put the words of texts that search has not held before."""
        found = list(texts)
        words = [text.words or words_of(Text(text.language, text.title, text.summary, text.body)) for text in found]
        engine().put([_head(text.pk, of_text) for text, of_text in zip(found, words, strict=True)])
        self._learn({word for of_text in words for word in of_text.spelled} - self.known)
        matches.forget()

    def _learn(self, words: set[str]) -> None:
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        keep_words(words)
        self.known |= words


def _head(number: int, words: Words) -> SearchHead:
    return SearchHead(document=SearchDocument(edition_id=number, words=words.stored), head=words.head)
