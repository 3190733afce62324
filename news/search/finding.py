"""Asking for words: what matches, in which order, why, and what else may have been meant."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from news.search.engine import engine
from news.search.matches import matches
from news.search.passages import Passage, passages
from news.search.query import Query, read_query
from news.search.ranking import MOST_RANKED, ranked
from news.search.records import FoundRecord, find_records
from news.search.spelling import better_query


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What words find. `match` holds texts that are not public yet: intersect it with what is listed."""

    query: Query
    language: str
    match: BitMap
    records: list[FoundRecord]

    def rank(self, newest: Sequence[int]) -> list[int]:
        """Return the editions, given newest first, best first: at most a thousand, the newest."""
        return ranked(self.query, newest[:MOST_RANKED], language=self.language)

    def passages(self, numbers: Collection[int]) -> dict[int, Passage]:
        """Return title and passage of the editions, the words marked."""
        return passages(self.query, numbers)

    def spelling(self, count_listed: Callable[[BitMap], int]) -> str:
        """Return other words that find more, or an empty text; `count_listed` says how many of a match are listed."""

        def count(query: Query) -> int:
            records = len(find_records(query, language=self.language))
            return records + count_listed(matching(query))

        return better_query(self.query, count, language=self.language)


def find(words: str, *, language: str) -> Found:
    """Find words that were typed on a page in the language; whatever they are, this is no error."""
    query = read_query(words, language=language)
    return Found(query=query, language=language, match=matching(query), records=find_records(query, language=language))


def matching(query: Query) -> BitMap:
    """Return the numbers of all editions whose words match, public or not yet."""
    return BitMap() if query.is_empty else matches.of(query, engine().matching)
