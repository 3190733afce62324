"""What the site answers where there is no page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from news.start_pages import start_pages
from news.unknown_values import UnknownValue
from osce_site.suggestions import suggestions_for


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing stands here: which value is at fault, or the pages whose addresses come nearest."""
    context = {
        "unknown": exception if isinstance(exception, UnknownValue) else None,
        "suggestions": suggestions_for(request.path),
        "page_languages": start_pages(),
        "page_versions": [],
        "has_no_address": True,
    }
    return render(request, "404.html", context, status=404)
