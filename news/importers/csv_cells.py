"""The cells of a table as values of the native form, and where in the file they stand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from news.importers.encodings import Line
from news.importers.native_form import ITEM_CHECKS
from news.importers.rows import Place, ReadingOptions
from news.importers.written_dates import parse_written_date

MOMENTS = ("issued_at", "visible_from", "visible_until", "listed_until", "removal_removed_at")
LISTS = ("former_addresses", "issued_by", "countries", "topics", "related")
ADDRESSES = ("images", "attachments")
LONGEST_NUMBER = 19  # digits; more is none that the database has
NUMBERS = ("id", "renders")
QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"?')
YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
REMOVAL = {
    "removal_kind": "kind",
    "removal_explanation": "explanation",
    "removal_leads_to": "leads_to",
    "removal_removed_at": "removed_at",
}
NOT_IN_TABLES = {"removal", "undone_removals", "editions"}
COLUMNS = (*(name for name in ITEM_CHECKS if name not in NOT_IN_TABLES), *REMOVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class InTable:
    """The cells of a row, which may go over several lines."""

    file: str
    names: list[str]
    lines: list[Line]
    delimiter: str

    def place(self, name: str = "", position: int = 0) -> Place:  # noqa: ARG002 - a list stands in one cell
        """Return where the cell of a field begins."""
        column = COLUMN_OF.get(name, name.partition(".")[0])
        if column in self.names:
            return self.cell(self.names.index(column))
        of_removal = [position for position, column in enumerate(self.names) if column in REMOVAL]
        if of_removal and name.startswith("removal"):
            return self.cell(of_removal[0])
        return Place(file=self.file, line=self.lines[0].number)

    def cell(self, wanted: int) -> Place:
        """Return where the cell begins that has so many before it."""
        letters = "\n".join(line.text for line in self.lines)
        at = 0
        for _cell in range(wanted):
            at = self._end_of_cell(letters, at) + 1
        above = letters.count("\n", 0, at)
        return Place(file=self.file, line=self.lines[0].number + above, column=at - letters.rfind("\n", 0, at))

    def _end_of_cell(self, letters: str, at: int) -> int:
        """Return where the cell ends that begins there: at the next separator that is not within quotation marks."""
        if quoted := QUOTED.match(letters, at):
            at = quoted.end()
        end = letters.find(self.delimiter, at)
        return end if end >= 0 else len(letters)


COLUMN_OF = {f"removal.{name}": column for column, name in REMOVAL.items()}


def values_of(cells: dict[str, str], options: ReadingOptions) -> dict[str, Any]:
    """Return the cells as values by the names of the fields; an empty one empties the field."""
    language = cells.get("language", "").strip() or options.language
    values = {name: _value(name, text, language) for name, text in cells.items() if name not in REMOVAL}
    if not REMOVAL.keys().isdisjoint(cells):
        filled = {column: text for column in REMOVAL if (text := cells.get(column, "").strip())}
        values["removal"] = {REMOVAL[column]: _value(column, text, language) for column, text in filled.items()} or None
    return values


def _value(name: str, text: str, language: str) -> Any:
    """Return a cell as the value that JSON would have for it."""
    if name in TEXTS:
        return text
    stripped = text.strip()
    if not stripped:
        return None
    if name in MOMENTS:
        return _moment(stripped, language)
    convert = CONVERSIONS.get(name)
    return convert(stripped) if convert else stripped


def _list(text: str) -> list[str]:
    return [part for each in text.split(";") if (part := each.strip())]


def _pictures(text: str) -> list[dict[str, str]]:
    return [{"url": address} for address in _list(text)]


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else text


def _yes_or_no(text: str) -> bool | str:
    return YES.get(text.casefold(), text)


def _moment(text: str, language: str) -> str:
    """Return a date as people write it in ISO's form; what is none stays as it is, to be refused."""
    written = parse_written_date(text, language=language)
    return written.isoformat() if written else text


CONVERSIONS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(ADDRESSES, _pictures),
    **dict.fromkeys(NUMBERS, _number),
    "is_minor": _yes_or_no,
}
TEXTS = ("title", "summary", "body_html", "dateline", "change_note", "remark")
