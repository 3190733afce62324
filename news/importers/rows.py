"""What a reader of any format hands on: plain rows, whose values say where they stand when they are asked."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

MOST_SHOWN = 60  # letters of a value, in an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a file, the first being 1, and the letter in it, the first being 1; 0 stands for the whole line."""

    file: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


class Whereabouts(Protocol):
    """Where the values of a row stand: worked out only for a value that somebody has to be told about."""

    def place(self, name: str = "", position: int = 0) -> Place:
        """Return the place of a field's value, of a list that with the position; without a name that of the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """A row, or its values, of which one line is all that is known."""

    at: Place

    def place(self, name: str = "", position: int = 0) -> Place:  # noqa: ARG002 - the line is the answer for all
        """Return the line."""
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong at a place, with the value, and what to do: one sentence for each."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class ReadingError(Exception):
    """Something in a file that cannot be read or stored: where it stands, and what was expected there."""

    def __init__(self, place: Place, expected: str) -> None:
        """Keep the place and the sentence."""
        super().__init__(f"{place}: {expected}")
        self.place = place
        self.expected = expected

    @property
    def problem(self) -> Problem:
        """Return it as a row's problem."""
        return Problem(place=self.place, text=self.expected)


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
class Reference:
    """Another item: by its number on this site, or by its number at a source.

    Attributes:
        number: on this site; 0 where it is named by its source.
        source: "" for the source of the row that refers to it.
        source_id: its number there.
        language: "" for any; the original is meant where there are several.
    """

    number: int = 0
    source: str = ""
    source_id: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalRow:
    """That an item was removed; `leads_to` is an address of this site or a reference to an item."""

    kind: str
    explanation: str = ""
    leads_to: str | Reference = ""
    removed_at: datetime.datetime | None = None
    undone_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """One version of an item's content; names are as the file has them, `body` is HTML as it came.

    Attributes:
        number: 0 for the next one.
        state: "" where the file does not say: the import decides by date and wish.
        renders: the number of the original's edition that this one of a translation renders; 0 where unknown.
        pictures, attachments: by their numbers in the library. No file names any; the samples have them. What a row
            says is the same without them.
    """

    title: str
    kind: str = ""
    summary: str = ""
    dateline: str = ""
    body: str = ""
    issued_at: datetime.datetime | None = None
    issued_by: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    related: tuple[Reference, ...] = ()
    number: int = 0
    state: str = ""
    visible_from: datetime.datetime | None = None
    visible_until: datetime.datetime | None = None
    listed_until: datetime.datetime | None = None
    is_minor: bool = False
    change_note: str = ""
    remark: str = ""
    renders: int = 0
    pictures: tuple[int, ...] = field(default=(), repr=False)
    attachments: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item as its file has it.

    Attributes:
        whereabouts: where its values stand.
        source: what it comes from, such as "osce.org"; with `source_id` and `language` what makes it the same again.
        source_id: its number there; "" for an item of this site, which its `number` names.
        number: the number that it is to have here, if that is free; 0 for any.
        language: of the text.
        editions: oldest first; the last one is what the file has as the text today.
        given: the fields that the file has, by the names of `docs/import-format.md`; all others stay as they are.
        slug: the readable end of its address; "" to make it from the title.
        translation_of: the original.
        former_addresses: paths at which it stood, each with its slash in front.
        removals: the one that stands, if any, last.
        notes: sentences for whoever imports: what was left out, what was guessed.
        menu: of a page text, to be compared with the site's navigation.
    """

    whereabouts: Whereabouts
    source: str
    source_id: str
    language: str
    editions: tuple[EditionRow, ...]
    given: frozenset[str]
    number: int = 0
    slug: str = ""
    translation_of: Reference | None = None
    former_addresses: tuple[str, ...] = ()
    removals: tuple[RemovalRow, ...] = ()
    notes: tuple[str, ...] = ()
    menu: tuple[MenuEntry, ...] = ()

    @property
    def newest(self) -> EditionRow:
        """Return the edition that the file has as the text today."""
        return self.editions[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that cannot be read, with everything that is wrong with it; the reader goes on behind it."""

    whereabouts: Whereabouts
    problems: tuple[Problem, ...]


type Row = ItemRow | RejectedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """What whoever imports says of files that do not say it themselves.

    Attributes:
        language: of texts without one.
        source: the name of where rows come from that do not name it; "" to take a format's own.
        issued_at: the date of issue of texts without one.
        selectors: of a saved page's parts, by field, where the usual ones do not fit.
    """

    language: str = "en"
    source: str = ""
    issued_at: datetime.datetime | None = None
    selectors: dict[str, Any] = field(default_factory=dict)


def shown(value: object) -> str:
    """Return a value as an error shows it: on one line, control and direction marks by number, not too long."""
    beginning = str(value)[: MOST_SHOWN + 1]
    text = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in beginning)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def rejected(whereabouts: Whereabouts, problems: Iterable[Problem]) -> RejectedRow:
    """Return a row that cannot be read."""
    return RejectedRow(whereabouts=whereabouts, problems=tuple(problems))
