"""What the answer that is being made depends on: written down by whatever it asks, read by whoever wants to keep it.

Outside of `recording()` nothing is written down, and it costs nothing to speak of.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

ALL_NEWS = "news"  # what is moved by every act on news: asked for by whoever cannot say less


@dataclass(slots=True)
class Dependencies:
    """What one answer has asked for.

    Attributes:
        tags: what it shows, in words that the log of changes speaks too: `item=12`, `country=3&topic=5`.
        holds_until: the moment from which it is another, as far as those who were asked know.
        least_position: how far in the log those had read that keep something in memory; None where nobody was asked.
    """

    tags: set[str] = field(default_factory=set)
    holds_until: datetime.datetime | None = None
    least_position: int | None = None


_recorded: ContextVar[Dependencies | None] = ContextVar("dependencies", default=None)


@contextmanager
def recording() -> Iterator[Dependencies]:
    """Write down what is asked for inside, and yield it."""
    dependencies = Dependencies()
    token = _recorded.set(dependencies)
    try:
        yield dependencies
    finally:
        _recorded.reset(token)


@contextmanager
def not_recorded() -> Iterator[None]:
    """Write down nothing of what is asked for inside: a process that reads what it keeps does it for every answer."""
    token = _recorded.set(None)
    try:
        yield
    finally:
        _recorded.reset(token)


def depends_on(tags: Iterable[str]) -> None:
    """Say that the answer shows what these tags name."""
    if (recorded := _recorded.get()) is not None:
        recorded.tags.update(tags)


def is_recording() -> bool:
    """Say whether anybody wants to know, where it costs something to find out."""
    return _recorded.get() is not None


def holds_until(moment: datetime.datetime) -> None:
    """Say that the answer is another from the moment on."""
    recorded = _recorded.get()
    if recorded is not None and (recorded.holds_until is None or moment < recorded.holds_until):
        recorded.holds_until = moment


def true_of(position: int) -> None:
    """Say how far in the log of changes has read what was asked from memory."""
    recorded = _recorded.get()
    if recorded is not None and (recorded.least_position is None or position < recorded.least_position):
        recorded.least_position = position
