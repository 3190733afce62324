"""A second process that works out the words of texts while the first one writes.

Half of an import's work is to read the words of its texts, and it needs no database. Nothing of Django may be imported
here before the process has set it up.
"""

import multiprocessing
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import django

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from news.imports.search_words import Text, Words

SLOW_START = 500  # texts: for fewer, a second process takes longer to start than it saves
ENOUGH_PROCESSORS = 2


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

    def begin(self, texts: "Sequence[Text]") -> None:
        """Hand texts over; nothing is worked out where a process would not pay."""
        self.texts_seen += len(texts)
        self.is_busy = self.is_worth_it and self.texts_seen > SLOW_START and bool(texts)
        if self.is_busy:
            self.connection = self.connection or _start()
            self.connection.send(list(texts))

    def finish(self) -> "list[Words]":
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
    from news.imports.search_words import words_of  # noqa: PLC0415 - models are loaded only now

    try:
        while True:
            texts = connection.recv()
            connection.send([words_of(text) for text in texts])
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return
