"""Reads the page-text form: a public page as a crawler saved it, menu first (docs/import-format.md).

Only reads: institutions and countries are names here, with the line on which each stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from news.importers.plain_text import lines_of
from news.importers.rows import MenuEntry, NewsRow, Opening, Place, ReadingError, Value
from news.importers.written_dates import parse_written_date
from news.models import Edition

LONGEST_TITLE = LONGEST_VALUE = 300  # letters
LONGEST_DATELINE = 100
MOST_VALUES = 50  # of one labelled fact
SHOWN = 60  # letters of a line, in an error
OPENING = re.compile(r"(?P<dateline>[^–—,]{2,60}), (?P<date>[^–—]{6,40}?) [–—-] (?P<rest>\S.*)", re.DOTALL)

KINDS = {
    "news item": Edition.Kind.NEWS,
    "news": Edition.Kind.NEWS,
    "story": Edition.Kind.NEWS,
    "press release": Edition.Kind.PRESS_RELEASE,
    "statement": Edition.Kind.STATEMENT,
    "press statement": Edition.Kind.STATEMENT,
    "spot report": Edition.Kind.SPOT_REPORT,
    "daily report": Edition.Kind.DAILY_REPORT,
    "media advisory": Edition.Kind.MEDIA_ADVISORY,
    "press advisory": Edition.Kind.MEDIA_ADVISORY,
    "speech": Edition.Kind.SPEECH,
    "remarks": Edition.Kind.SPEECH,
}
FACTS = {
    "issued on": "issued_on",
    "date": "issued_on",
    "issued by": "issued_by",
    "dateline": "dateline",
    "place": "dateline",
    "countries": "countries",
    "country": "countries",
    "fields of work": "topics",
    "field of work": "topics",
    "topics": "topics",
}
EXPECTED_KINDS = "News Item, Press release, Statement, Spot report, Daily report, Media advisory or Speech"


@dataclass(kw_only=True)
class Lines:
    """The lines of a file, taken one after the other."""

    all: list[Value]
    file: str
    position: int = field(default=0)

    def next(self) -> Value | None:
        """Return the line that comes next, without taking it."""
        return self.all[self.position] if self.position < len(self.all) else None

    def next_is_marked(self) -> bool:
        """Say whether a line with a dash comes next: an entry of the menu or a labelled fact."""
        line = self.next()
        return line is not None and line.text.startswith("-")

    def take(self, expected: str) -> Value:
        """Take the next line; `expected` is the sentence for the reader when the file ends here."""
        line = self.next()
        if line is None:
            last = self.all[-1].place.line if self.all else 1
            raise ReadingError(Place(file=self.file, line=last), f"{expected}, but the file ends here.")
        self.position += 1
        return line

    def take_marked(self) -> tuple[Value, bool]:
        """Take a line with a dash, and return its text and whether the dash stood alone, above the text."""
        line = self.take("expected a line with a dash")
        text = line.text[1:].strip()
        if text:
            return Value(text=text, place=line.place), False
        below = self.take("expected a text on the line below the lone dash")
        if below.text.startswith("-"):
            raise ReadingError(below.place, f"expected a text below the lone dash, found “{_shown(below.text)}”.")
        return below, True


def read(data: bytes, *, file: str, language: str) -> Iterator[NewsRow]:
    """Yield the one item that a page holds.

    Args:
        data: the page as it was saved.
        file: how errors name it.
        language: the language of the text, in which a month may be written.

    Raises:
        ReadingError: this is not such a page; says where and what was expected.
    """
    lines = Lines(all=lines_of(data, file=file), file=file)
    menu = _read_menu(lines)
    place, kind = _read_kind(lines)
    title = _read_title(lines)
    summary = _read_summary(lines)
    facts = _read_facts(lines, language)
    body = _without(summary, [line.text for line in lines.all[lines.position :]])
    yield NewsRow(
        place=place,
        language=language,
        kind=kind,
        title=title,
        summary="\n".join(summary),
        opening=_opening(body[0], language) if body else None,
        body=tuple(body),
        menu=menu,
        **facts,
    )


def _read_menu(lines: Lines) -> tuple[MenuEntry, ...]:
    """Take the menu: `- X` is a leaf, a lone dash with a text below it opens a branch."""
    menu = []
    while lines.next_is_marked():
        entry, is_branch = lines.take_marked()
        menu.append(MenuEntry(label=entry.text, is_branch=is_branch, place=entry.place))
    return tuple(menu)


def _read_kind(lines: Lines) -> tuple[Place, str]:
    """Take the content type, and say where it stands."""
    line = lines.take(f"expected the content type ({EXPECTED_KINDS})")
    kind = KINDS.get(" ".join(line.text.casefold().split()))
    if kind is None:
        raise ReadingError(line.place, f"expected the content type ({EXPECTED_KINDS}), found “{_shown(line.text)}”.")
    return line.place, kind


def _read_title(lines: Lines) -> str:
    line = lines.take("expected the title")
    if line.text.startswith("-") or len(line.text) > LONGEST_TITLE:
        raise ReadingError(
            line.place, f"expected the title, of at most {LONGEST_TITLE} letters, found “{_shown(line.text)}”."
        )
    return line.text


def _read_summary(lines: Lines) -> list[str]:
    """Take what stands between the title and the labelled facts; it may be nothing."""
    summary = []
    while not lines.next_is_marked():
        summary.append(lines.take("expected the labelled facts, such as “- Issued by:”").text)
    return summary


def _read_facts(lines: Lines, language: str) -> dict[str, Any]:
    """Take the labelled facts, as the fields of a row; a label that is not known is left out, with a note."""
    facts: dict[str, list[Value]] = {name: [] for name in FACTS.values()}
    notes: list[str] = []
    current: list[Value] | None = None
    while lines.next_is_marked():
        fact, _is_alone = lines.take_marked()
        name, value = _label(fact)
        if name is None:
            _values_before(fact, current).append(fact)
            continue
        current = facts.get(name, [])
        current += [Value(text=value, place=fact.place)] if value else []
        if name not in facts:
            notes.append(f"{fact.place}: the label “{_shown(fact.text)}” is not known; it was left out")
    return _as_fields(facts, notes, language)


def _label(fact: Value) -> tuple[str | None, str]:
    """Return the field that a label fills, and the value beside it: "" for a label not known, None for no label."""
    label, colon, value = fact.text.partition(":")
    name = FACTS.get(label.strip().casefold(), "")
    return (name, value.strip()) if colon and (name or not value) else (None, "")


def _values_before(fact: Value, current: list[Value] | None) -> list[Value]:
    """Return the values of the label that stands above, or raise where none does."""
    if current is None:
        raise ReadingError(fact.place, f"expected a label such as “- Issued by:”, found “{_shown(fact.text)}”.")
    return current


def _as_fields(facts: dict[str, list[Value]], notes: list[str], language: str) -> dict[str, Any]:
    """Check the facts and return them as the fields of a row."""
    for values in facts.values():
        _refuse_too_much(values)
    dates, datelines = facts.pop("issued_on"), facts.pop("dateline")
    dateline = ", ".join(value.text for value in datelines)
    if len(dateline) > LONGEST_DATELINE:
        raise ReadingError(datelines[-1].place, f"expected a dateline of at most {LONGEST_DATELINE} letters.")
    return {
        **{name: tuple(values) for name, values in facts.items()},
        "issued_on": _read_date(dates, language),
        "dateline": dateline,
        "notes": tuple(notes),
    }


def _refuse_too_much(values: list[Value]) -> None:
    """Raise at the first value that is one too many, or too long."""
    for position, value in enumerate(values):
        if position >= MOST_VALUES or len(value.text) > LONGEST_VALUE:
            raise ReadingError(
                value.place, f"expected at most {MOST_VALUES} values of at most {LONGEST_VALUE} letters each."
            )


def _read_date(dates: list[Value], language: str) -> Any:
    """Return the date of issue, or None where the label has no value: nothing is invented."""
    if not dates:
        return None
    date = parse_written_date(dates[0].text, language=language)
    if date is None or len(dates) > 1:
        wrong = dates[-1]
        raise ReadingError(
            wrong.place, f"expected one date of issue, like “25 November 2025”, found “{_shown(wrong.text)}”."
        )
    return date


def _without(summary: list[str], body: list[str]) -> list[str]:
    """Return the body without the summary that stands above it a second time."""
    return body[len(summary) :] if body[: len(summary)] == summary else body


def _opening(paragraph: str, language: str) -> Opening | None:
    """Find a place in capitals with a full date at the beginning: "KYIV, 25 November 2025 – "."""
    match = OPENING.match(paragraph)
    if match is None or not match["dateline"].isupper():
        return None
    written = parse_written_date(match["date"], language=language)
    if written is None:
        return None
    day = written.date() if hasattr(written, "date") else written
    return Opening(dateline=match["dateline"].strip(), written_on=day, rest=match["rest"])


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
