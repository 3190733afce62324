"""The question put to the database: what lists showed at a past moment, which no process keeps."""

import datetime

from news.clock import clock
from news.models import Edition
from news.models.edition_queryset import EditionQuerySet
from news.moments import start_of
from news.question import OLDEST, Question

A_DAY = datetime.timedelta(days=1)


def stories(question: Question) -> EditionQuerySet:
    """Return the editions that the question lists at its moment, by default now, in its order."""
    at = question.at or clock.now()
    found = Edition.objects.listed(at=at)
    if question.languages:
        found = found.filter(language__in=question.languages)
    else:
        found = found.one_for_each_story(question.page_language, at=at)
    found = _narrowed(found.of_kinds(question.kinds), question)
    return found.order_by("issued_at", "pk") if question.sort == OLDEST else found.newest_first()


def _narrowed(found: EditionQuerySet, question: Question) -> EditionQuerySet:
    families = {name: tuple(numbers) for name, numbers in question.families().items()}
    if "institution" in families:
        found = found.issued_by(families["institution"])
    if "country" in families:
        found = found.in_countries(families["country"])
    if "topic" in families:
        found = found.on_topics(families["topic"])
    if question.since:
        found = found.filter(issued_at__gte=start_of(question.since))
    return found.filter(issued_at__lt=start_of(question.until + A_DAY)) if question.until else found
