"""Who acts now: a person at a request, a command, or the site by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

SYSTEM = "system"  # outside of a request and a command: the site by itself
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as text that stays true when the person is renamed or gone, and from which address."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Acting:
    """An actor whose name is asked for only when something is written: most requests write nothing."""

    name: Callable[[], str]
    address: str


_occasion: ContextVar[dict[str, Any] | None] = ContextVar("record_occasion", default=None)
_acting: ContextVar[_Acting | None] = ContextVar("record_acting", default=None)


def name_of(user: Any) -> str:
    """Return how the record names a user: "anna (Anna Berg)"."""
    if not user.is_authenticated:
        return ANONYMOUS
    full_name = user.get_full_name()
    return f"{user.get_username()} ({full_name})" if full_name else user.get_username()


def current_actor() -> Actor:
    """Return who acts now; "system" where nobody was named."""
    acting = _acting.get()
    return Actor(acting.name(), acting.address) if acting else Actor(SYSTEM)


@contextmanager
def acting(name: str | Callable[[], str], *, address: str = "") -> Iterator[None]:
    """Name who acts until the block ends; within another one it replaces that actor for so long."""
    token = _acting.set(_Acting((lambda: name) if isinstance(name, str) else name, address))
    try:
        yield
    finally:
        _acting.reset(token)


def current_occasion() -> dict[str, Any]:
    """Return what every act is told with now: empty, but within `on_occasion`."""
    return _occasion.get() or {}


@contextmanager
def on_occasion(**told: Any) -> Iterator[None]:
    """Let every act until the block ends tell on which occasion it was, such as the number of an import."""
    token = _occasion.set(told)
    try:
        yield
    finally:
        _occasion.reset(token)
