"""Public pages."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("home")


def news_list(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("news_list")


def news_item(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("news_item")


def edition(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("edition")


def country(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("country")


def institution(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("institution")


def topic(request: HttpRequest, **kwargs) -> HttpResponse:
    """To be written."""
    return HttpResponse("topic")
