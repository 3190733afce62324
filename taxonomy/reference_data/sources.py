"""Reading the data files value by value, with an error that says where, what is wrong and what to do."""

import csv
import difflib
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from taxonomy.models.partial_date import validate_partial_date

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = tuple(code for code, _label in settings.LANGUAGES)

type Value = str | int | list[str]


class ReferenceDataError(Exception):
    """A data file that cannot be loaded; the message says the file, the place, what is wrong and what to do."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(f"{place}: {problem} {remedy}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record as the files have it; references are the keys of other rows.

    `place` says where it stands ("institutions.toml [secretariat]"), for messages.
    """

    kind: str
    key: str
    place: str
    values: Mapping[str, Value]


class Table:
    """One table of a data file. Each value is asked for once; `finish` refuses what nobody asked for."""

    def __init__(self, place: str, values: dict[str, Any]) -> None:
        self.place = place
        self._values = dict(values)
        self._asked: set[str] = set()

    def text(self, name: str, *, is_needed: bool = False) -> str:
        """Return a text, empty where it is left out."""
        value = self._take(name, "")
        if not isinstance(value, str):
            raise self.error(f"{name} is {value!r}.", "Write a text in quotation marks.")
        if is_needed and not value:
            raise self.error(f"{name} is missing.", f'Add a line {name} = "…".')
        return value

    def choice(self, name: str, choices: Iterable[str]) -> str:
        """Return a text that is one of the choices."""
        value = self.text(name, is_needed=True)
        if value not in choices:
            raise self.error(f"{name} is “{value}”.", f"Write one of {', '.join(choices)}.")
        return value

    def date(self, name: str) -> str:
        """Return a year, a month or a day, empty where it is left out."""
        value = self.text(name)
        try:
            validate_partial_date(value or "2000")
        except ValidationError as wrong:
            raise self.error(f"{name}:", wrong.messages[0]) from None
        return value

    def texts(self, name: str) -> list[str]:
        """Return a list of texts, empty where it is left out."""
        value = self._take(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{name} is {value!r}.", f'Write a list of texts: {name} = ["…", "…"].')
        return value

    def languages(self, name: str, *, is_needed: bool = False) -> dict[str, str]:
        """Return a text in each language of the interface, by language; with `is_needed` none may be empty."""
        texts = Table(f"{self.place} {name}", self._subtable(name))
        found = {code: texts.text(code, is_needed=is_needed) for code in LANGUAGES}
        texts.finish()
        return found

    def tables(self, name: str) -> Iterator["Table"]:
        """Yield the tables of a list of tables."""
        for number, values in enumerate(self._take(name, []), start=1):
            yield Table(f"{self.place} {name} {number}", values)

    def text_or_texts(self, name: str) -> str | list[str]:
        """Return a text or a list of texts, as the file has it."""
        return self.texts(name) if isinstance(self._values.get(name), list) else self.text(name)

    def finish(self) -> None:
        """Refuse the values that nobody asked for: most often a slip of the pen.

        Raises:
            ReferenceDataError: there are some.
        """
        for name in self._values:
            if name not in self._asked:
                raise self.error(f"“{name}” means nothing here.", f"{did_you_mean(name, self._asked)}Remove it.")

    def error(self, problem: str, remedy: str) -> ReferenceDataError:
        """Return an error at this table's place."""
        return ReferenceDataError(self.place, problem, remedy)

    def _take(self, name: str, default: Any) -> Any:
        self._asked.add(name)
        return self._values.get(name, default)

    def _subtable(self, name: str) -> dict[str, Any]:
        value = self._take(name, {})
        if not isinstance(value, dict):
            raise self.error(f"{name} is {value!r}.", f'Write one line for each language: {name}.en = "…".')
        return value


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean “…”? " with the nearest known word, or an empty text."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean “{near[0]}”? " if near else ""


def by_language(field: str, texts: dict[str, str]) -> dict[str, Value]:
    """Return the texts under the names of the columns: `name_en`, `name_fr` …"""
    return {f"{field}_{code}": text for code, text in texts.items()}


def toml_tables(name: str, folder: Path) -> dict[str, Table]:
    """Read a file of tables, by heading."""
    try:
        content = tomllib.loads(_text(name, folder))
    except tomllib.TOMLDecodeError as wrong:
        raise ReferenceDataError(name, f"{wrong}.", "Mend the line; the file is TOML in UTF-8.") from None
    for heading, values in content.items():
        if not isinstance(values, dict):
            raise ReferenceDataError(name, f"“{heading}” stands in no table.", "Move it below a [heading].")
    return {heading: Table(f"{name} [{heading}]", values) for heading, values in content.items()}


def csv_tables(name: str, columns: tuple[str, ...], folder: Path) -> Iterator[Table]:
    """Read a file of lines below a heading line; places are "countries.csv:12"."""
    lines = csv.DictReader(io.StringIO(_text(name, folder), newline=""))
    if tuple(lines.fieldnames or ()) != columns:
        raise ReferenceDataError(f"{name}:1", f"the columns are {lines.fieldnames}.", f"Write {','.join(columns)}.")
    for line in lines:
        place = f"{name}:{lines.line_num}"
        if None in line or None in line.values():
            raise ReferenceDataError(place, f"it has not {len(columns)} columns.", "Add or remove commas.")
        yield Table(place, line)


def _text(name: str, folder: Path) -> str:
    """Return what stands in a data file, or say why it cannot be read."""
    try:
        return (folder / name).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ReferenceDataError(name, f"it is not in {folder}.", "Put it there.") from None
    except OSError as wrong:
        raise ReferenceDataError(name, f"it cannot be read: {wrong.strerror}.", "Let this user read it.") from None
    except UnicodeDecodeError as wrong:
        line = wrong.object.count(b"\n", 0, wrong.start) + 1
        found = f"the byte 0x{wrong.object[wrong.start]:02X} is not UTF-8."
        raise ReferenceDataError(f"{name}:{line}", found, "Save the file as UTF-8.") from None
