"""Reads the page-text form: a public page as a crawler saved it, menu first (docs/import-format.md).

Only reads: institutions and countries are names here, with the line on which each stands.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from news.importers.encodings import MOST_BYTES
from news.importers.field_checks import DIRECTION_MARKS
from news.importers.page_parts import Page, page_of
from news.importers.plain_text import text_in
from news.importers.rows import (
    EditionRow,
    InLine,
    ItemRow,
    Place,
    ReadingError,
    ReadingOptions,
    Row,
    Value,
    rejected,
    shown,
)
from news.importers.sources import SourceFile
from news.importers.written_dates import VIENNA, moment_of, parse_written_date

SOURCE = "page text"
DIGEST_LENGTH = 32  # letters
ALWAYS_GIVEN = frozenset({"title", "kind", "body_html", "summary"})
OPENING = re.compile(r"(?P<dateline>[^–—,]{2,60}), (?P<date>[^–—]{6,40}?) [–—-] (?P<rest>\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a text begins: a dateline, the day written there, and the first paragraph without both."""

    dateline: str
    written_on: datetime.date
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPage:
    """Where the values of a page stand: the title and what is labelled on lines of their own."""

    page: Place
    values: dict[str, list[Place]]

    def place(self, name: str = "", position: int = 0) -> Place:
        """Return the line of a value; of the content type where the page has none."""
        places = self.values.get(name.partition(".")[0], ())
        return places[position] if position < len(places) else self.page


def read(file: SourceFile, options: ReadingOptions) -> Iterator[Row]:
    """Yield the one item that a page holds, or what is wrong with the page."""
    with file.open() as stream:
        data = stream.read(MOST_BYTES + 1)
    try:
        yield _item(data, file.name, options)
    except ReadingError as error:
        yield rejected(InLine(at=error.place), [error.problem])


def _item(data: bytes, file: str, options: ReadingOptions) -> ItemRow:
    """Return the item of a page.

    Raises:
        ReadingError: this is not such a page; says where and what was expected.
    """
    text = text_in(data, file=file)
    page = page_of(text.lines, file=file, language=options.language)
    notes = [*page.facts.notes, *([text.notice] if text.notice else [])]
    edition = _edition(page, options, title=_without_marks(page.title, notes))
    places = {name: [value.place for value in values] for name, values in page.facts.values.items()}
    return ItemRow(
        whereabouts=OnPage(page=page.place, values={"title": [page.title.place], **places}),
        source=options.source or SOURCE,
        source_id=source_id(options.language, page.title.text),
        language=options.language,
        editions=(edition,),
        given=_given(page.facts.labels, edition),
        notes=tuple(notes),
        menu=page.menu,
    )


def _edition(page: Page, options: ReadingOptions, *, title: str) -> EditionRow:
    """Return what the page has as the text today."""
    facts = page.facts
    issued_at = moment_of(facts.issued_at) if facts.issued_at else options.issued_at
    dateline, body = _dateline(facts.dateline, page.body, issued_at, options.language)
    return EditionRow(
        title=title,
        kind=page.kind,
        summary="\n".join(page.summary),
        dateline=dateline,
        body=body_html(body),
        issued_at=issued_at,
        issued_by=facts.names("issued_by"),
        countries=facts.names("countries"),
        topics=facts.names("topics"),
    )


def _given(labels: frozenset[str], edition: EditionRow) -> frozenset[str]:
    """Return the fields that the page has: a date that was left empty is none, it was never known."""
    found = {"issued_at": edition.issued_at, "dateline": edition.dateline}
    return ALWAYS_GIVEN | (labels - {"issued_at"}) | {name for name, value in found.items() if value}


def _without_marks(title: Value, notes: list[str]) -> str:
    """Return the title without what turns its direction, and say so."""
    text = DIRECTION_MARKS.sub("", title.text)
    if text != title.text:
        notes.append(f"{title.place}: marks that turn the direction of letters are left out of “{shown(title.text)}”")
    return text


def source_id(language: str, title: str) -> str:
    """Return what makes a page text the same item again: its language and its title."""
    return hashlib.sha256(json.dumps([language, title], ensure_ascii=False).encode()).hexdigest()[:DIGEST_LENGTH]


def body_html(lines: Iterable[str]) -> str:
    """Write the lines of a page as HTML: a run of lines with a dash as a list, every other line as a paragraph."""
    parts = []
    for is_list, group in groupby(lines, lambda line: line.startswith("- ")):
        if is_list:
            parts.append("<ul>" + "".join(f"<li>{_paragraph(line[2:])}</li>" for line in group) + "</ul>")
        else:
            parts += [_paragraph(line) for line in group]
    return "".join(parts)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text.strip(), quote=False)}</p>"


def _dateline(
    dateline: str, body: list[str], issued_at: datetime.datetime | None, language: str
) -> tuple[str, list[str]]:
    """Return dateline and text, the one taken out of the other only where no date is lost with it."""
    opening = _opening(body[0], language) if body else None
    if opening is None or issued_at is None or opening.written_on != issued_at.astimezone(VIENNA).date():
        return dateline, body
    return dateline or opening.dateline, [opening.rest, *body[1:]]


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
