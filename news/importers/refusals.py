"""What readers of several formats say of a row as a whole: that it is refused or there twice, a notice on its file."""

from dataclasses import replace

from news.importers.numbers_seen import NumbersSeen
from news.importers.rows import InLine, ItemRow, Place, Problem, RejectedRow, Row, rejected, shown


def refused(file: str, line: int, sentence: str, *, column: int = 0) -> RejectedRow:
    """Return a row, or a whole file, that cannot be read for one reason."""
    place = Place(file=file, line=line, column=column)
    return rejected(InLine(at=place), [Problem(place=place, text=sentence)])


def once(row: ItemRow, seen: NumbersSeen, line: int) -> Row:
    """Return the row, refused where the file had the item before."""
    key = (row.source, row.source_id, row.language) if row.source_id else (str(row.number),)
    first = seen.line_of(key, line)
    if not first:
        return row
    name, what = ("source_id", row.source_id) if row.source_id else ("id", str(row.number))
    sentence = f"{name}: “{shown(what)}” in “{row.language}” stands on line {first} already. Keep one of the two."
    return rejected(row.whereabouts, [Problem(place=row.whereabouts.place(name), text=sentence)])


def noted[R: Row](row: R, notice: str) -> R:
    """Return the row with a notice on its file; there may be none."""
    return replace(row, notes=(notice, *row.notes)) if notice and isinstance(row, ItemRow) else row
