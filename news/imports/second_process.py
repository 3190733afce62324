"""A second process that works out the words of texts while the first one writes.

Half of an import's work is to read the words of its texts. It needs neither the database nor Django, so the process is
a bare one: some 30 MB. It ends when the first one does, however that ends.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Self

from news.words.all_words import Text, Words, words_of

SLOW_START = 500  # texts: for fewer, a second process takes longer to start than it saves
ENOUGH_PROCESSORS = 2
PROJECT = Path(__file__).resolve().parent.parent.parent


class SecondProcess:
    """Works out words beside this process, in the form of the vendor's database."""

    def __init__(self, vendor: str) -> None:
        """Wait until there is enough to do."""
        self.vendor = vendor
        self.is_worth_it = (os.cpu_count() or 1) >= ENOUGH_PROCESSORS
        self.process: subprocess.Popen[bytes] | None = None
        self.texts_seen = 0
        self.is_busy = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let the process end: it does when nobody writes to it any more."""
        if self.process:
            self.process.terminate()
            self.process.communicate()

    def begin(self, texts: Sequence[Text]) -> None:
        """Hand texts over; nothing is worked out where a process would not pay."""
        self.texts_seen += len(texts)
        self.is_busy = self.is_worth_it and self.texts_seen > SLOW_START and bool(texts)
        if self.is_busy:
            self.process = self.process or _start()
            _send(self.process.stdin, (self.vendor, list(texts)))

    def finish(self) -> list[Words]:
        """Return the words of the texts that were handed over last; none where they were not worked out."""
        if not self.is_busy or self.process is None or self.process.stdout is None:
            return []
        self.is_busy = False
        found: list[Words] = pickle.load(self.process.stdout)  # noqa: S301 - written by our own process
        return found


def _start() -> "subprocess.Popen[bytes]":
    """Start the process afresh: a copy of this one would share its connection to the database."""
    command = [sys.executable, "-m", __name__]
    return subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own module


def _send(stream: IO[bytes] | None, value: Any) -> None:
    """Write a value for the other process."""
    if stream is not None:
        pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()


def answer(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until nobody asks any more."""
    while True:
        try:
            vendor, texts = pickle.load(questions)  # noqa: S301 - written by the process that has started this one
        except EOFError:
            return
        _send(answers, [words_of(text, vendor) for text in texts])


if __name__ == "__main__":
    try:
        answer(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(1)
