"""Where a value stands in a line of JSON: worked out only for a value that somebody has to be told about."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from news.importers.rows import Place

SPACE = re.compile(r"[ \t\n\r]*")
DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class InJsonLine:
    """The values of an object that fills a line."""

    file: str
    line: int
    text: str

    def place(self, name: str = "", position: int = 0) -> Place:
        """Return the place of a value: "issued_by", with its position in the list, or as a path "editions.1.title"."""
        steps = name.split(".") if name else []
        return Place(file=self.file, line=self.line, column=column_of(self.text, steps, position) if steps else 0)


def column_of(text: str, steps: list[str], position: int = 0) -> int:
    """Return the letter at which the value begins, the first being 1; 0 where there is none.

    Args:
        text: an object.
        steps: names of fields and positions in lists, from outside.
        position: within the list that the steps lead to, if it is one.
    """
    at = _after_space(text, 0)
    try:
        for step in steps:
            at = _within(text, at, step)
        return (_within(text, at, str(position)) if text[at : at + 1] == "[" else at) + 1
    except (ValueError, RecursionError, LookupError):
        return 0


def _within(text: str, at: int, step: str) -> int:
    """Return where a field of the object, or an element of the list, begins; of a field there twice the last."""
    found = [start for name, start in _inside(text, at) if name == step]
    if not found:
        raise KeyError(step)
    return found[-1]


def _inside(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield the fields of an object, or the elements of a list by their positions, and where their values begin."""
    is_object, position = text[at] == "{", 0
    if text[at] not in "{[":
        return
    at = _after_space(text, at + 1)
    while text[at] not in "}]":
        name = str(position)
        if is_object:
            name, end = DECODER.raw_decode(text, at)
            at = _after_space(text, _after_space(text, end) + 1)
        yield name, at
        _value, end = DECODER.raw_decode(text, at)
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        position += 1


def _after_space(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at
