"""Whole lists for machines: editions in their order, read in portions so that a million need no memory."""

import datetime
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched, chain, islice
from typing import Any

from django.db.models import Max, Min, Q

from news.answers import all_numbers
from news.cards import Tags, Tongue, tongues_by_story
from news.facets import index
from news.models import Change, Edition
from news.question import RELEVANCE, Question
from news.search import Found, find
from news.search.ranking import MOST_RANKED
from taxonomy.catalogue import Entry, catalogue

PORTION = 500  # editions for each query
# What XML 1.0 cannot hold, not even escaped.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An edition with the moments that readers are told; `updated_at` moves with a major change only."""

    edition: Edition
    published_at: datetime.datetime
    updated_at: datetime.datetime
    tongues: tuple[Tongue, ...]  # the languages in which the story can be read now, its own included

    @property
    def title(self) -> str:
        """Return the title."""
        return writable(self.edition.title)

    @property
    def summary(self) -> str:
        """Return the summary."""
        return writable(self.edition.summary)

    @property
    def tags(self) -> Tags:
        """Return what the edition is tagged with."""
        return Tags(edition=self.edition)


def subject_of(question: Question) -> Entry | None:
    """Return the record on whose page the list stands; None where it stands on its own."""
    if not question.subject:
        return None
    name, number = question.subject
    known: dict[str, dict[int, Any]] = {
        "country": catalogue().countries,
        "institution": catalogue().institutions,
        "topic": catalogue().topics,
    }
    entry: Entry = known[name][number]
    return entry


def found_by(question: Question) -> Found | None:
    """Return what the question's words find; None where it has none."""
    return find(question.words, language=question.page_language) if question.words else None


def whole_list(question: Question) -> Iterator[int]:
    """Return the numbers of all editions in the question's list, in its order, as it stands now.

    All of them are found before the first is given; a database's cursor would stay open while somebody downloads.
    """
    if question.at:
        return iter(array("q", all_numbers(question)))
    found, current = found_by(question), index()
    numbers = current.walk(current.listed(question, match=found.match if found else None), sort=question.sort)
    return _by_relevance(found, numbers) if found and question.sort == RELEVANCE else numbers


def last_change() -> datetime.datetime:
    """Return a moment since which nothing has changed in any list: no act, and nothing that came or ended by itself.

    What came by itself before this process read the lists is not known, so it is no earlier than that moment.
    """
    act = Change.objects.order_by("-pk").values_list("written_at", flat=True).first()
    moved_at = index().moved_at()
    return max(act, moved_at) if act else moved_at


def rows(numbers: Iterable[int], *, at: datetime.datetime | None = None, with_tongues: bool = True) -> Iterator[Row]:
    """Yield the editions with these numbers in their order; one that is not listed at the moment is left out."""
    for portion in batched(numbers, PORTION):
        listed = Edition.objects.listed(at=at).filter(pk__in=portion).for_cards()
        found = {row.edition.pk: row for row in in_full(list(listed), at=at, with_tongues=with_tongues)}
        yield from (found[number] for number in portion if number in found)


def in_full(
    editions: list[Edition], *, at: datetime.datetime | None = None, with_tongues: bool = True
) -> Iterator[Row]:
    """Yield the editions with their moments and languages, in two queries for all.

    What is retracted by then is left out.
    """
    moments = _moments([edition.item_id for edition in editions], at=at)
    tongues = tongues_by_story((edition.story_id for edition in editions), at=at) if with_tongues and editions else {}
    for edition in editions:
        if edition.item_id not in moments:
            continue
        published, updated = moments[edition.item_id]
        told_in = tuple(tongues.get(edition.story_id, ()))
        yield Row(edition=edition, published_at=published, updated_at=updated, tongues=told_in)


def writable(text: str) -> str:
    """Return the text without what no XML can hold."""
    return UNWRITABLE.sub("", text)


def _by_relevance(found: Found, numbers: Iterator[int]) -> Iterator[int]:
    """Return the newest thousand by relevance, after them the others by date, as the pages of search do."""
    return chain(found.rank(list(islice(numbers, MOST_RANKED))), numbers)


def _moments(
    items: list[int], *, at: datetime.datetime | None
) -> dict[int, tuple[datetime.datetime, datetime.datetime]]:
    """Return for each item when its first edition appeared, and when the newest that changed something major did."""
    public = Edition.objects.ever_visible(at=at).filter(item__in=items).order_by()
    found = public.values_list("item").annotate(
        first=Min("visible_from"), major=Max("visible_from", filter=Q(is_minor=False))
    )
    return {item: (first, max(first, major or first)) for item, first, major in found}
