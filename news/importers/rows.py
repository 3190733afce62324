"""What a reader of any format hands to the loader: plain rows that say where each of their values stands."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a file, the first being 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class ReadingError(Exception):
    """Something in a file that cannot be read or stored: where it stands, and what was expected there."""

    def __init__(self, place: Place, expected: str) -> None:
        """Keep the place and the sentence."""
        super().__init__(f"{place}: {expected}")
        self.place = place
        self.expected = expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A text with its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """An entry of a page's menu; where a branch ends, the page does not say."""

    label: str
    is_branch: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a text begins: "KYIV, 25 November 2025 – "; `rest` is its first paragraph without it."""

    dateline: str
    written_on: datetime.date
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsRow:
    """A news item as its file has it; a list in the body is a run of lines that begin with "- "."""

    place: Place
    language: str
    kind: str
    title: str
    summary: str = ""
    issued_on: datetime.date | datetime.datetime | None = None
    dateline: str = ""
    opening: Opening | None = None
    body: tuple[str, ...] = ()
    issued_by: tuple[Value, ...] = ()
    countries: tuple[Value, ...] = ()
    topics: tuple[Value, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    notes: tuple[str, ...] = ()
