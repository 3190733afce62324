"""What the index knows of an edition, read from the database: its story, its values, and when it is listed.

Editions whose moment has not come are read too, so that they appear at it without a query.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from itertools import batched, groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from news.models import Edition

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
NEVER = 2**62  # later than any moment
AT_ONCE = 2_000  # rows of the database
COLUMNS = (
    "pk", "story_id", "item_id", "language", "kind", "issued_at", "tags",
    "visible_from", "visible_until", "listed_until", "is_retracted",
)  # fmt: skip


class Version(NamedTuple):
    """An edition as the index sees it; moments are microseconds since 1970, `ends` is 0 where it is never listed."""

    number: int
    story: int
    is_original: bool
    issued: int
    appears: int
    ends: int
    values: dict[str, list[Any]]  # by parameter: kind, language, year, institution, country, topic

    def is_listed(self, now: int) -> bool:
        """Say whether lists show it at the moment."""
        return self.appears <= now < self.ends

    def tags(self) -> Iterator[tuple[str, Any]]:
        """Yield each parameter with each of its values."""
        for name, values in self.values.items():
            for value in values:
                yield name, value


class Moments(NamedTuple):
    """When an edition comes or ends, in microseconds."""

    edition: int
    item: int
    story: int
    at: tuple[int, ...]


def microseconds(moment: datetime.datetime) -> int:
    """Return the moment as a number."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(number: int) -> datetime.datetime:
    """Return the moment of which it is the number."""
    return EPOCH + number * MICROSECOND


def year_of(moment: datetime.datetime) -> int:
    """Return the year in Vienna."""
    return timezone.localtime(moment).year


def stories_with(stories: Iterable[int]) -> Iterator[tuple[int, list[Version]]]:
    """Yield these stories with all their editions, the ones that no list shows included."""
    for some in batched(stories, AT_ONCE):  # a database takes only so many values in one question
        yield from _by_story(Edition.objects.filter(story__in=some))


def stories_of(editions: Iterable[int], items: Iterable[int]) -> set[int]:
    """Return the numbers of the stories to which the editions or the items belong, as far as they are still there."""
    rows = Edition.objects.filter(Q(pk__in=editions) | Q(item__in=items))
    return set(rows.values_list("story_id", flat=True))


def story_of_each(items: Iterable[int]) -> dict[int, int]:
    """Return the story of each of the items that have an edition."""
    found: dict[int, int] = {}
    for some in batched(items, AT_ONCE):
        found |= dict(Edition.objects.filter(item__in=some).order_by().values_list("item_id", "story_id"))
    return found


def moments_after(moment: datetime.datetime, *, stories: Collection[int] | None = None) -> Iterator[Moments]:
    """Yield the editions of which something comes or ends after the moment, of all stories or of these."""
    later = Q(visible_from__gt=moment) | Q(visible_until__gt=moment) | Q(listed_until__gt=moment)
    found = Edition.objects.filter(later, is_retracted=False)
    found = found if stories is None else found.filter(story__in=stories)
    columns = ("pk", "item_id", "story_id", "visible_from", "visible_until", "listed_until")
    for number, item, story, *ends in found.order_by().values_list(*columns):
        yield Moments(number, item, story, tuple(microseconds(end) for end in ends if end and end > moment))


def _by_story(rows: Any) -> Iterator[tuple[int, list[Version]]]:
    read = rows.order_by("story_id").values_list(*COLUMNS).iterator(chunk_size=AT_ONCE)
    for story, versions in groupby((_version(*row) for row in read), key=attrgetter("story")):
        yield story, list(versions)


def _version(  # noqa: PLR0913 - one row, its columns in their order
    number: int,
    story: int,
    item: int,
    language: str,
    kind: str,
    issued_at: datetime.datetime | None,
    tags: dict[str, list[int]],
    *moments: Any,
) -> Version:
    visible_from, visible_until, listed_until, is_retracted = moments
    values: dict[str, list[Any]] = {
        "kind": [kind],
        "language": [language],
        "year": [year_of(issued_at)] if issued_at else [],
        "institution": tags.get("issued_by", []),
        "country": tags.get("countries", []),
        "topic": tags.get("topics", []),
    }
    ends = min((microseconds(moment) for moment in (visible_until, listed_until) if moment), default=NEVER)
    return Version(
        number=number,
        story=story,
        is_original=item == story,
        issued=microseconds(issued_at) if issued_at else 0,
        appears=microseconds(visible_from) if visible_from else NEVER,
        ends=0 if visible_from is None or is_retracted else ends,
        values=values,
    )
