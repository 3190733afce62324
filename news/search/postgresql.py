"""Search on PostgreSQL: a vector for each text, made by `news.words` and not by the database, and an index over it.

The vector lies beside its row (TOAST), so that reading the numbers of a quarter of a million texts touches little.
"""

import sys
import threading
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from pyroaring import BitMap

from news.models import SearchDocument, SearchHead
from news.search.query import Alternative, Query, Term

TABLE = "news_searchdocument"
# A sequential scan would read every vector, at a cost that the planner does not know of; compiling takes too long.
PLANNING = "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"
MATCHING = f"SELECT string_agg(int4send(edition_id::int4), '') FROM {TABLE} WHERE words @@ %s::tsquery"  # noqa: S608 - our own names
HEADS = "SELECT document_id, head FROM news_searchhead WHERE document_id = ANY(%s::bigint[])"
RIGHT = (
    "SELECT number FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS fresh (number, words, head)"  # noqa: S608 - our own names
    f" JOIN {TABLE} AS kept ON edition_id = number AND kept.words = fresh.words::tsvector"
    " JOIN news_searchhead ON document_id = number AND news_searchhead.head = fresh.head"
)
PUT_WORDS = f"COPY {TABLE} (edition_id, words) FROM STDIN"
PUT_HEADS = "COPY news_searchhead (document_id, head) FROM STDIN"
INDEX = "searchdocument_words"
LOADING_LOCK = 0x66696E64  # "find": any number that no other part of the site uses
ASK_EVERY = 0.5  # seconds
IS_WHOLE = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"
PENDING = 65_536  # kilobytes; sorted in long before, unless nobody does
SORTED_EVERY = 1.0  # seconds
SORT_IN = "SELECT gin_clean_pending_list(indexrelid) FROM pg_index WHERE indexrelid = to_regclass(%s)"
BUILD = f"ON {TABLE} USING gin (words) WITH (fastupdate = off)"


def matching(query: Query) -> BitMap:
    """Return the numbers of all editions whose text matches."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNING)
        cursor.execute(MATCHING, [asked(query)])
        numbers = cursor.fetchone()[0]
    return _numbers(numbers or b"")


def _numbers(sent: bytes) -> BitMap:
    """Read numbers as PostgreSQL sends them: four bytes each, the highest first."""
    numbers = array("I", sent)
    if sys.byteorder == "little":
        numbers.byteswap()
    return BitMap(numbers)


def heads(numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Return the heads of the editions, in any order."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, [f"{{{','.join(map(str, numbers))}}}"])
        return cursor.fetchall()


def put(heads: Sequence[SearchHead]) -> None:
    """Write heads and their documents, of editions that have none."""
    _copy(PUT_WORDS, ((one.pk, one.document.words) for one in heads))
    _copy(PUT_HEADS, ((one.pk, one.head) for one in heads))


def _copy(statement: str, rows: Iterable[tuple[int, str]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def loading() -> Iterator[None]:
    """Let an empty table be filled without its index, which is quicker to build at the end: minutes and not hours.

    Whoever breaks off leaves no index, and the next call builds it. Within a transaction the index stays. Of several
    nodes that begin at once one does this, and the others wait for it.
    """
    if connection.in_atomic_block or _is_filled():
        yield
        return
    with _alone():
        if _is_filled():  # another node did it meanwhile
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")
            yield
            cursor.execute("SET maintenance_work_mem = '256MB'")
            cursor.execute(f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {INDEX} {BUILD}")  # no publishing waits for it
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute(f"ANALYZE {TABLE}")


def _is_filled() -> bool:
    return is_indexed() and SearchDocument.objects.exists()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of the session that fills the table; a dead session holds none.

    Who waits asks again and again: one statement that waited would be waited for by the building of the index, as that
    does for every older statement.
    """
    with connection.cursor() as cursor:
        while not _is_true(cursor, "SELECT pg_try_advisory_lock(%s)"):
            time.sleep(ASK_EVERY)
        try:
            yield
        finally:
            _is_true(cursor, "SELECT pg_advisory_unlock(%s)")


def _is_true(cursor: CursorWrapper, question: str) -> bool:
    cursor.execute(question, [LOADING_LOCK])
    return bool(cursor.fetchone()[0])


@contextmanager
def taking_many() -> Iterator[None]:
    """Let the index take many texts one after the other: they go into a list, which is sorted in beside.

    That is five times as fast. Whoever breaks off leaves a list of a few seconds, which costs a search some
    milliseconds until the next call.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER INDEX IF EXISTS {INDEX} SET (fastupdate = on, gin_pending_list_limit = {PENDING})")
    enough = threading.Event()
    sorter = threading.Thread(target=_sort_now_and_then, args=(enough,), name="index of search", daemon=True)
    if not connection.in_atomic_block:  # what is not committed yet is for nobody else to sort
        sorter.start()
    try:
        yield
    finally:
        enough.set()
        if sorter.is_alive():
            sorter.join()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER INDEX IF EXISTS {INDEX} SET (fastupdate = off)")
            cursor.execute(SORT_IN, [INDEX])


def _sort_now_and_then(enough: threading.Event) -> None:
    """Sort the list in by a connection of this thread's own."""
    try:
        while not enough.wait(SORTED_EVERY):
            with connection.cursor() as cursor:
                cursor.execute(SORT_IN, [INDEX])
    finally:
        connection.close()


def is_indexed() -> bool:
    """Say whether the index over all words stands: whoever breaks off while it is built leaves none."""
    with connection.cursor() as cursor:
        cursor.execute(IS_WHOLE, [INDEX])
        return cursor.fetchone() == (True,)


def held_rightly(heads: Sequence[SearchHead]) -> set[int]:
    """Return the editions of which all is stored as it is here."""
    fresh = [[one.pk for one in heads], [one.document.words for one in heads], [one.head for one in heads]]
    with connection.cursor() as cursor:
        cursor.execute(RIGHT, fresh)
        return {number for (number,) in cursor.fetchall()}


def asked(query: Query) -> str:
    """Return the question as PostgreSQL reads it."""
    return " & ".join([*map(_term, query.terms), *(f"!{_term(term)}" for term in query.excluded)])


def _term(term: Term) -> str:
    return f"({' | '.join(map(_alternative, term.alternatives))})"


def _alternative(alternative: Alternative) -> str:
    words = " <-> ".join(f"'{word}'" for word in alternative.words)
    return f"{words}:*" if alternative.is_beginning else f"({words})"
