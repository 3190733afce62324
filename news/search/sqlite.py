"""Search on SQLite: an FTS5 table without content of its own, kept in step by triggers.

A row of `SearchDocument` holds the words as one text: its parts with a bar between them, then forms and stems. Triggers
hand them to the index, and hand the same words back when the row goes, whoever deletes it. The tokenizer takes words as
they are: beyond ASCII each character is part of a word, whatever SQLite knows of Unicode.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from pyroaring import BitMap

from news.models import SearchDocument, SearchHead
from news.search.query import Alternative, Query, Term
from news.words.folding import MARKS
from news.words.stored import BAR

TABLE = "news_searchdocument"
INDEX = "news_searchindex"
MATCHING = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608 - our own names
HEADS = "SELECT document_id, head FROM news_searchhead WHERE document_id IN (SELECT value FROM json_each(%s))"
NEW = f"INSERT INTO {INDEX}(rowid, words) VALUES (NEW.edition_id, NEW.words);"  # noqa: S608 - our own names
OLD = f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', OLD.edition_id, OLD.words);"  # noqa: S608 - our own names
TRIGGERS = {"INSERT": NEW, "DELETE": OLD, "UPDATE": OLD + NEW}


def matching(query: Query) -> BitMap:
    """Return the numbers of all editions whose text matches."""
    with connection.cursor() as cursor:
        cursor.execute(MATCHING, [asked(query)])
        return BitMap([number for (number,) in cursor.fetchall()])


def heads(numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Return the heads of the editions, in any order."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, [json.dumps(list(numbers))])
        return cursor.fetchall()


def put(heads: Sequence[SearchHead]) -> None:
    """Write heads and their documents, of editions that have none."""
    SearchDocument.objects.bulk_create(one.document for one in heads)
    SearchHead.objects.bulk_create(heads)


def is_indexed() -> bool:
    """Say that the index stands: it is the table itself."""
    return True


@contextmanager
def loading() -> Iterator[None]:
    """Let an empty table be filled: its index takes what comes."""
    yield


@contextmanager
def taking_many() -> Iterator[None]:
    """Let many texts come one after the other: the index takes them as they are."""
    yield


def held_rightly(heads: Sequence[SearchHead]) -> set[int]:
    """Return the editions of which all is stored as it is here."""
    fresh = {one.pk: (one.document.words, one.head) for one in heads}
    kept = SearchHead.objects.filter(pk__in=fresh).values_list("pk", "document__words", "head")
    return {number for number, *words_and_head in kept if fresh[number] == tuple(words_and_head)}


def asked(query: Query) -> str:
    """Return the question as FTS5 reads it."""
    wanted = " AND ".join(map(_term, query.terms))
    if not query.excluded:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_term, query.excluded))})"


def _term(term: Term) -> str:
    return f"({' OR '.join(map(_alternative, term.alternatives))})"


def _alternative(alternative: Alternative) -> str:
    return f'"{" ".join(alternative.words)}"{"*" if alternative.is_beginning else ""}'


def install(database: BaseDatabaseWrapper) -> None:
    """Create the index and its triggers; a migration that rebuilds the table of documents loses them."""
    with database.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5("
            f"words, content='', tokenize=\"ascii tokenchars '{MARKS}{BAR}'\")"
        )
        for event, statements in TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {INDEX}_{event.lower()}")
            cursor.execute(f"CREATE TRIGGER {INDEX}_{event.lower()} AFTER {event} ON {TABLE} BEGIN {statements} END")
