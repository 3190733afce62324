"""What the site answers where there is no page."""

import sys

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import defaults

from news.former_addresses import redirect_from
from news.start_pages import start_pages
from news.unknown_values import UnknownValue
from osce_site.outage import OUTAGES, unavailable
from osce_site.suggestions import suggestions_for


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead on where an item once stood; else say which value is at fault, or which addresses come nearest."""
    if elsewhere := redirect_from(request):
        return elsewhere
    context = {
        "unknown": exception if isinstance(exception, UnknownValue) else None,
        "suggestions": suggestions_for(request.path),
        "page_languages": start_pages(),
        "page_versions": [],
        "has_no_address": True,
    }
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Say that the fault is ours; where the database is away, that it is worth asking again, and when."""
    return unavailable(request) if isinstance(sys.exc_info()[1], OUTAGES) else defaults.server_error(request)
