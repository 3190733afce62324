"""Keeping the words of what is or will be listed, and of nothing else: called by every act that changes that."""

import datetime
from collections.abc import Collection, Iterable
from typing import Protocol

from django.db.models import Q
from django.utils import timezone

from news.models import Edition, SearchDocument, SearchHead
from news.search.engine import engine
from news.search.heads import head
from news.search.matches import matches
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
        editions = list(wanted.filter(pk__in=new).only(*READ))
        engine().put([document(edition) for edition in editions])
        learn_words(editions)
    matches.forget()


class Text(Protocol):
    """What of an edition is searched."""

    @property
    def pk(self) -> int:
        """Return the edition's number."""

    @property
    def language(self) -> str:
        """Return its language."""

    @property
    def title(self) -> str:
        """Return its title."""

    @property
    def summary(self) -> str:
        """Return its summary."""

    @property
    def body(self) -> str:
        """Return its text, as sanitised HTML."""


def document(edition: Text) -> SearchHead:
    """Make the document of an edition, for the database at hand, and its head, which leads to it."""
    title, summary, language = edition.title, edition.summary, edition.language
    words = engine().stored(search_text((title, summary, plain_text(edition.body)), language))
    made = SearchDocument(edition_id=edition.pk, words=words)
    return SearchHead(document=made, head=head(language, title, summary))


def learn_words(editions: Iterable[Edition]) -> None:
    """Keep the words of titles and summaries for suggesting a spelling."""
    learn(f"{edition.title}\n{edition.summary}" for edition in editions)


def listed_or_later(now: datetime.datetime, *, of: str = "") -> Q:
    """Say which editions are listed at the moment or will be at a later one; `of` leads to them from another model."""

    def ends_later(name: str) -> Q:
        return Q(**{f"{of}{name}__isnull": True}) | Q(**{f"{of}{name}__gt": now})

    is_approved = Q(**{f"{of}visible_from__isnull": False, f"{of}is_retracted": False})
    return is_approved & ends_later("visible_until") & ends_later("listed_until")
