"""Decisions in words: lines for people, objects for machines, rows of a table."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from news.imports.decisions import Act, Decision
from news.imports.meeting import FILE_NAMES

COLUMNS = ("place", "act", "outcome", "number", "language", "title", "field", "here", "in the file", "text")
WORDS = {Act.UNCHANGED: "unchanged", Act.CONFLICT: "conflict: kept", Act.REJECTED: "rejected"}
TOTALS = {
    Act.CREATE: "created",
    Act.UPDATE: "updated",
    Act.UNCHANGED: "unchanged",
    Act.CONFLICT: "conflicts",
    Act.REJECTED: "rejected",
}


def headline(decision: Decision) -> str:
    """Say in one line what becomes of a row."""
    number = f" {decision.known_number}" if decision.known_number else ""
    parts = [f"{decision.place}: {decision.outcome or WORDS.get(decision.act, decision.act)}{number}: {decision.title}"]
    if decision.lacks:
        parts.append(f"it lacks: {', '.join(decision.lacks)}")
    return " – ".join([*parts, *decision.notes])


def field_lines(decision: Decision) -> Iterator[str]:
    """Yield a line for each field that changes, or that is kept as an editor has it."""
    for name, (here, theirs) in decision.changes.items():
        yield f"    {file_name(name)}: {_value(here)} → {_value(theirs)}"
    for name, (here, theirs) in decision.conflicts.items():
        yield f"    {file_name(name)}: kept {_value(here)}, the file has {_value(theirs)}"


def as_object(decision: Decision) -> dict[str, Any]:
    """Return a decision for machines."""
    return {
        "place": str(decision.place),
        "act": str(decision.act),
        "outcome": decision.outcome,
        "id": decision.known_number or None,
        "language": decision.language,
        "title": decision.title,
        "changes": {file_name(name): list(pair) for name, pair in decision.changes.items()},
        "conflicts": {file_name(name): list(pair) for name, pair in decision.conflicts.items()},
        "problems": [str(problem) for problem in decision.problems],
        "lacks": list(decision.lacks),
        "notes": list(decision.notes),
    }


def totals(counts: Mapping[str, int]) -> str:
    """Say how many rows there are of each act."""
    return ", ".join(f"{counts.get(act, 0):,} {words}" for act, words in TOTALS.items())


def file_name(name: str) -> str:
    """Return what the file calls a field."""
    return FILE_NAMES.get(name, name)


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return "nothing"
    return f"“{value}”" if isinstance(value, str) else str(value)


class Table:
    """A report as a table: a line for each field, or for what else there is to say of a row."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self.file = path.open("w", newline="", encoding="utf-8-sig")  # the mark lets Excel read it as UTF-8
        self.writer = csv.writer(self.file)
        self.writer.writerow(COLUMNS)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self.file.close()

    def add(self, decisions: Sequence[Decision]) -> None:
        """Write what is to be said of some rows."""
        for decision in decisions:
            known = decision.known_number or ""
            row = (decision.place, decision.act, decision.outcome, known, decision.language, decision.title)
            self.writer.writerows([*map(_guarded, row), *map(_guarded, cells)] for cells in _cells(decision))


def _cells(decision: Decision) -> Iterator[tuple[Any, Any, Any, str]]:
    """Yield field, what is here, what the file has, and words."""
    said = False
    for name, (here, theirs) in (decision.changes | decision.conflicts).items():
        said = True
        yield file_name(name), here, theirs, "kept" if name in decision.conflicts else ""
    for problem in decision.problems:
        said = True
        yield "", "", "", str(problem)
    for text in (*decision.notes, *(f"it lacks {name}" for name in decision.lacks)):
        said = True
        yield "", "", "", text
    if not said:
        yield "", "", "", ""


def _guarded(value: Any) -> str:
    """Return a cell that a spreadsheet takes for text and not for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
