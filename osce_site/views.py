"""What the site answers where there is no page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from news.former_addresses import redirect_from
from news.start_pages import start_pages
from news.unknown_values import UnknownValue
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
