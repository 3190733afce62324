"""The words of imported texts: worked out in a second process while the first one writes, and put where search looks.

Half of an import's work is to read the words of its texts, and it needs no database.
"""

import multiprocessing
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

import django

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

from news.models import SearchDocument, SearchHead
from news.search.documents import document
from news.search.engine import engine
from news.search.matches import matches
from news.search.spelling import keep_words, spelled
from taxonomy.rich_text import sanitize

MOST_KNOWN = 200_000  # words that are known to be kept already: some 20 MB
SLOW_START = 500  # texts: for fewer, a second process takes longer to start than it saves
ENOUGH_PROCESSORS = 2


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


class SecondProcess:
    """Works out words beside this process; it ends when this one does, however that ends."""

    def __init__(self) -> None:
        """Wait until there is enough to do."""
        self.is_worth_it = (os.cpu_count() or 1) >= ENOUGH_PROCESSORS
        self.connection: Connection | None = None
        self.texts_seen = 0
        self.is_busy = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let the process end: it does when nobody holds the other end."""
        if self.connection:
            self.connection.close()

    def begin(self, texts: Sequence[Text]) -> None:
        """Hand texts over; nothing is worked out where a process would not pay."""
        self.texts_seen += len(texts)
        self.is_busy = self.is_worth_it and self.texts_seen > SLOW_START and bool(texts)
        if self.is_busy:
            self.connection = self.connection or _start()
            self.connection.send(list(texts))

    def finish(self) -> list[Words]:
        """Return the words of the texts that were handed over last; none where they were not worked out."""
        if not self.is_busy or self.connection is None:
            return []
        self.is_busy = False
        found: list[Words] = self.connection.recv()
        return found


def _start() -> "Connection":
    """Start the process afresh: a copy of this one would share its connection to the database."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    context.Process(target=_work, args=(its,), daemon=True, name="words of an import").start()
    its.close()
    return ours


def _work(connection: "Connection") -> None:
    """Answer until the other end is closed."""
    django.setup()
    try:
        while True:
            texts = connection.recv()
            connection.send([words_of(text) for text in texts])
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


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
