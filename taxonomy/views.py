"""Public pages."""

from django.http import HttpRequest, HttpResponse


def countries(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("countries")


def institutions(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("institutions")


def topics(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("topics")


def page(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("page")
