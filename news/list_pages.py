"""What the page of a list shows around its rows: filters, fields, orders and sizes."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from news.addresses import Crumb
from news.answers import Answer, answer
from news.choices import CHOSEN, Facet
from news.kinds import PLURALS
from news.question import NEWEST, OLDEST, RELEVANCE, SIZES, Question

YEAR = "year"
NAMED = 3  # choices that a title names, before it says that there are more


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
    is_for_crawlers = question.is_for_crawlers() and not problems
    return (
        {
            "answer": found,
            "page": found.pages,
            "canonical_query": question.query(),
            "facets": [facet for facet in found.facets if facet.name != YEAR],
            "orders": _orders(question),
            "sizes": _sizes(question, found),
            "kept": _kept(question, found),
            "robots": "" if is_for_crawlers or question.is_search else "noindex",
        }
        | _period(request, question, problems, found)
        | _title(question, found)
    )


def _period(
    request: HttpRequest, question: Question, problems: dict[str, str], found: Answer
) -> dict[str, list[Way] | list[DayField] | bool]:
    """Return the fields for days and the ways to the years."""
    return {
        "years": [way for facet in found.facets if facet.name == YEAR for way in _years(question, facet)],
        "days": [
            _day_field("from", _("From"), question.since, request, problems),
            _day_field("to", _("To"), question.until, request, problems),
        ],
        "has_days": bool(question.since or question.until or problems),
        "has_problems": bool(problems),
    }


def _title(question: Question, found: Answer) -> dict[str, Any]:
    """Return what the list of all news is called, what stands above it, and what is chosen, in words.

    A list of some kinds is called after them.
    """
    kinds = [str(name) for kind, name in PLURALS.items() if kind in question.kinds]
    named = kinds if len(kinds) <= NAMED else []
    name = ", ".join(named) or _("News")
    chosen = [chip.label for chip in found.chips]
    return {
        "list_name": name,
        "list_title": ": ".join(filter(None, [name, ", ".join(_first(chosen[len(named) :]))])),
        "list_trail": [Crumb(name=_("News"), address=reverse("news_list"))] if name != _("News") else [],
        "chosen": ", ".join(_first(chosen)),
    }


def _first(labels: list[str]) -> list[str]:
    """Return as many labels as a title can hold."""
    return [*labels[:NAMED], "…"] if len(labels) > NAMED else labels


def _kept(question: Question, found: Answer) -> list[tuple[str, str]]:
    """Return what the form keeps although it has no field for it; a past moment has no facets."""
    shown = {facet.name for facet in found.facets}
    names = ("q", *(name for name in CHOSEN if name not in shown), "sort", "size", "at")
    return [(name, value) for name in names for value in question.written(name)]


def _sizes(question: Question, found: Answer) -> list[Way]:
    """Return the ways to longer and shorter pages; a list that fits on the shortest has none."""
    if found.total is not None and found.total <= SIZES[0]:
        return []
    return [Way(label=str(size), query=question.query(size=size), is_current=size == question.size) for size in SIZES]


def _day_field(
    name: str, label: str, day: datetime.date | None, request: HttpRequest, problems: dict[str, str]
) -> DayField:
    typed = request.GET.get(name, "") if name in problems else (day.isoformat() if day else "")
    return DayField(name=name, label=label, value=typed, problem=problems.get(name, ""))


def _orders(question: Question) -> list[Way]:
    labels = ({RELEVANCE: _("Best match")} if question.words else {}) | {NEWEST: _("Newest"), OLDEST: _("Oldest")}
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
