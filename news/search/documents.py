"""Keeping the words of what is or will be listed, and of nothing else: called by every act that changes that."""

import datetime
from collections.abc import Collection

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
    wanted = Edition.objects.filter(listed_or_later(now or timezone.now()), item__in=items)
    kept = set(SearchDocument.objects.filter(edition__item__in=items).values_list("edition", flat=True))
    numbers = set(wanted.values_list("pk", flat=True))
    if gone := kept - numbers:
        SearchDocument.objects.filter(edition__in=gone).delete()
    if new := numbers - kept:
        write_documents(wanted.filter(pk__in=new))


def write_documents(editions: QuerySet[Edition]) -> int:
    """Store the words of the editions, and return how many there were."""
    rows = list(editions.only(*READ))
    to_stored = engine().stored
    SearchDocument.objects.bulk_create(
        SearchDocument(edition_id=edition.pk, words=to_stored(search_text(_parts(edition), edition.language)))
        for edition in rows
    )
    learn(f"{edition.title}\n{edition.summary}" for edition in rows)
    return len(rows)


def listed_or_later(now: datetime.datetime, *, of: str = "") -> Q:
    """Say which editions are listed at the moment or will be at a later one; `of` leads to them from another model."""

    def ends_later(name: str) -> Q:
        return Q(**{f"{of}{name}__isnull": True}) | Q(**{f"{of}{name}__gt": now})

    is_approved = Q(**{f"{of}visible_from__isnull": False, f"{of}is_retracted": False})
    return is_approved & ends_later("visible_until") & ends_later("listed_until")


def _parts(edition: Edition) -> tuple[str, str, str]:
    return edition.title, edition.summary, plain_text(edition.body)
