"""What a field's value may be: each check returns the value as a row has it, and says what is wrong with it."""

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, Protocol

from news.importers.rows import shown
from news.importers.written_dates import FIRST_YEAR, LAST_YEAR, is_plausible, moment_of
from news.models.news_item import news_languages

MOST_FAULTS = 20  # of one row that are told
MOST_VALUES = 50  # of a list
LONGEST_NAME = 60  # letters of a name for which the nearest is sought
# What no text has: control characters but tab and line breaks, halves of letters, numbers that stand for none.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# They turn the direction of what follows, so that a title reads otherwise than it is stored.
DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
BREAK = re.compile("[\r\n]")
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].+)?", re.ASCII)


@dataclass(slots=True)
class Reading:
    """What is found wrong with a row's values, and what is to be told of them, while they are checked.

    Attributes:
        has_odd_letters: whether the row may have letters that are refused or removed; a row without needs no search.
        faults: the path of a value, such as "issued_by.3" or "removal.kind", and a sentence.
        notes: sentences.
    """

    has_odd_letters: bool = True
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, path: str, sentence: str) -> None:
        """Keep what is wrong with the value at the path."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((path, f"{path}: {sentence}" if path else sentence))

    def unknown(self, path: str, name: str, known: Collection[str]) -> None:
        """Say that there is no field of that name."""
        remedy = nearest_of(name, known) or "Leave it out, or see docs/import-format.md for the names that there are."
        if len(self.faults) < MOST_FAULTS:
            inside = f"{path}: " if path else ""
            self.faults.append((f"{path}.{name}".strip("."), f"{inside}there is no field “{shown(name)}”. {remedy}"))


class Check(Protocol):
    """A check: returns the value as a row has it, an empty one where it is wrong."""

    def __call__(self, value: Any, path: str, reading: Reading, /) -> Any:
        """Check the value at the path."""


def named(value: object) -> str:
    """Name a value of JSON in a sentence."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {shown(value)}"
        case str():
            return f"“{shown(value)}”"
    return "a list" if isinstance(value, list) else "an object"


def nearest_of(name: str, known: Collection[str]) -> str:
    """Return the question whether the nearest known name was meant: "" where none is near."""
    near = get_close_matches(name.casefold(), known, n=1) if len(name) <= LONGEST_NAME else []
    return f"Did you mean “{near[0]}”?" if near else ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of so many letters; of one line, unless it may have several."""

    longest: int
    is_line: bool = True
    is_needed: bool = False
    drops_marks: bool = False

    def __call__(self, value: Any, path: str, reading: Reading) -> str:
        """Return the text."""
        if type(value) is not str:
            if value is not None:
                reading.fault(path, f"expected text, found {named(value)}. Write it in quotes.")
                return ""
            value = ""
        if reading.has_odd_letters:
            value = self._seemly(value, path, reading)
        if len(value) > self.longest or (self.is_line and BREAK.search(value)) or (self.is_needed and not value):
            self._tell(value, path, reading)
        return value

    def _tell(self, value: str, path: str, reading: Reading) -> None:
        """Say what is wrong with a text as a whole."""
        if len(value) > self.longest:
            found = f"expected at most {self.longest} letters, found {len(value):,}: {named(value)}. Shorten it."
            reading.fault(path, found)
        if self.is_line and BREAK.search(value):
            reading.fault(path, f"expected one line, found a line break in {named(value)}. Write a space instead.")
        if self.is_needed and not value:
            reading.fault(path, "it is empty. Give it, or leave the field out to keep what the site has.")

    def _seemly(self, value: str, path: str, reading: Reading) -> str:
        """Refuse letters that no text has, and take out of a title what turns its direction."""
        if odd := UNPRINTABLE.search(value):
            what = "half a letter (a lone surrogate)" if "\ud800" <= odd[0] <= "\udfff" else "a control character"
            found = f"U+{ord(odd[0]):04X}, {what}, as letter {odd.start() + 1} of {named(value)}"
            reading.fault(path, f"found {found}. Take it out.")
        if self.drops_marks and DIRECTION_MARKS.search(value):
            reading.notes.append(f"{path}: marks that turn the direction of letters are left out of {named(value)}")
            return DIRECTION_MARKS.sub("", value)
        return value


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values, each with the same check."""

    each: Check
    most: int = MOST_VALUES

    def __call__(self, value: Any, path: str, reading: Reading) -> tuple[Any, ...]:
        """Return the values."""
        if value is None:
            return ()
        if type(value) is not list:
            reading.fault(path, f"expected a list, found {named(value)}. Write it in square brackets: […].")
            return ()
        if len(value) > self.most:
            reading.fault(path, f"expected at most {self.most:,} values, found {len(value):,}. Leave some out.")
            return ()
        return tuple([self.each(each, f"{path}.{position}", reading) for position, each in enumerate(value)])


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, from 1."""

    most: int = 2_147_483_647  # the database's

    def __call__(self, value: Any, path: str, reading: Reading) -> int:
        """Return the number, 0 for none."""
        if value is None:
            return 0
        if type(value) is not int or not 1 <= value <= self.most:
            reading.fault(path, f"expected a whole number from 1, found {named(value)}. Write it without quotes.")
            return 0
        return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several words, or another word for it."""

    words: tuple[str, ...]
    others: dict[str, str] = field(default_factory=dict)

    def __call__(self, value: Any, path: str, reading: Reading) -> str:
        """Return the word."""
        if value in self.words:
            return str(value)
        meant = self.others.get(" ".join(value.casefold().split())) if isinstance(value, str) else None
        if meant is None:
            reading.fault(path, f"expected {_alternatives(self.words)}, found {named(value)}.{self._nearest(value)}")
        return meant or ""

    def _nearest(self, value: Any) -> str:
        nearest = nearest_of(value, self.words) if isinstance(value, str) else ""
        return f" {nearest}" if nearest else ""


def _alternatives(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def yes_or_no(value: Any, path: str, reading: Reading) -> bool:
    """Return true or false."""
    if value is not None and type(value) is not bool:
        reading.fault(path, f"expected true or false, found {named(value)}. Write it without quotes.")
        return False
    return bool(value)


def moment(value: Any, path: str, reading: Reading) -> datetime.datetime | None:
    """Return a moment: of a day its beginning in Vienna, of a time without a zone that of Vienna."""
    if value is None or value == "":
        return None
    written = _written(value)
    if written is None:
        reading.fault(path, f"expected a date such as 2025-11-25 or 2025-11-25T09:30:00Z, found {named(value)}.")
        return None
    if not is_plausible(written):
        reading.fault(path, f"expected a year from {FIRST_YEAR} to {LAST_YEAR}, found {named(value)}. Mend it.")
        return None
    return moment_of(written)


def _written(value: Any) -> datetime.date | None:
    """Return the day or the moment that is written in ISO's form; None for what is neither."""
    if type(value) is not str or not DAY.fullmatch(value):
        return None
    try:
        is_day = len(value) == len("2025-11-25")
        return datetime.date.fromisoformat(value) if is_day else datetime.datetime.fromisoformat(value)
    except ValueError:  # a day or an hour that no calendar has
        return None


def language(value: Any, path: str, reading: Reading) -> str:
    """Return the code of a language in which news may be written."""
    codes = language_codes()
    code = value.lower() if type(value) is str else value
    if type(code) is str and code in codes:
        return code
    nearest = nearest_of(code[:2], codes) if type(code) is str else ""
    known = f"expected the code of a language of this site ({', '.join(codes)}), found {named(value)}."
    reading.fault(path, f"{known} {nearest}".rstrip())
    return ""


@cache
def language_codes() -> tuple[str, ...]:
    """Return the codes of the languages in which news may be written."""
    return tuple(code for code, _name in news_languages())


def slug(value: Any, path: str, reading: Reading) -> str:
    """Return the readable end of an address."""
    text = LINE_OF_150(value, path, reading)
    if text and not SLUG.fullmatch(text):
        expected = "expected Latin letters, digits, hyphens and underscores alone"
        reading.fault(path, f"{expected}, found {named(text)}. Leave it out to make it from the title.")
    return text


LINE_OF_150 = Text(150)
