"""The one address of each list: whatever else asks the same question redirects to it, once."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from news.question import FIELDS, Question, read_question


def asked(*, subject: str = "", is_search: bool = False) -> Callable[..., Callable[..., HttpResponse]]:
    """Give the view the question of its address and the problems with it; any other form of the address redirects once.

    Args:
        subject: the parameter that the page's own record fixes ("country"); the view's first argument is the record.
        is_search: whether the page answers words; any other page leads to it with them, and it to the list without.
    """

    def with_question(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            of = (subject, args[0].pk) if subject else None
            question, problems = read_question(request, subject=of, is_search=is_search)
            if elsewhere := _other_page(question, is_search=is_search):
                return HttpResponsePermanentRedirect(elsewhere)
            one = None if problems else one_address(request, question)
            return one or view(request, question, problems, *args, **kwargs)

        return read

    return with_question


def one_address(request: HttpRequest, question: Question) -> HttpResponsePermanentRedirect | None:
    """Redirect to the one address of the question, where what was asked for is another form of it.

    A stranger's parameter is let be, and so is how letters are written; that of the page's own subject is not.
    """
    asked = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    own = parse_qsl(question.query().removeprefix("?"))
    if [pair for pair in asked if pair[0] in FIELDS] == own:
        return None
    return HttpResponsePermanentRedirect(request.path + question.query())


def _other_page(question: Question, *, is_search: bool) -> str:
    """Return the address of the page that answers the question where this one doesn't, else an empty text."""
    if question.words and not is_search:
        return reverse("search") + replace(question, subject=None).query()
    query = question.query()
    return reverse("news_list") + query if is_search and query and not question.words else ""
