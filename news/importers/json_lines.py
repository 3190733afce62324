"""Reads JSON Lines, the native form: one item on each line (docs/import-format.md)."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from news.importers.encodings import Line, NotText, text_of
from news.importers.json_places import InJsonLine
from news.importers.native_form import item_row
from news.importers.numbers_seen import NumbersSeen
from news.importers.refusals import noted, once, refused
from news.importers.rows import ItemRow, ReadingOptions, Row, shown
from news.importers.sources import SourceFile

SHORT = 10  # letters
LONG = 1_000_000  # letters of a line whose values are counted first
MOST_COMMAS = 200_000  # of a line: each value takes some 80 bytes of memory
# Letters that no text has, or that turn its direction, as they are and escaped.
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
ODD_ESCAPED = re.compile(r"\\(?:[bf]|u(?:00[0189]|007[fF]|[dD][89a-fA-F]|202|206|[fF]{3}))")
ESCAPES = ("\\u", "\\b", "\\f")
MOST_NAMES = 1_000  # of an object
ON_ONE_LINE = "Write each item on one line, as “jq -c . FILE” does."
WHOLE_FILES = {  # first lines of files that are JSON, but not a line for each item
    "[": "the file is one list. Write each item on one line, as “jq -c '.[]' FILE” does.",
    "{": f"the file has an object over several lines. {ON_ONE_LINE}",
}


class NoItemError(ValueError):
    """A line that is no item: a sentence with what to do."""


class OnceEach:
    """Makes the objects of a line, and keeps the names that stand in one of them twice."""

    def __init__(self) -> None:
        """Begin with none."""
        self.twice: list[str] = []

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return the object; of a name that is there twice the last value."""
        if len(pairs) > MOST_NAMES:
            raise NoItemError(f"an object in it has {len(pairs):,} fields, which no item has. Leave them out.")
        found = dict(pairs)
        if len(found) < len(pairs):
            self.twice += [name for name, times in Counter(name for name, _value in pairs).items() if times > 1]
        return found


def read(file: SourceFile, options: ReadingOptions) -> Iterator[Row]:
    """Yield a row for each line that is not blank."""
    try:
        text = text_of(file)
    except NotText as error:
        yield refused(file.name, error.line, str(error))
        return
    notice, seen, objects = text.encoding.notice, NumbersSeen(), OnceEach()
    decoder = json.JSONDecoder(object_pairs_hook=objects, parse_constant=_no_number)
    for line in _filled(text.lines):
        if whole := WHOLE_FILES.get(line.text.strip() if len(line.text) < SHORT else ""):
            yield refused(file.name, line.number, whole)
            return
        row = _row(line, file.name, options, decoder, objects)
        if isinstance(row, ItemRow):
            row, notice = once(noted(row, notice), seen, line.number), ""
        yield row


def _filled(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    for line in lines:
        if line.fault or (line.text and not line.text.isspace()):
            yield line


def _no_number(name: str) -> None:
    raise NoItemError(f"{name} is no number in JSON. Leave it out.")


def _row(line: Line, file: str, options: ReadingOptions, decoder: json.JSONDecoder, objects: OnceEach) -> Row:
    """Return the row of a line."""
    if line.fault:
        return refused(file, line.number, line.fault, column=line.column)
    objects.twice.clear()
    try:
        data = _object(line.text, decoder)
    except json.JSONDecodeError as error:
        return refused(file, line.number, _sentence(error, line.text), column=error.pos + 1)
    except RecursionError:
        return refused(file, line.number, "its lists or objects lie too deep in each other, which no item's do.")
    except NoItemError as error:
        return refused(file, line.number, str(error))
    except ValueError:  # of the conversion of a whole number
        return refused(file, line.number, "it has a number of thousands of digits. Take it out.")
    whereabouts = InJsonLine(file=file, line=line.number, text=line.text)
    faults = [(name, f"“{shown(name)}” is there twice. Keep one of them.") for name in objects.twice]
    return item_row(data, whereabouts, options, has_odd_letters=_has_odd_letters(line.text), faults=faults)


def _object(text: str, decoder: json.JSONDecoder) -> dict[str, Any]:
    """Return the object that fills a line.

    Raises:
        NoItemError, ValueError, RecursionError: there is none.
    """
    if len(text) > LONG and text.count(",") > MOST_COMMAS:
        raise NoItemError(f"it has more than {MOST_COMMAS:,} values, which no item has. {ON_ONE_LINE}")
    data = decoder.decode(text)
    if type(data) is list:
        raise NoItemError(WHOLE_FILES["["])
    if type(data) is not dict:
        raise NoItemError(f"expected an object, {{…}}, found “{shown(text.strip())}”. {ON_ONE_LINE}")
    return data


def _has_odd_letters(text: str) -> bool:
    """Say whether a line may have letters that are refused or removed: one without needs no search in its values."""
    if ODD.search(text):
        return True
    return any(escape in text for escape in ESCAPES) and ODD_ESCAPED.search(text) is not None


def _sentence(error: json.JSONDecodeError, text: str) -> str:
    """Say what is wrong with a line that is no JSON, and what to do."""
    found = text[error.pos : error.pos + 20]
    if not found:
        return f"the line ends before its object does. {ON_ONE_LINE}"
    if error.msg == "Extra data":
        return f"expected the end of the line behind the object, found “{shown(found)}”. {ON_ONE_LINE}"
    if error.msg.startswith("Invalid control character"):
        return f"found the control character U+{ord(found[0]):04X} in a text. Take it out, or write it as JSON does."
    if error.msg.startswith("Unterminated string"):
        return f"the text that begins here, “{shown(found)}”, has no end. {ON_ONE_LINE}"
    return f"from here on it is no JSON: “{shown(found)}”. Mend the line."
