"""Keeping the words of what is or will be listed, and of nothing else: called by every act that changes that."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from news.models import Edition, SearchDocument
from news.search.engine import engine
from news.search.spelling import learn
from news.search.texts import plain_text, search_text

READ = ("pk", "language", "title", "summary", "body")


def refresh_documents(items: Collection[int], *, now: datetime.datetime | None = None) -> None:
    """Let search hold what these items have to be found by; the caller holds the publishing lock.

    An approved edition never changes, so what is kept of it stays true.
    """
    wanted = _listed_or_later(items, now or timezone.now())
    kept = set(SearchDocument.objects.filter(edition__item__in=items).values_list("edition", flat=True))
    numbers = set(wanted.values_list("pk", flat=True))
    if gone := kept - numbers:
        SearchDocument.objects.filter(edition__in=gone).delete()
    if new := numbers - kept:
        write_documents(wanted.filter(pk__in=new))


def write_documents(editions: Iterable[Edition]) -> int:
    """Store the words of the editions, and return how many there were."""
    editions = list(editions)
    to_stored = engine().stored
    SearchDocument.objects.bulk_create(
        SearchDocument(edition_id=edition.pk, words=to_stored(search_text(_parts(edition), edition.language)))
        for edition in editions
    )
    learn(f"{edition.title}\n{edition.summary}" for edition in editions)
    return len(editions)


def listed_or_later(now: datetime.datetime) -> Q:
    """Say which editions are listed at the moment or will be at a later one."""
    return Q(
        Q(visible_until__isnull=True) | Q(visible_until__gt=now),
        Q(listed_until__isnull=True) | Q(listed_until__gt=now),
        visible_from__isnull=False,
        is_retracted=False,
    )


def _listed_or_later(items: Collection[int], now: datetime.datetime) -> QuerySet[Edition]:
    return Edition.objects.filter(listed_or_later(now), item__in=items).only(*READ)


def _parts(edition: Edition) -> tuple[str, str, str]:
    return edition.title, edition.summary, plain_text(edition.body)
