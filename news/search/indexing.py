"""Bringing documents in line with what is listed: texts that no act has stored, or that an upgrade reads anew.

In chunks, so that a site is searched and published to meanwhile, and so that whoever breaks off goes on from there.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import batched

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from news.changes import publishing
from news.models import Edition, SearchDocument
from news.search.documents import READ, document, learn_words, listed_or_later
from news.search.engine import engine
from news.search.matches import matches

AT_ONCE = 500  # editions: the publishing lock is held for about a quarter of a second


def wanted_numbers() -> list[int]:
    """Return the editions that search has to hold."""
    return list(_wanted().order_by("pk").values_list("pk", flat=True))


def missing_numbers() -> list[int]:
    """Return those of them that it does not hold."""
    held = SearchDocument.objects.filter(edition=OuterRef("pk"))
    return list(_wanted().filter(~Exists(held)).order_by("pk").values_list("pk", flat=True))


def wrong_numbers(numbers: Iterable[int]) -> list[int]:
    """Return those of the editions of which search holds nothing, or other words than theirs."""
    editions = _editions(numbers)
    right = engine().held_rightly([document(edition) for edition in editions])
    return [edition.pk for edition in editions if edition.pk not in right]


def left_over() -> QuerySet[SearchDocument]:
    """Return the documents of what is not listed any more."""
    return SearchDocument.objects.exclude(listed_or_later(timezone.now(), of="edition__"))


def is_indexed() -> bool:
    """Say whether the engine can find words without reading all."""
    return engine().is_indexed()


def is_ready() -> bool:
    """Say at little cost whether texts can be found: after an upgrade not before the first have been indexed."""
    return is_indexed() and SearchDocument.objects.exists()


def loading() -> AbstractContextManager[None]:
    """Let an empty index be filled in the quickest way."""
    return engine().loading()


def chunks(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield as many numbers as are written at once."""
    return batched(numbers, AT_ONCE)


def write(numbers: Iterable[int]) -> int:
    """Write the documents of some editions anew, and return how many are still to be listed."""
    editions = _editions(numbers)
    fresh = [document(edition) for edition in editions]  # before the lock: an approved edition never changes
    with publishing():
        SearchDocument.objects.filter(edition__in=[edition.pk for edition in editions]).delete()
        still = set(_wanted().filter(pk__in=[edition.pk for edition in editions]).values_list("pk", flat=True))
        engine().put([one for one in fresh if one.pk in still])
    learn_words(edition for edition in editions if edition.pk in still)
    matches.forget()
    return len(still)


def remove_left_over() -> int:
    """Remove the documents of what is not listed any more, and return how many they were."""
    removed = 0
    for chunk in chunks(left_over().values_list("edition", flat=True)):
        with publishing():
            gone = list(left_over().filter(edition__in=chunk).values_list("edition", flat=True))
            SearchDocument.objects.filter(edition__in=gone).delete()
        removed += len(gone)
    matches.forget()
    return removed


def _wanted() -> QuerySet[Edition]:
    return Edition.objects.filter(listed_or_later(timezone.now()))


def _editions(numbers: Iterable[int]) -> list[Edition]:
    return list(Edition.objects.filter(pk__in=list(numbers)).only(*READ).order_by("pk"))
