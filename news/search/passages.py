"""The passage of a text that shows why it was found."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from news.models import Edition
from news.search.marking import Marker, Piece
from news.search.query import Query
from news.words.texts import plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The title of what was found, and its summary or the passage of its text that has the words."""

    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def passages(query: Query, numbers: Collection[int]) -> dict[int, Passage]:
    """Return the passages of the editions with the numbers, in one query."""
    fields = ("pk", "language", "title", "summary", "body")
    rows = Edition.objects.listed().filter(pk__in=numbers).values_list(*fields)
    marker = Marker(query.terms)
    return {
        pk: Passage(
            title=tuple(marker.mark(title, language).pieces()),
            text=tuple(_text(marker, summary, body, language)),
        )
        for pk, language, title, summary, body in rows
    }


def _text(marker: Marker, summary: str, body: str, language: str) -> Iterator[Piece]:
    """Choose the summary unless it has none of the words and the text has."""
    in_summary = marker.mark(summary, language)
    if not in_summary.marked:
        in_body = marker.mark_beginning(" ".join(plain_text(body).split()), language)
        if in_body.marked:
            return in_body.excerpt()
    return in_summary.pieces()
