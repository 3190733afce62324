"""Addresses that never die: each page has one, and whatever once led to it redirects there once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.functional import Promise

from taxonomy.models import Country, Institution, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A step of the way to a page."""

    name: str | Promise
    address: str


def moved(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """Redirect to the page's one address and keep the question that came with the old one."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def record_at_slug(model: type[Country | Institution | Topic]) -> Callable[..., Callable[..., HttpResponse]]:
    """Give the view the record that its `slug` names; a slug that it once had redirects to its address."""

    def with_record(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def find(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            record = model.objects.filter(slug=slug).first()
            if record is not None:
                return view(request, record, **kwargs)
            renamed = model.objects.filter(former_slugs__slug=slug).first()
            if renamed is None:
                raise Http404
            return moved(request, _same_page_of(renamed, request))

        return find

    return with_record


def _same_page_of(record: Country | Institution | Topic, request: HttpRequest) -> str:
    """Return the address that was asked for, with the slug that the record has now: its page, or a file below it."""
    asked = request.resolver_match
    if asked is None or not asked.view_name:
        return record.get_absolute_url()
    return reverse(asked.view_name, kwargs=asked.kwargs | {"slug": record.slug})
