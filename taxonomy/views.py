"""Public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def countries(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return render(request, "taxonomy/countries.html", {"trail": [], "current": "Countries"})


def institutions(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("institutions")


def topics(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("topics")


def page(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("page")
