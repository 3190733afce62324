"""Reads a mapping file: which selector of another site's pages holds which field (docs/import-format-web.md)."""

import json
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from news.importers.rows import Place, Problem, shown
from news.importers.xml_stream import OpenFile

MOST_BYTES = 100_000
LONGEST_SELECTOR = 500  # letters
LEFT_OUT = "leave_out"  # the parts of the text that are none
FIELDS = (
    "title",
    "summary",
    "body_html",
    "dateline",
    "kind",
    "issued_at",
    "issued_by",
    "countries",
    "topics",
    "language",
    "url",
    "source_id",
    LEFT_OUT,
)
PARTS = ("selector", "attribute")
ATTRIBUTE = re.compile(r"[A-Za-z_][A-Za-z0-9_:.-]{0,60}")
SHAPE = 'Write a selector such as "h1.title", or {"selector": "time", "attribute": "datetime"}'
ERROR_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


class MappingError(Exception):
    """The file is no mapping: all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(slots=True)
class _Check:
    """Collects what is wrong with a mapping, each with the line on which its name stands."""

    file: str
    text: str
    problems: list[Problem]

    def fault(self, name: str, sentence: str) -> None:
        """Keep what is wrong with the entry of that name."""
        found = re.search(rf"""(?m)^[\s{{,\["']*{re.escape(name)}["']?\s*[:=\]]""", self.text) if name else None
        position = (found.end() if found else 0) - 1
        line = self.text.count("\n", 0, max(position, 0)) + 1
        self.problems.append(Problem(place=Place(file=self.file, line=line), text=sentence))


def read_mapping(file: OpenFile) -> dict[str, Any]:
    """Return the selectors by the names of the fields, as `ReadingOptions.selectors` takes them.

    Raises:
        MappingError: the file is none; has all problems.
    """
    text = _text_of(file)
    is_toml = PurePath(file.name).suffix.lower() == ".toml"
    data = _toml(text, file.name) if is_toml else _json(text, file.name)
    check = _Check(file.name, text, [])
    if not isinstance(data, dict) or not data:
        check.fault("", f"expected fields with their selectors. {SHAPE} for each field.")
    else:
        for name, value in data.items():
            _check_entry(name, value, check)
    if check.problems:
        raise MappingError(check.problems)
    return data


def _text_of(file: OpenFile) -> str:
    try:
        with file.open() as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise _error(file.name, 1, f"expected a mapping of at most {MOST_BYTES // 1000} kB.")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(file.name, line, "expected UTF-8. Save the file as UTF-8 and try again.") from None
    except OSError as error:
        raise _error(file.name, 1, f"it cannot be read: {error.strerror or error}") from error


def _json(text: str, file: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _unique(pairs, file, text))
    except json.JSONDecodeError as error:
        raise _error(file, error.lineno, f"it is no JSON: {error.msg}. Mend it.", column=error.colno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets without end
        raise _error(file, 1, f"it is no mapping. {SHAPE} for each field.") from None


def _unique(pairs: list[tuple[str, Any]], file: str, text: str) -> dict[str, Any]:
    """Return an object; refuse one in which a name stands twice, for one of the two would be lost."""
    names = [name for name, _value in pairs]
    twice = next((name for name in names if names.count(name) > 1), None) if len(names) <= len(FIELDS) * 2 else None
    if twice is not None:
        check = _Check(file, text, [])
        check.fault(twice, f"{shown(twice)}: it is there twice. Keep one of the two.")
        raise MappingError(check.problems)
    return dict(pairs)


def _toml(text: str, file: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = ERROR_AT.search(str(error))
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        message = ERROR_AT.sub("", str(error)).strip()
        column = int(at[2]) if at and at[2] else 0
        raise _error(file, line, f"it is no TOML: {message}. Mend it.", column=column) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets without end
        raise _error(file, 1, f"it is no mapping. {SHAPE} for each field.") from None


def _error(file: str, line: int, sentence: str, *, column: int = 0) -> MappingError:
    return MappingError([Problem(place=Place(file=file, line=line, column=column), text=sentence)])


def _check_entry(name: str, value: Any, check: _Check) -> None:
    if name not in FIELDS:
        near = get_close_matches(name, FIELDS, n=1)
        remedy = f"Did you mean “{near[0]}”?" if near else f"There are {', '.join(FIELDS)}."
        check.fault(name, f"there is no field “{shown(name)}” on a page. {remedy}")
        return
    parts = value if isinstance(value, dict) else {"selector": value}
    if unknown := parts.keys() - set(PARTS):
        check.fault(name, f"{name}: there is no “{shown(min(unknown))}” in an entry. {SHAPE}.")
    _check_selector(name, parts.get("selector"), check)
    attribute = parts.get("attribute", "")
    if not isinstance(attribute, str) or (attribute and not ATTRIBUTE.fullmatch(attribute)):
        check.fault(name, f"{name}: expected the name of an attribute, found {shown(attribute)}. {SHAPE}.")


def _check_selector(name: str, selector: Any, check: _Check) -> None:
    if not isinstance(selector, str) or not selector.strip() or len(selector) > LONGEST_SELECTOR:
        check.fault(name, f"{name}: expected a CSS selector, found {shown(selector)}. {SHAPE}.")
    elif not is_selector(selector):
        check.fault(name, f"{name}: “{shown(selector)}” is no CSS selector that can be read. Simplify it.")


def is_selector(text: str) -> bool:
    """Say whether the parser of pages understands it."""
    try:
        LexborHTMLParser("<p></p>").css(text)
    except (SelectolaxError, ValueError):
        return False
    return True
