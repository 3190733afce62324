"""The question of an export, written as in the address of a list: `country=ukraine&from=2020-01-01`."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.http import Http404, HttpRequest, QueryDict
from django.utils.http import urlencode

from news.models import Edition
from news.models.news_item import news_languages
from news.question import FIELDS, RECORDS, Question, read_question

WANTED = {
    "sort": "newest, oldest or relevance",
    "size": "20, 50 or 100; an export has all rows whatever it is",
    "page": "a number from 1; an export has all pages whatever it is",
    "at": "a moment that has passed, such as 2025-11-30T12:00",
}


class UnknownQuestionError(Exception):
    """What was asked is no question of the lists; the sentence says what is wrong and what to write."""


def question_in(text: str) -> Question:
    """Read the question; of a list's whole address, what stands behind the question mark.

    Raises:
        UnknownQuestionError: something in it is unknown, or is empty: what was not asked for is not exported.
    """
    asked = QueryDict(text.rpartition("?")[2])  # keeps what is empty, to be refused
    for name, values in asked.lists():
        for value in values:
            _refuse_unknown(name, str(value))
    try:
        question, problems = _read(asked)
    except Http404:
        raise UnknownQuestionError(f"{text}: words are found as of now. Leave out q or at.") from None
    if problems:
        raise UnknownQuestionError(" ".join(f"{name}: {problem}" for name, problem in problems.items()))
    return question


def _refuse_unknown(name: str, value: str) -> None:
    """Refuse one parameter with one value, naming what comes nearest."""
    if name not in FIELDS:
        raise UnknownQuestionError(
            f"{name}: no list has this parameter{_nearest(name, FIELDS)}. There are {', '.join(FIELDS)}."
        )
    if not value.strip():
        raise UnknownQuestionError(f"{name}: its value is missing. Write {name}=VALUE, or leave {name} out.")
    try:
        _read(QueryDict(urlencode({name: value})))
    except Http404:
        wanted = WANTED.get(name, "it as the addresses of lists have it")
        raise UnknownQuestionError(
            f"{name}={value}: there is no such value{_nearest(value, _known(name))}. Write {wanted}."
        ) from None


def _read(asked: QueryDict) -> tuple[Question, dict[str, str]]:
    request = HttpRequest()
    request.GET = asked  # type: ignore[assignment]  # what stubs call immutable
    return read_question(request)


def _known(name: str) -> Iterable[str]:
    if name in RECORDS:
        return RECORDS[name].objects.values_list("slug", flat=True)
    known: dict[str, Iterable[str]] = {
        "kind": Edition.Kind.values,
        "language": [code for code, _name in news_languages()],
    }
    return known.get(name, ())


def _nearest(word: str, known: Iterable[str]) -> str:
    found = get_close_matches(word, known, n=1)
    return f" (did you mean {found[0]}?)" if found else ""
