"""What the site answers where there is no page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from news.start_pages import start_pages
from osce_site.suggestions import suggestions_for


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say that nothing stands here, and name the pages whose addresses come nearest."""
    context = {
        "suggestions": suggestions_for(request.path),
        "page_languages": start_pages(),
        "page_versions": [],
        "has_no_address": True,
    }
    return render(request, "404.html", context, status=404)
