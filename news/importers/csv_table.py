"""Reads tables, such as Excel makes: an item in each row, the names of the fields in the first (docs/import-format.md).

Commas, semicolons or tabs separate the cells; within a cell a semicolon separates the values of a list.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from news.importers.csv_cells import COLUMNS, InTable, values_of
from news.importers.encodings import MOST_BYTES, Line, NotText, text_of
from news.importers.field_checks import nearest_of
from news.importers.native_form import item_row
from news.importers.numbers_seen import NumbersSeen
from news.importers.refusals import noted, once, refused
from news.importers.rows import InLine, ItemRow, Place, Problem, ReadingOptions, Row, rejected, shown
from news.importers.sources import SourceFile

csv.field_size_limit(MOST_BYTES)  # the whole process's; its own limit, 131,072 letters, is less than a long text has
DELIMITERS = ",;\t"
DELIMITER_LINE = "sep="  # Excel's own first line
LONGEST_HEADER = 10_000  # letters
PRICE_OF_A_LINE = 200  # letters that the memory for a line beside its text would hold
QUOTE_WITHOUT_END = "the quotation mark that opens a cell in this row has no partner. Close it, then try again."


@dataclass(slots=True, kw_only=True)
class Taken:
    """The lines that a row of the table was made of, kept for those who have to be told where a cell stands."""

    lines: list[Line] = field(default_factory=list)
    letters: int = 0

    def feed(self, lines: Iterator[Line]) -> Iterator[str]:
        """Yield the lines as the reader of cells wants them, and keep them until they are taken away."""
        for line in lines:
            self.lines.append(line)
            self.letters += len(line.text) + PRICE_OF_A_LINE
            if self.letters > MOST_BYTES:
                raise csv.Error("too long")
            yield line.text + "\n"

    def away(self) -> list[Line]:
        """Return the lines kept so far, and keep none."""
        lines, self.lines, self.letters = self.lines, [], 0
        return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is the same for all rows of a table."""

    file: str
    names: list[str]
    delimiter: str


def read(file: SourceFile, options: ReadingOptions) -> Iterator[Row]:
    """Yield a row for each row of the table below the names of its columns."""
    try:
        text = text_of(file)
    except NotText as error:
        yield refused(file.name, error.line, str(error))
        return
    header = _header(text.lines)
    table = Table(file=file.name, names=_names(header), delimiter=_delimiter(header.text))
    if problems := list(_problems(table, header)):
        yield rejected(InLine(at=Place(file=file.name, line=header.number)), problems)
        return
    notice, seen = text.encoding.notice, NumbersSeen()
    for row in _rows(text.lines, table, options):
        if isinstance(row, ItemRow):
            yield once(noted(row, notice), seen, row.whereabouts.place().line)
            notice = ""
        else:
            yield row


def _header(lines: Iterator[Line]) -> Line:
    """Return the line with the names of the columns; an empty one where the file has none."""
    for line in lines:
        if line.fault or (line.text.strip() and not line.text.casefold().startswith(DELIMITER_LINE)):
            return line
    return Line(1, "", fault="the file is empty. Write the names of the fields into its first line.")


def _delimiter(header: str) -> str:
    """Return what separates the cells: that of three which the first line has most of."""
    return max(DELIMITERS, key=header.count)


def _names(header: Line) -> list[str]:
    cells = next(csv.reader([header.text[:LONGEST_HEADER]], delimiter=_delimiter(header.text)), [])
    return [cell.strip().casefold() for cell in cells]


def _problems(table: Table, header: Line) -> Iterator[Problem]:
    """Yield what is wrong with the names of the columns."""
    if header.fault:
        yield Problem(place=Place(file=table.file, line=header.number, column=header.column), text=header.fault)
        return
    where = InTable(file=table.file, names=table.names, lines=[header], delimiter=table.delimiter)
    for position, name in enumerate(table.names):
        if sentence := _flaw_of(name, position, table.names):
            yield Problem(place=where.cell(position), text=sentence)


def _flaw_of(name: str, position: int, names: list[str]) -> str:
    """Return what is wrong with the name of a column: "" for nothing."""
    if not name:
        return f"column {position + 1} has no name. Give it one, or take it out."
    if name not in COLUMNS:
        remedy = nearest_of(name, COLUMNS) or "Take the column out, or see docs/import-format.md for the names."
        return f"there is no field “{shown(name)}”. {remedy}"
    if name in names[:position]:
        return f"there is a column “{name}” already. Keep one of them."
    return ""


def _rows(lines: Iterator[Line], table: Table, options: ReadingOptions) -> Iterator[Row]:
    """Yield the rows below the header; where a quotation mark has no partner, the table ends."""
    taken = Taken()
    cells_of = csv.reader(taken.feed(lines), delimiter=table.delimiter, strict=True)
    try:
        for cells in cells_of:
            stood_on = taken.away()
            if any(cells):
                yield _row(cells, stood_on, table, options)
    except csv.Error as error:
        yield _broken(str(error), taken.away(), table)


def _broken(error: str, lines: list[Line], table: Table) -> Row:
    """Say why the rows cannot be told apart from here on."""
    first = lines[0].number if lines else 1
    if "expected after" in error:  # text behind a closing quotation mark
        sentence = "a cell has text behind its closing quotation mark. Write a quotation mark within a cell twice."
        return refused(table.file, lines[-1].number, f"{sentence} The rows below were not read.")
    return refused(table.file, first, f"{QUOTE_WITHOUT_END} The rows below were not read.")


def _row(cells: list[str], lines: list[Line], table: Table, options: ReadingOptions) -> Row:
    """Return the row that the cells are."""
    whereabouts = InTable(file=table.file, names=table.names, lines=lines, delimiter=table.delimiter)
    if broken := next((line for line in lines if line.fault), None):
        return refused(table.file, broken.number, broken.fault, column=broken.column)
    if len(cells) != len(table.names):
        found = f"expected {len(table.names)} cells, found {len(cells)}"
        remedy = "A cell with a separator or a line break needs quotation marks around it."
        return refused(table.file, lines[0].number, f"{found}: {shown(cells[-1])}. {remedy}")
    data = values_of(dict(zip(table.names, cells, strict=True)), options)
    return item_row(data, whereabouts, options, has_odd_letters=True)
