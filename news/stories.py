"""The question that every list of stories asks."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from news.models import Edition
from news.models.edition_queryset import EditionQuerySet


def page_language() -> str:
    """Return the language of the address."""
    return get_language() or "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """One row for each story that is listed at the moment, narrowed; numbers are of any of the records named."""

    kinds: tuple[str, ...] = ()
    countries: tuple[int, ...] = ()
    issuers: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    language: str = field(default_factory=page_language)
    at: datetime.datetime = field(default_factory=timezone.now)

    def rows(self) -> EditionQuerySet:
        """Return the answer, in no order."""
        found = Edition.objects.listed(at=self.at).one_for_each_story(self.language, at=self.at)
        found = found.of_kinds(self.kinds)
        found = found.in_countries(self.countries) if self.countries else found
        found = found.issued_by(self.issuers) if self.issuers else found
        return found.on_topics(self.topics) if self.topics else found

    @property
    def key(self) -> tuple[Any, ...]:
        """Return all that decides the answer beside the clock and the database."""
        return (self.kinds, self.countries, self.issuers, self.topics, self.language)
