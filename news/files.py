"""The files below the address of each list: `feed.rss`, `feed.atom`, `feed.json` and `export.csv`.

Each answers the question of its address as the list itself does, and has one address for each question.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from news.addresses import record_at_slug
from news.export import export
from news.feeds import TYPES, feed
from news.list_address import one_address
from news.question import NEWEST, RELEVANCE, SIZES, Question, read_question
from taxonomy.models import Country, Institution, Topic

EXPORT = "export.csv"
FILES = (*(f"feed.{form}" for form in TYPES), EXPORT)


class ListFile:
    """Matches the name of a file below a list."""

    regex = "|".join(FILES).replace(".", r"\.")

    def to_python(self, value: str) -> str:
        """Return the name."""
        return value

    def to_url(self, value: str) -> str:
        """Return the name."""
        return value


@require_safe
def search_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """Answer for what words find."""
    return _answer(request, file, page=reverse("search"), is_search=True)


@require_safe
def news_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """Answer for the list of all news."""
    return _answer(request, file, page=reverse("news_list"))


@require_safe
@record_at_slug(Country)
def country_file(request: HttpRequest, record: Country, *, file: str) -> HttpResponseBase:
    """Answer for the news of a country."""
    return _answer(request, file, page=record.get_absolute_url(), subject=("country", record.pk))


@require_safe
@record_at_slug(Institution)
def institution_file(request: HttpRequest, record: Institution, *, file: str) -> HttpResponseBase:
    """Answer for the news of an institution and of its parts."""
    return _answer(request, file, page=record.get_absolute_url(), subject=("institution", record.pk))


@require_safe
@record_at_slug(Topic)
def topic_file(request: HttpRequest, record: Topic, *, file: str) -> HttpResponseBase:
    """Answer for the news on a field of work and on its parts."""
    return _answer(request, file, page=record.get_absolute_url(), subject=("topic", record.pk))


def as_feed(question: Question) -> Question:
    """Return what a feed of the list answers, page for page: always the newest first, and never a past moment.

    What is followed has no past: the feed of a list of a past moment is that of the same list now.
    """
    return replace(question, at=None, sort=RELEVANCE if question.words else NEWEST)


def as_export(question: Question) -> Question:
    """Return what the whole list answers: all pages in one."""
    return replace(question, page=1, size=SIZES[0])


def _answer(
    request: HttpRequest, file: str, *, page: str, subject: tuple[str, int] | None = None, is_search: bool = False
) -> HttpResponseBase:
    """Answer with the file; another form of its address redirects once, a date that is none is said to be none."""
    question, problems = read_question(request, subject=subject, is_search=is_search)
    if problems:
        return _unreadable(problems)
    wanted = as_export(question) if file == EXPORT else as_feed(question)
    if bool(wanted.words) != is_search:
        return _with_or_without_words(file, wanted)
    if elsewhere := one_address(request, wanted):
        return elsewhere
    if file == EXPORT:
        return export(request, wanted)
    return feed(request, wanted, form=file.removeprefix("feed."), page=page + wanted.query(page=1))


def _with_or_without_words(file: str, wanted: Question) -> HttpResponse:
    """Redirect a question with words to the search, one without them to the list of all news."""
    view = "search_file" if wanted.words else "news_file"
    return HttpResponsePermanentRedirect(reverse(view, args=[file]) + replace(wanted, subject=None).query())


def _unreadable(problems: dict[str, str]) -> HttpResponse:
    text = "".join(f"{parameter}: {problem}\n" for parameter, problem in problems.items())
    return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")
