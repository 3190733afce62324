"""The report of an import as a file for spreadsheets, streamed."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override

from news.admin.imports.entries import Asked, EntryTold, chosen, tell
from news.export import BYTE_ORDER_MARK, as_text
from news.models import ImportBatch, ImportEntry

COLUMNS = ("place", "act", "outcome", "number", "title", "field", "here", "in the file", "text")
PORTION = 500  # entries that are told at once


def report(batch: ImportBatch, asked: Asked, user: Any) -> StreamingHttpResponse:
    """Answer with the entries that are asked for; memory does not grow with their number."""
    lines = _lines(batch, asked, user, get_language())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="import-{batch.pk}.csv"'
    return answer


def _lines(batch: ImportBatch, asked: Asked, user: Any, language: str | None) -> Iterator[str]:
    """Yield the file portion by portion, in the reader's language whatever its thread speaks by then."""
    yield BYTE_ORDER_MARK + _written([COLUMNS])
    for portion in _portions(batch, asked, user):
        with override(language):
            rows = chain.from_iterable(_rows(told) for told in tell(portion, batch, user))
            text = _written([as_text(str(cell)) for cell in row] for row in rows)
        yield text


def _portions(batch: ImportBatch, asked: Asked, user: Any) -> Iterator[list[ImportEntry]]:
    """Yield the entries by their rows: no cursor stays open while a slow reader takes the file."""
    entries, after = chosen(batch, asked, user).order_by("row"), -1
    while portion := list(entries.filter(row__gt=after)[:PORTION]):
        yield portion
        after = portion[-1].row


def _rows(told: EntryTold) -> Iterator[Sequence[Any]]:
    """Yield a line for each field, and for each sentence; at least one."""
    entry = told.entry
    start = (entry.place, told.act, told.outcome, told.number or "", told.title)
    said = False
    for field in told.fields:
        said = True
        yield *start, field.name, field.here, field.theirs, "kept" if field.is_kept else ""
    sentences = (*told.problems, *told.lacks, *told.notes, *filter(None, (told.was_planned, told.kept_because)))
    for text in sentences:
        said = True
        yield *start, "", "", "", text
    if not said:
        yield *start, "", "", "", ""


def _written(lines: Any) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(lines)
    return file.getvalue()
