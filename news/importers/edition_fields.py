"""The fields of an edition: its content, and when and how it became public."""

import datetime
import sys
from typing import Any

from news.importers.field_checks import Check, OneOf, Reading, Several, Text, Whole, moment, named, yes_or_no
from news.importers.html_depth import DEEPEST, is_too_deep
from news.importers.linked import object_of, reference
from news.importers.rows import EditionRow
from news.models import Edition

type Values = dict[str, Any]

ANY_LENGTH = sys.maxsize  # a line's own limit holds
NAME = Text(300, is_needed=True)
KINDS = {
    "news item": "news",
    "story": "news",
    "press release": "press-release",
    "press statement": "statement",
    "spot report": "spot-report",
    "daily report": "daily-report",
    "media advisory": "media-advisory",
    "press advisory": "media-advisory",
    "remarks": "speech",
}
KINDS |= {kind: kind for kind in Edition.Kind.values}

TEXT = Text(ANY_LENGTH, is_line=False)


def body_html(value: Any, path: str, reading: Reading) -> str:
    """Return HTML as it came; it is cleaned when it is stored."""
    html = TEXT(value, path, reading)
    if is_too_deep(html):
        reading.fault(path, f"its elements lie more than {DEEPEST} deep in each other. Write it more simply.")
    return html


CONTENT_CHECKS: dict[str, Check] = {
    "kind": OneOf(tuple(Edition.Kind.values), others=KINDS),
    "title": Text(300, is_needed=True, drops_marks=True),
    "summary": TEXT,
    "body_html": body_html,
    "dateline": Text(100),
    "issued_at": moment,
    "issued_by": Several(NAME),
    "countries": Several(NAME),
    "topics": Several(NAME),
    "related": Several(reference),
}
EDITION_CHECKS: dict[str, Check] = {
    "state": OneOf(tuple(Edition.State.values)),
    "visible_from": moment,
    "visible_until": moment,
    "listed_until": moment,
    "is_minor": yes_or_no,
    "change_note": Text(500),
    "remark": TEXT,
    "renders": Whole(),
}
ENTRY_CHECKS: dict[str, Check] = {"number": Whole(), **EDITION_CHECKS, **CONTENT_CHECKS}
ATTRIBUTES = {name: "body" if name == "body_html" else name for name in ENTRY_CHECKS}


def edition_of(values: Values, defaults: Values | None = None) -> EditionRow:
    """Return an edition with these values, those of the defaults where it has none of its own."""
    fields = {"title": "", **(defaults or {})}
    fields |= {ATTRIBUTES[name]: value for name, value in values.items() if name in ATTRIBUTES}
    return EditionRow(**fields)


def editions_of(data: Any, values: Values, reading: Reading) -> tuple[EditionRow, ...]:
    """Return the editions of a row that lists them, oldest first; what an entry does not say, the row says.

    Args:
        data: the list.
        values: the row's own, checked.
        reading: takes what is wrong.
    """
    if type(data) is not list or not data:
        reading.fault("editions", f"expected a list of editions, oldest first, found {named(data)}.")
        return ()
    defaults = {ATTRIBUTES[name]: values[name] for name in CONTENT_CHECKS if name in values}
    entries = [_entry(entry, f"editions.{position}", reading) for position, entry in enumerate(data)]
    _check_order(entries, reading)
    return tuple(edition_of(entry, defaults) for entry in entries)


def _entry(data: Any, path: str, reading: Reading) -> Values:
    """Return the checked values of an entry."""
    if type(data) is not dict:
        reading.fault(path, f"expected an edition, found {named(data)}. Write {{“number”: 1, …}}.")
        return {}
    entry = object_of(
        {name: value for name, value in data.items() if name != "state" or value}, path, reading, ENTRY_CHECKS
    )
    if not data.get("number"):
        reading.fault(path, "an edition in the list needs its number. Give number, the first being 1.")
    check_moments(entry, f"{path}.", reading)
    return entry


def _check_order(entries: list[Values], reading: Reading) -> None:
    """Hold the list to an item's history: numbers grow, and only the last edition may still be open."""
    before = 0
    for position, entry in enumerate(entries):
        number, is_last = entry.get("number", 0), position == len(entries) - 1
        if 0 < number <= before:
            reading.fault(f"editions.{position}.number", f"{number} follows {before}. List editions oldest first.")
        if not is_last and entry.get("state", "approved") != "approved":
            found = f"expected approved, found {entry['state']}: only the last edition may be open. Mend it."
            reading.fault(f"editions.{position}.state", found)
        before = number or before
    for name in CONTENT_CHECKS.keys() & entries[-1].keys():
        where = f"editions.{len(entries) - 1}.{name}"
        reading.fault(where, "the last edition has what the row itself has. Leave it out here.")


def check_moments(values: Values, prefix: str, reading: Reading) -> None:
    """Hold the moments of an edition against each other."""
    start, end = values.get("visible_from"), values.get("visible_until")
    if start:
        _check_beginning(start, values, f"{prefix}visible_from", reading)
    if end and not start:
        reading.fault(f"{prefix}visible_until", "an end of what has no beginning. Give visible_from.")
    elif end and start and end <= start:
        reading.fault(f"{prefix}visible_until", "it does not lie behind visible_from. Mend one of them.")


def _check_beginning(start: datetime.datetime, values: Values, path: str, reading: Reading) -> None:
    """Hold the moment from which an edition is visible against its state and its date of issue."""
    issued = values.get("issued_at")
    if values.get("state", "approved") not in {"approved", ""}:
        reading.fault(path, f"what is {values['state']} is not visible. Leave it out.")
    if issued and issued > start:
        reading.fault(path, f"it lies before the date of issue, {issued.isoformat()}. Mend one of them.")
