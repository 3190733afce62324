"""Search on PostgreSQL: a vector for each text, made here and not by the database, and an index over it.

The vector lies beside its row (TOAST), so that reading the numbers of a quarter of a million texts touches little.
"""

import sys
from array import array
from itertools import count

from django.db import connection, transaction
from pyroaring import BitMap

from news.search.query import Alternative, Query, Term
from news.search.texts import SearchText

TABLE = "news_searchdocument"
BETWEEN_PARTS = 10  # places left empty, so that no phrase reaches from a title into the summary
# A sequential scan would read every vector, at a cost that the planner does not know of; compiling takes too long.
PLANNING = "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"
MATCHING = f"SELECT string_agg(int4send(edition_id::int4), '') FROM {TABLE} WHERE words @@ %s::tsquery"  # noqa: S608


def stored(text: SearchText) -> str:
    """Return the vector of a text: each word with its places, forms and stems without."""
    places: dict[str, list[int]] = {}
    place = count(1)
    for part in text.parts:
        for word in part:
            places.setdefault(word, []).append(next(place))
        for _empty in range(BETWEEN_PARTS):
            next(place)
    words = [f"'{word}':{','.join(map(str, numbers))}" for word, numbers in places.items()]
    return " ".join([*words, *(f"'{form}'" for form in text.forms)])


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


def asked(query: Query) -> str:
    """Return the question as PostgreSQL reads it."""
    return " & ".join([*map(_term, query.terms), *(f"!{_term(term)}" for term in query.excluded)])


def _term(term: Term) -> str:
    return f"({' | '.join(map(_alternative, term.alternatives))})"


def _alternative(alternative: Alternative) -> str:
    words = " <-> ".join(f"'{word}'" for word in alternative.words)
    return f"{words}:*" if alternative.is_beginning else f"({words})"
