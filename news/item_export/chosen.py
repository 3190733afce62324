"""Which items are exported: everything, or the items of what a list shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched

from pyroaring import BitMap64

from news.models import Edition, NewsItem
from news.question import NEWEST, Question
from news.rows import whole_list

STORIES_AT_ONCE = 250  # some 400 items with all their editions: a few megabytes
NUMBERS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Items by number, and the stories that they belong to; None stands for all."""

    items: BitMap64 | None = None
    stories: BitMap64 | None = None

    def __len__(self) -> int:
        """Return how many items there are."""
        return NewsItem.objects.count() if self.items is None else len(self.items)

    def portions(self) -> Iterator[Sequence[int]]:
        """Yield the numbers of the stories, rising."""
        if self.stories is None:
            yield from _all_stories()
        else:
            yield from batched(self.stories, STORIES_AT_ONCE)

    def holds(self, item: int) -> bool:
        """Say whether an item of one of the stories is chosen."""
        return self.items is None or item in self.items


def everything() -> Chosen:
    """Choose every item, drafts and removed ones too."""
    return Chosen()


def listed(question: Question) -> Chosen:
    """Choose the items of all rows of the question's list; a few bytes are kept of each."""
    items, stories = BitMap64(), BitMap64()
    for portion in batched(whole_list(replace(question, sort=NEWEST)), NUMBERS_AT_ONCE):
        for item, story in Edition.objects.filter(pk__in=portion).values_list("item", "story"):
            items.add(item)
            stories.add(story)
    return Chosen(items=items, stories=stories)


def _all_stories() -> Iterator[Sequence[int]]:
    """Yield the numbers of all originals by asking on from the last one: no cursor, no growing offset."""
    originals, last = NewsItem.objects.filter(translation_of=None).order_by("pk").values_list("pk", flat=True), 0
    while portion := list(originals.filter(pk__gt=last)[:STORIES_AT_ONCE]):
        yield portion
        last = portion[-1]
