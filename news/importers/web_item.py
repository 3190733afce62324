"""An item as the web has it, put together field by field into a row of the native form.

What the web does by custom and no item needs is taken away and said: control and direction marks in a line, pictures,
categories that are none of ours.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape
from typing import Any
from urllib.parse import SplitResult, urlsplit

from news.importers.field_checks import DIRECTION_MARKS, language_codes
from news.importers.linked import host_of
from news.importers.markup import UNSEEMLY, Markup, MarkupError, in_order
from news.importers.native_form import item_row
from news.importers.numbers_seen import NumbersSeen
from news.importers.refusals import noted, once
from news.importers.rows import InLine, ItemRow, Place, ReadingError, ReadingOptions, Row, rejected, shown
from news.importers.web_dates import iso_of
from news.importers.xml_stream import XmlElement, XmlRecords

BLOCK = re.compile(r"<(p|div|h[1-6]|ul|ol|table|blockquote|pre|section|article)\b", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
BLANK_LINES = re.compile(r"\n\s*\n")
EMPTY_PARAGRAPH = re.compile(r"<p>\s*+</p>")
MOST_NAMED = 5  # of what is left out, in a note


@dataclass(frozen=True, slots=True, kw_only=True)
class InRecord:
    """Where a record and its fields stand."""

    at: Place
    places: dict[str, Place]

    def place(self, name: str = "", position: int = 0) -> Place:  # noqa: ARG002 - an element holds one value
        """Return the place of the element that a field came from, else that of the record."""
        return self.places.get(name.partition(".")[0], self.at)


@dataclass(slots=True, kw_only=True)
class WebItem:
    """An item that is being put together.

    Attributes:
        values: by the names of the native form.
        places: where they stand.
        source: what the format takes for where it comes from.
        base: what relative addresses in it are meant from.
    """

    place: Place
    source: str = ""
    base: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def put(self, name: str, value: Any, place: Place | None = None) -> None:
        """Set a field, if it has a value."""
        if value:
            self.values[name] = value
            self.places[name] = place or self.place

    def put_line(self, name: str, text: str, place: Place | None = None) -> None:
        """Set a field of one line, without the marks that no line needs."""
        found = DIRECTION_MARKS.findall(text) + UNSEEMLY.findall(text)
        for mark in dict.fromkeys(found):
            self.notes.append(f"{name}: U+{ord(mark):04X} is left out ({_name(mark)})")
        self.put(name, " ".join(UNSEEMLY.sub("", DIRECTION_MARKS.sub("", text)).split()), place)

    def put_moment(self, name: str, text: str, place: Place | None = None) -> None:
        """Set a moment, in whichever way it is written."""
        self.put(name, iso_of(" ".join(text.split()), language=self.values.get("language", "en")), place)

    def put_language(self, text: str, place: Place | None = None) -> None:
        """Set the language: "en-GB" is English."""
        code = text.strip().lower().replace("_", "-")
        head = code.partition("-")[0]
        self.put("language", head if head in language_codes() else code, place)

    def put_url(self, text: str, place: Place | None = None) -> None:
        """Set the address, in full; one with a question mark is no address that could lead here later."""
        parts = parts_of(text.strip())
        if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
            if text.strip():
                self.notes.append(f"url: “{shown(text.strip())}” is left out: it is no full address")
            return
        if parts.query:
            self.notes.append(f"url: “{shown(text.strip())}” becomes no former address: it has a question mark")
        self.put("url", text.strip(), place)

    def put_body(self, html: str, place: Place | None = None) -> None:
        """Set the text, without pictures; one without any element is text in paragraphs."""
        html = html if BLOCK.search(html) else paragraphs(html)
        markup = self._in_order("body_html", html, place)
        if markup:
            self.leave_out(markup.left_out["img"], "image")
            self.put("body_html", EMPTY_PARAGRAPH.sub("", markup.html).strip(), place)

    def put_summary(self, html: str, place: Place | None = None) -> None:
        """Set the summary, which is plain text."""
        markup = self._in_order("summary", html, place)
        if markup:
            self.put("summary", " ".join(plain(markup.html).split()), place)

    def leave_out(self, count: int, what: str) -> None:
        """Say that pictures or attachments are left out."""
        if count:
            counted = f"1 {what} is" if count == 1 else f"{count} {what}s are"
            kind = "pictures" if what == "image" else f"{what}s"
            self.notes.append(f"{counted} left out: imports take no {kind} yet")

    def leave_out_names(self, names: Iterable[str], what: str) -> None:
        """Say which names of what are left out."""
        given = list(dict.fromkeys(name for name in names if name))
        if given:
            more = f" and {len(given) - MOST_NAMED} more" if len(given) > MOST_NAMED else ""
            self.notes.append(f"{what} left out: {', '.join(shown(name) for name in given[:MOST_NAMED])}{more}")

    def row(self, options: ReadingOptions) -> Row:
        """Return it as a row, checked as every row of the native form is."""
        values = dict(self.values)
        values.setdefault("title", "")
        values["source"] = options.source or self.source
        whereabouts = InRecord(at=self.place, places=self.places)
        row = item_row(values, whereabouts, options, has_odd_letters=True, faults=list(self.faults))
        return replace(row, notes=(*row.notes, *self.notes)) if isinstance(row, ItemRow) else row

    def _in_order(self, name: str, html: str, place: Place | None) -> Markup | None:
        try:
            markup = in_order(html, base=self.base, without=frozenset({"img"}))
        except MarkupError as error:
            self.faults.append((name, f"{name}: {error}"))
            self.places[name] = place or self.place
            return None
        if count := markup.left_out["control"]:
            self.notes.append(f"{name}: control characters are left out: {count}")
        return markup


def rows_of(
    records: XmlRecords, convert: Callable[[XmlElement], WebItem | None], options: ReadingOptions
) -> Iterator[Row]:
    """Yield the rows of a file's records; where it breaks, what is wrong with it is the last one."""
    seen = NumbersSeen()
    try:
        for record in records:
            if item := convert(record):
                row = item.row(options)
                yield _told(once(row, seen, item.place.line), records) if isinstance(row, ItemRow) else row
    except ReadingError as error:
        yield rejected(InLine(at=error.place), [error.problem])


def _told(row: Row, records: XmlRecords) -> Row:
    """Return the row, the first item of a file with what is to be said of the file."""
    return noted(row, records.notes.pop(0)) if records.notes and isinstance(row, ItemRow) else row


def paragraphs(text: str) -> str:
    """Write text as HTML: a paragraph for each run of lines, a line break for each line in it."""
    runs = (run.strip() for run in BLANK_LINES.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{run.replace('\n', '<br>')}</p>" for run in runs if run)


def plain(html: str) -> str:
    """Return the text of HTML."""
    return unescape(TAG.sub("", re.sub(r"<(?=/?(?:p|div|br|li|h[1-6]|td|tr)\b)", " <", html)))


def title_of_html(text: str) -> str:
    """Return a title that may be HTML: `Rights &amp; duties`, `A <em>new</em> law`; “a < b” is none."""
    return unescape(re.sub(r"</?(?:a|b|br|em|i|span|strong|sub|sup|u|p)(?:\s[^<>]*)?/?>", "", text))


def escaped(text: str) -> str:
    """Return plain text as HTML."""
    return escape(text, quote=False)


def parts_of(address: str) -> SplitResult | None:
    """Return the parts of an address, None where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def host_in(address: str) -> str:
    """Return the host that an address names, as the name of a source; "" where there is none."""
    parts = parts_of(address)
    return host_of(parts) if parts else ""


def _name(mark: str) -> str:
    return unicodedata.name(mark, "a control character").lower()
