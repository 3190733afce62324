"""What is answered where an item was removed: 410, one redirect, or its record under a notice."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from news.cards import direction, foreign
from news.destinations import address_of, follow
from news.models import Edition, Removal
from news.start_pages import start_pages

GONE = 410
ITEM_VIEWS = {"news_item", "news_item_by_number", "local_news_item"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That what is shown was withdrawn, or merged into another page: when, why, and for how long.

    Attributes:
        is_withdrawal: whether the page stays where it was.
        explanation: for readers.
        removed_at: when.
        undone_at: when it was published again, on a page that shows a moment between the two.
        leads_to: the address at which its readers arrive, where it can be read.
    """

    is_withdrawal: bool
    explanation: str
    removed_at: datetime.datetime
    undone_at: datetime.datetime | None
    leads_to: str


def removed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the view finds nothing because the item with the `number` was removed, say so or lead on."""

    @wraps(view)
    def answer(request: HttpRequest, number: int, **asked: Any) -> HttpResponse:
        try:
            return view(request, number, **asked)
        except Http404:
            removal = Removal.objects.standing().select_related("item").filter(item=number).first()
            if removal is None or not _takes_away(removal, request):
                raise
            return _lead_on(request, removal)

    return answer


def notice_for(edition: Edition, *, at: datetime.datetime | None = None) -> Notice | None:
    """Return what readers of the edition have to know, now and, on a page as of a moment, what they were told then."""
    in_force = Q(undone_at__isnull=True)
    if at:
        in_force |= Q(removed_at__lte=at, undone_at__gt=at)
    kept = Removal.objects.exclude(kind=Removal.Kind.ERROR).filter(in_force, item=edition.item_id)
    removal = kept.order_by(F("undone_at").asc(nulls_first=True), "-removed_at").first()
    if removal is None:
        return None
    return Notice(
        is_withdrawal=removal.kind == Removal.Kind.WITHDRAWN,
        explanation=removal.explanation,
        removed_at=removal.removed_at,
        undone_at=removal.undone_at,
        leads_to=_end_of_the_way(removal)[0],
    )


def _takes_away(removal: Removal, request: HttpRequest) -> bool:
    """Say whether the removal closes this address: of a consolidated item that of its present page alone."""
    if removal.kind == Removal.Kind.CONSOLIDATED:
        match = request.resolver_match
        return match is not None and match.url_name in ITEM_VIEWS and "at" not in request.GET
    return removal.kind == Removal.Kind.ERROR


def _lead_on(request: HttpRequest, removal: Removal) -> HttpResponse:
    """Redirect to where the way ends, or say that nothing stands there."""
    address, last = _end_of_the_way(removal)
    answer = HttpResponsePermanentRedirect(address) if address else _gone(request, last, is_end=last != removal)
    answer.headers["Cache-Control"] = "no-cache"  # a removal can be undone, and a browser would keep it for ever
    return answer


def _end_of_the_way(removal: Removal) -> tuple[str, Removal]:
    """Return the address at which the removal's readers arrive, empty where nothing stands, and the last removal."""
    if not removal.leads_to:
        return "", removal
    end, closed = follow(removal.leads_to)
    return ("", closed) if closed else (address_of(end), removal)


def _gone(request: HttpRequest, removal: Removal, *, is_end: bool) -> HttpResponse:
    """Say that something was published in error, and why; nothing of it is named."""
    language = removal.item.language
    context = {
        "removal": removal,
        "is_end": is_end,
        "is_error": removal.kind == Removal.Kind.ERROR,
        "foreign": foreign(language),
        "direction": direction(language),
        "page_languages": start_pages(),
        "page_versions": [],
        "has_no_address": True,
    }
    return render(request, "news/gone.html", context, status=GONE)
