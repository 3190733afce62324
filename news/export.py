"""Any list as a file for spreadsheets: CSV, streamed portion by portion."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import batched

from anyascii import anyascii
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import override

from news.freshness import dated
from news.question import FIELDS, Question
from news.rows import PORTION, Row, last_change, rows, subject_of, whole_list
from taxonomy.catalogue import Entry

COLUMNS = (
    "number",
    "language",
    "kind",
    "title",
    "summary",
    "issued_at",
    "published_at",
    "updated_at",
    "issued_by",
    "countries",
    "topics",
    "languages",
    "address",
)
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it, Excel takes UTF-8 for the machine's old code page
LONGEST_NAME = 100  # characters of a file's name
LEFT_OUT = re.compile(r"(?<!\S)-(?=\S)")  # the minus before a word, which no file name would show
BESIDE_THE_ROWS = {"sort", "size", "page"}  # parameters that don't say which rows
# A cell that begins with one of these is run as a formula by a spreadsheet (OWASP, "CSV Injection").
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")


def export(request: HttpRequest, question: Question) -> StreamingHttpResponse | HttpResponse:
    """Answer with all rows of the question's list, or 304; memory does not grow with their number."""
    changed_at = last_change()  # before what it is the date of
    # What is listed is found out here, so that an error is an answer and not half a file; the rows are read on the way.
    lines = _lines(question, whole_list(question))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(question)}"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return dated(request, answer, changed_at=changed_at)


def as_text(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula; after an apostrophe all of it is text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell


def file_name(question: Question) -> str:
    """Return a name that tells what was asked for: "news-ukraine-speech-2025-01-01.csv"."""
    subject = subject_of(question)
    question = replace(question, words=LEFT_OUT.sub("without ", question.words))
    chosen = [value for name in FIELDS if name not in BESIDE_THE_ROWS for value in question.written(name)]
    asked = slugify(anyascii("-".join(["news", *([subject.slug] if subject else []), *chosen])))
    return f"{asked[:LONGEST_NAME].rstrip('-')}.csv"


def _lines(question: Question, numbers: Iterator[int]) -> Iterator[str]:
    """Yield the file portion by portion, in the question's language whatever its thread speaks by then."""
    yield BYTE_ORDER_MARK + _written([COLUMNS])
    portions = batched(rows(numbers, at=question.at), PORTION)
    while True:
        with override(question.page_language):
            portion = next(portions, None)
            if portion is None:
                return
            lines = _written([as_text(cell) for cell in _cells(row)] for row in portion)
        yield lines


def _written(lines: Iterable[Sequence[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines)
    return file.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    edition = row.edition
    moments = (edition.issued_at, row.published_at, row.updated_at)
    return (
        str(edition.item_id),
        edition.language,
        edition.kind,
        edition.title,
        edition.summary,
        *(localtime(moment).isoformat(timespec="seconds") if moment else "" for moment in moments),
        _names(row.tags.issuers),
        _names(row.tags.countries),
        _names(row.tags.topics),
        "; ".join(tongue.language for tongue in row.tongues),
        settings.SITE_URL + edition.get_absolute_url(),
    )


def _names(entries: Sequence[Entry]) -> str:
    return "; ".join(entry.name for entry in entries)
