"""Reading all that is listed from the database at once: whole columns from indexes, which touch no text.

Statements follow one another, and what is published between them is followed by the log afterwards.
"""

import datetime
from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import batched, groupby
from operator import itemgetter
from typing import Any

from django.db.models import Q
from pyroaring import BitMap

from news.index.holdings import Holdings
from news.index.order import BLOCK, Block, Order
from news.index.versions import microseconds, moment_of, stories_with, year_of
from news.models import Edition, EditionCountry, EditionInstitution, EditionTopic
from news.moments import start_of
from taxonomy.catalogue import catalogue

ROWS_AT_ONCE = 5_000
COLUMNS = ("issued_at", "pk", "story_id", "item_id", "language", "kind")  # all of them in the index of the list
TAGS: dict[str, Any] = {"institution": EditionInstitution, "country": EditionCountry, "topic": EditionTopic}


class Listed:
    """What the rows of the list tell, gathered column by column."""

    def __init__(self) -> None:
        """Begin empty."""
        self.blocks: list[Block] = []
        self.values: dict[tuple[str, str], BitMap] = defaultdict(BitMap)  # by parameter and value: kind, language
        self.pairs = array("I"), array("I")  # the numbers of originals, and beside each its story's
        self.translated: dict[str, BitMap] = defaultdict(BitMap)  # stories, by language
        self.translations: dict[str, BitMap] = defaultdict(BitMap)  # editions, by language

    def take(self, rows: tuple[tuple[Any, ...], ...]) -> None:
        """Take some rows, in the order of the list from its oldest end."""
        dates = array("q", (microseconds(row[0]) for row in rows))
        self.blocks.append(Block(dates, array("I", (row[1] for row in rows))))
        gathered: dict[tuple[str, str], list[int]] = defaultdict(list)
        for _issued_at, number, story, item, language, kind in rows:
            gathered["kind", kind].append(number)
            gathered["language", language].append(number)
            if item == story:
                self.pairs[0].append(number)
                self.pairs[1].append(story)
            else:
                self.translated[language].add(story)
                self.translations[language].add(number)
        for which, numbers in gathered.items():
            self.values[which].update(numbers)

    def hidden(self) -> dict[str, BitMap]:
        """Return for each language the originals in whose place its translations stand."""
        anywhere = BitMap.union(BitMap(), *self.translated.values())
        pairs = [pair for pair in zip(*self.pairs, strict=True) if pair[1] in anywhere]
        return {
            language: BitMap(number for number, story in pairs if story in stories)
            for language, stories in self.translated.items()
        }


def read_holdings(moment: datetime.datetime) -> Holdings:
    """Read all that is listed at the moment, and what comes or ends later."""
    listed, holdings = Listed(), Holdings()
    for rows in batched(_rows(moment), BLOCK):
        listed.take(rows)
    holdings.order = Order(listed.blocks)
    holdings.live = BitMap.union(BitMap(), *(block.members for block in listed.blocks))
    for (name, value), numbers in listed.values.items():
        holdings.put(name, value, numbers)
    holdings.values["year"] = dict(_years(holdings.order))
    _show(holdings, listed)
    for name in TAGS:
        holdings.values[name] = dict(_tagged(name, holdings.live))
    for story, versions in stories_with(_waiting(moment)):
        holdings.wait(story, versions, microseconds(moment))
    holdings.pack()
    holdings.take_shape(catalogue())
    return holdings


def _rows(moment: datetime.datetime) -> Iterator[tuple[Any, ...]]:
    listed = Edition.objects.listed(at=moment).order_by("issued_at", "pk")
    return listed.values_list(*COLUMNS).iterator(chunk_size=ROWS_AT_ONCE)


def _show(holdings: Holdings, listed: Listed) -> None:
    """Let the lists of each language show one version of each story."""
    originals, hidden = BitMap(listed.pairs[0]), listed.hidden()
    for code in holdings.shown:
        here = listed.translations.get(code, BitMap())
        holdings.shown[code] = (originals - hidden.get(code, BitMap())) | here


def _years(order: Order) -> Iterator[tuple[int, BitMap]]:
    """Yield the years in Vienna in which something was issued, with what was."""
    if not order.blocks:
        return
    first, last = (year_of(moment_of(date)) for date in order.first_and_last())
    for year in range(first, last + 1):
        start, end = (microseconds(start_of(datetime.date(number, 1, 1))) for number in (year, year + 1))
        if issued := order.between(start, end):
            yield year, issued


def _tagged(name: str, live: BitMap) -> Iterator[tuple[int, BitMap]]:
    """Yield each value with the listed editions that are tagged with it."""
    columns = (f"{name}_id", "edition_id")
    rows = TAGS[name].objects.order_by(*columns).values_list(*columns).iterator(chunk_size=ROWS_AT_ONCE)
    for value, pairs in groupby(rows, key=itemgetter(0)):
        if tagged := BitMap(array("I", (edition for _value, edition in pairs))) & live:
            yield value, tagged


def _waiting(moment: datetime.datetime) -> set[int]:
    """Return the stories in which something comes or ends after the moment."""
    later = Q(visible_from__gt=moment) | Q(visible_until__gt=moment) | Q(listed_until__gt=moment)
    return set(Edition.objects.filter(later, is_retracted=False).values_list("story_id", flat=True))
