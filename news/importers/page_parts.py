"""The parts of a page that a crawler saved as text: its menu, what it is, its title, its summary, what is labelled."""

import datetime
from dataclasses import dataclass, field

from news.importers.edition_fields import KINDS
from news.importers.rows import MenuEntry, Place, ReadingError, Value, shown
from news.importers.written_dates import parse_written_date

LONGEST_TITLE = LONGEST_VALUE = 300  # letters
LONGEST_DATELINE = 100
MOST_VALUES = 50  # of one labelled fact
FACTS = {
    "issued on": "issued_at",
    "date": "issued_at",
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
            raise ReadingError(below.place, f"expected a text below the lone dash, found “{shown(below.text)}”.")
        return below, True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the labels of a page say; `labels` are the fields for which one stood there."""

    issued_at: datetime.date | None
    values: dict[str, list[Value]]
    dateline: str
    labels: frozenset[str]
    notes: tuple[str, ...]

    def names(self, field: str) -> tuple[str, ...]:
        """Return the names that a label has."""
        return tuple(value.text for value in self.values[field])


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page in its parts; `place` is where the content type stands."""

    menu: tuple[MenuEntry, ...]
    place: Place
    kind: str
    title: Value
    summary: list[str]
    facts: Facts
    body: list[str]


def page_of(lines: list[Value], *, file: str, language: str) -> Page:
    """Return the parts that the lines are.

    Raises:
        ReadingError: this is not such a page; says where and what was expected.
    """
    rest = Lines(all=lines, file=file)
    menu = _read_menu(rest)
    place, kind = _read_kind(rest)
    title = _read_title(rest)
    summary = _read_summary(rest)
    facts = _read_facts(rest, language)
    body = _without(summary, [line.text for line in lines[rest.position :]])
    return Page(menu=menu, place=place, kind=kind, title=title, summary=summary, facts=facts, body=body)


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
        raise ReadingError(line.place, f"expected the content type ({EXPECTED_KINDS}), found “{shown(line.text)}”.")
    return line.place, kind


def _read_title(lines: Lines) -> Value:
    line = lines.take("expected the title")
    if line.text.startswith("-") or len(line.text) > LONGEST_TITLE:
        raise ReadingError(
            line.place, f"expected the title, of at most {LONGEST_TITLE} letters, found “{shown(line.text)}”."
        )
    return line


def _read_summary(lines: Lines) -> list[str]:
    """Take what stands between the title and the labelled facts; it may be nothing."""
    summary = []
    while not lines.next_is_marked():
        summary.append(lines.take("expected the labelled facts, such as “- Issued by:”").text)
    return summary


def _read_facts(lines: Lines, language: str) -> Facts:
    """Take the labelled facts; a label that is not known is left out, with a note."""
    values: dict[str, list[Value]] = {name: [] for name in FACTS.values()}
    labels: set[str] = set()
    notes: list[str] = []
    current: list[Value] | None = None
    while lines.next_is_marked():
        fact, _is_alone = lines.take_marked()
        name, value = _label(fact)
        if name is None:
            _values_before(fact, current).append(fact)
            continue
        current = values.get(name, [])
        current += [Value(text=value, place=fact.place)] if value else []
        labels |= {name} & values.keys()
        if name not in values:
            notes.append(f"{fact.place}: the label “{shown(fact.text)}” is not known; it was left out")
    return _checked(values, labels, notes, language)


def _label(fact: Value) -> tuple[str | None, str]:
    """Return the field that a label fills, and the value beside it: "" for a label not known, None for no label."""
    label, colon, value = fact.text.partition(":")
    name = FACTS.get(label.strip().casefold(), "")
    return (name, value.strip()) if colon and (name or not value) else (None, "")


def _values_before(fact: Value, current: list[Value] | None) -> list[Value]:
    """Return the values of the label that stands above, or raise where none does."""
    if current is None:
        raise ReadingError(fact.place, f"expected a label such as “- Issued by:”, found “{shown(fact.text)}”.")
    return current


def _checked(values: dict[str, list[Value]], labels: set[str], notes: list[str], language: str) -> Facts:
    """Check the facts and return them."""
    for each in values.values():
        _refuse_too_much(each)
    datelines = values["dateline"]
    dateline = ", ".join(value.text for value in datelines)
    if len(dateline) > LONGEST_DATELINE:
        raise ReadingError(datelines[-1].place, f"expected a dateline of at most {LONGEST_DATELINE} letters.")
    return Facts(
        issued_at=_read_date(values["issued_at"], language),
        values=values,
        dateline=dateline,
        labels=frozenset(labels),
        notes=tuple(notes),
    )


def _refuse_too_much(values: list[Value]) -> None:
    """Raise at the first value that is one too many, or too long."""
    for position, value in enumerate(values):
        if position >= MOST_VALUES or len(value.text) > LONGEST_VALUE:
            raise ReadingError(
                value.place, f"expected at most {MOST_VALUES} values of at most {LONGEST_VALUE} letters each."
            )


def _read_date(dates: list[Value], language: str) -> datetime.date | None:
    """Return the date of issue, or None where the label has no value: nothing is invented."""
    if not dates:
        return None
    date = parse_written_date(dates[0].text, language=language)
    if date is None or len(dates) > 1:
        wrong = dates[-1]
        raise ReadingError(
            wrong.place, f"expected one date of issue, like “25 November 2025”, found “{shown(wrong.text)}”."
        )
    return date


def _without(summary: list[str], body: list[str]) -> list[str]:
    """Return the body without the summary that stands above it a second time."""
    return body[len(summary) :] if body[: len(summary)] == summary else body
