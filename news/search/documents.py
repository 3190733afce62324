"""Keeping the words of what is or will be listed, and of nothing else: called by every act that changes that."""

import datetime
from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from news.models import Edition, SearchDocument, SearchHead
from news.search.engine import engine
from news.search.matches import matches
from news.search.spelling import learn
from news.words.all_words import Text, Words, words_of

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
        editions = list(wanted.filter(pk__in=new).only(*READ))
        engine().put([document(edition) for edition in editions])
        learn_words(editions)
    matches.forget()


def document(edition: Edition) -> SearchHead:
    """Make the document of an edition, for the database at hand, and its head, which leads to it."""
    text = Text(edition.language, edition.title, edition.summary, edition.body)
    return document_of(edition.pk, words_of(text, connection.vendor))


def document_of(number: int, words: Words) -> SearchHead:
    """Make the document of the edition with the number from its words, and its head."""
    return SearchHead(document=SearchDocument(edition_id=number, words=words.stored), head=words.head)


def learn_words(editions: Iterable[Edition]) -> None:
    """Keep the words of titles and summaries for suggesting a spelling."""
    learn(f"{edition.title}\n{edition.summary}" for edition in editions)


def listed_or_later(now: datetime.datetime, *, of: str = "") -> Q:
    """Say which editions are listed at the moment or will be at a later one; `of` leads to them from another model."""

    def ends_later(name: str) -> Q:
        return Q(**{f"{of}{name}__isnull": True}) | Q(**{f"{of}{name}__gt": now})

    is_approved = Q(**{f"{of}visible_from__isnull": False, f"{of}is_retracted": False})
    return is_approved & ends_later("visible_until") & ends_later("listed_until")
