"""Questions about editions, as words that chain."""

import datetime
from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from news.clock import clock
from news.models.noted_query import NotedQuery


class EditionQuerySet(models.QuerySet):
    """Questions about editions; public code asks `visible()` or `listed()` and nothing else."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        """Let the question note what it is narrowed to."""
        super().__init__(model, query or NotedQuery(model), using, hints)

    def visible(self, *, at: datetime.datetime | None = None) -> Self:
        """Keep what a visitor may read at the moment `at`, by default now."""
        at = at or clock.now()
        return self.filter(
            Q(visible_until__isnull=True) | Q(visible_until__gt=at), visible_from__lte=at, is_retracted=False
        )

    def listed(self, *, at: datetime.datetime | None = None) -> Self:
        """Keep what lists, feeds and counts show at the moment `at`, by default now."""
        at = at or clock.now()
        return self.visible(at=at).filter(
            Q(listed_until__isnull=True) | Q(listed_until__gt=at),
            issued_at__lte=at,  # implied by visible_from; said again because it lets the index of the list serve
        )

    def ever_visible(self, *, at: datetime.datetime | None = None) -> Self:
        """Keep the public record: what a visitor may read at the moment `at`, or could at any moment before it."""
        return self.filter(visible_from__lte=at or clock.now(), is_retracted=False)

    def one_for_each_story(self, language: str, *, at: datetime.datetime | None = None) -> Self:
        """Keep of each story the version in `language`, or the original where there is none.

        Called on `listed()`; `at` must be the same moment.
        """
        # Between and not "=": PostgreSQL would read every version in the language into a hash, for twenty rows.
        same_story = Q(story__gte=OuterRef("story"), story__lte=OuterRef("story"))
        in_language = self.model.objects.listed(at=at).filter(same_story, language=language)
        return self.filter(Q(language=language) | (Q(story=F("item")) & ~Exists(in_language)))

    def of_kinds(self, kinds: Sequence[str]) -> Self:
        """Keep texts of one of the kinds, or all where none is named."""
        return self.filter(kind__in=kinds) if kinds else self

    def newest_first(self) -> Self:
        """Order as every list does."""
        return self.order_by("-issued_at", "-pk")

    def in_countries(self, numbers: Sequence[int]) -> Self:
        """Keep what is about one of the countries."""
        return self._tagged("countries", country__in=numbers)

    def issued_by(self, numbers: Sequence[int]) -> Self:
        """Keep what one of the institutions issued; give the descendants too, where they count."""
        return self._tagged("issuers", institution__in=numbers)

    def on_topics(self, numbers: Sequence[int]) -> Self:
        """Keep what is about one of the topics; give the descendants too, where they count."""
        return self._tagged("topics", topic__in=numbers)

    def open_drafts(self) -> Self:
        """Keep what is still being written."""
        return self.exclude(state=self.model.State.APPROVED)

    def for_cards(self) -> Self:
        """Load what a card, a row or a headline needs, and neither body nor further queries."""
        return self.select_related("item").defer("body", "change_note")

    def _tagged(self, relation: str, **condition: Sequence[int]) -> Self:
        """Keep what has a row of the relation; EXISTS, since IN over a subquery is slow on SQLite."""
        rows = self.model._meta.get_field(relation).remote_field.through.objects
        return self.filter(Exists(rows.filter(edition=OuterRef("pk"), **condition)))
