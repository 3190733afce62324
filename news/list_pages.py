"""What the page of a list shows around its rows: filters, fields, orders and sizes."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from news.addresses import Crumb
from news.answers import Answer, answer
from news.choices import Facet
from news.kinds import PLURALS
from news.question import NEWEST, OLDEST, RELEVANCE, SIZES, Question

YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to the same list in another order, size or year."""

    label: str
    query: str
    is_current: bool
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayField:
    """A field for a day: what was typed, and what is wrong with it."""

    name: str
    label: str
    value: str
    problem: str


def list_context(
    request: HttpRequest, question: Question, problems: dict[str, str], *, answered: Answer | None = None
) -> dict[str, Any]:
    """Return what the templates of a list need.

    Args:
        request: holds what was typed where it could not be read.
        question: what is asked.
        problems: what is wrong with it, by parameter.
        answered: the answer, where the page has it already.
    """
    found = answered or answer(question)
    return {
        "answer": found,
        "page": found.pages,
        "canonical_query": question.query(),
        "facets": [facet for facet in found.facets if facet.name != YEAR],
        "years": [way for facet in found.facets if facet.name == YEAR for way in _years(question, facet)],
        "days": [
            _day_field("from", _("From"), question.since, request, problems),
            _day_field("to", _("To"), question.until, request, problems),
        ],
        "has_days": bool(question.since or question.until or problems),
        "orders": _orders(question),
        "sizes": [
            Way(label=str(size), query=question.query(size=size), is_current=size == question.size) for size in SIZES
        ],
        "kept": [(name, value) for name in ("q", "sort", "size", "at") for value in question.written(name)],
    } | _place(question)


def _place(question: Question) -> dict[str, Any]:
    """Return what the list of all news is called, and what stands above it: one of some kinds is called after them."""
    kinds = [str(name) for kind, name in PLURALS.items() if kind in question.kinds]
    return {
        "kinds_title": ", ".join(kinds),
        "list_trail": [Crumb(name=_("News"), address=reverse("news_list"))] if kinds else [],
    }


def _day_field(
    name: str, label: str, day: datetime.date | None, request: HttpRequest, problems: dict[str, str]
) -> DayField:
    typed = request.GET.get(name, "") if name in problems else (day.isoformat() if day else "")
    return DayField(name=name, label=label, value=typed, problem=problems.get(name, ""))


def _orders(question: Question) -> list[Way]:
    labels = {NEWEST: _("Newest"), OLDEST: _("Oldest")} | ({RELEVANCE: _("Best match")} if question.words else {})
    return [
        Way(label=label, query=question.query(sort=sort), is_current=sort == question.sort)
        for sort, label in labels.items()
    ]


def _years(question: Question, facet: Facet) -> list[Way]:
    """Return a way to each year; the one that is shown leads back to all."""
    ways = []
    for value in facet.values:
        days = {"since": datetime.date(int(value.value), 1, 1), "until": datetime.date(int(value.value), 12, 31)}
        is_current = (question.since, question.until) == (days["since"], days["until"])
        ways.append(Way(label=value.label, count=value.count, query=question.query(**days), is_current=is_current))
    return ways
