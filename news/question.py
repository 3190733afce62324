"""One question, many answers: the parameters of every list, read here into one value that has one address.

Values of one parameter are alternatives, parameters combine. Lists, counts, feeds, files and the API answer this value.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.models import Edition
from news.models.news_item import news_languages
from news.moments import moment_text, past_moment, read_day
from news.unknown_values import UnknownValue
from taxonomy.catalogue import catalogue, forget
from taxonomy.models import Country, Institution, Topic

NEWEST, OLDEST, RELEVANCE = "newest", "oldest", "relevance"
SIZES = (20, 50, 100)
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
SLUG = re.compile(r"[-\w]{1,150}", re.ASCII)
LONGEST_WORDS = 500  # letters
# Parameters in the one order in which an address holds them, and what they are in the value.
FIELDS = {
    "q": "words",
    "kind": "kinds",
    "institution": "institutions",
    "country": "countries",
    "topic": "topics",
    "language": "languages",
    "from": "since",
    "to": "until",
    "sort": "sort",
    "size": "size",
    "page": "page",
    "at": "at",
}
DEFAULTS: dict[str, Any] = {"q": "", "size": SIZES[0], "page": 1}
RECORDS: dict[str, type[Country | Institution | Topic]] = {
    "institution": Institution,
    "country": Country,
    "topic": Topic,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a list is asked for; records are numbers as chosen, those below them in their tree not named.

    Attributes:
        since, until: days in Vienna, both included.
        at: a past moment; None is now.
        subject: the record on whose page the list stands, as `("country", 3)`: it is among the values of its
            parameter, and never in the query.
        is_search: the list stands at /search/.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    institutions: tuple[int, ...] = ()
    countries: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    sort: str = NEWEST
    size: int = SIZES[0]
    page: int = 1
    at: datetime.datetime | None = None
    page_language: str = "en"
    subject: tuple[str, int] | None = None
    is_search: bool = False

    def query(self, **changes: Any) -> str:
        """Return the one query of this question, with changes to its fields: empty, or "?country=ukraine&page=2".

        A change leads to the first page, unless it names one.
        """
        asked = replace(self, **({"page": 1} | changes)) if changes else self
        pairs = [(name, value) for name in FIELDS for value in asked.written(name)]
        return f"?{urlencode(pairs)}" if pairs else ""

    def written(self, parameter: str) -> list[str]:
        """Return the values of a parameter as the query holds them: slugs and codes, sorted, defaults left out."""
        value = getattr(self, FIELDS[parameter])
        if not value:
            return []
        if parameter in RECORDS:
            known = _entries(parameter)  # without a record that another process has deleted since it was read
            return sorted(known[number].slug for number in self.chosen(parameter) if number in known)
        if isinstance(value, tuple):
            return sorted(set(value))
        return [] if self._is_default(parameter, value) else [_text(value)]

    def chosen(self, parameter: str) -> tuple[Any, ...]:
        """Return the values that the address chose for a parameter; the page's own subject is none of them."""
        values: tuple[Any, ...] = getattr(self, FIELDS[parameter])
        fixed = self.subject[1] if self.subject and self.subject[0] == parameter else None
        return tuple(value for value in dict.fromkeys(values) if value != fixed)

    def families(self) -> dict[str, frozenset[int]]:
        """Return the records that narrow the list, by parameter, with all below them; none where none was chosen."""
        return {
            parameter: frozenset(below for number in values for below in family(parameter, number))
            for parameter in RECORDS
            if (values := getattr(self, FIELDS[parameter]))
        }

    def _is_default(self, parameter: str, value: Any) -> bool:
        """Say whether an address leaves the value out; without words nothing is more relevant than another."""
        if parameter == "sort":
            return value == RELEVANCE or (value == NEWEST and not self.words)
        return value == DEFAULTS.get(parameter)


def read_question(
    request: HttpRequest, *, subject: tuple[str, int] | None = None, is_search: bool = False
) -> tuple[Question, dict[str, str]]:
    """Return what the address asks for, and what is wrong with its dates, by parameter.

    A date that is none narrows nothing, so that the list is never silently empty.

    Raises:
        UnknownValue: of the first parameter that has one.
        Http404: words are asked for at a past moment.
    """
    given = {name: request.GET.getlist(name) for name in FIELDS if not (subject and subject[0] == name)}
    problems: dict[str, str] = {}
    words = " ".join(_last(given["q"]).replace("\0", " ").split())[:LONGEST_WORDS].rstrip()
    days = _days(given, problems)
    return Question(
        words=words,
        kinds=_known("kind", given["kind"], Edition.Kind.values),
        **_records(given, subject),
        languages=_known("language", given["language"], [code for code, _name in news_languages()]),
        since=days["from"],
        until=days["to"],
        sort=_sort(_last(given["sort"]), words),
        size=int(_one_of("size", _last(given["size"]), [str(size) for size in SIZES])),
        page=_page(_last(given["page"])),
        at=_moment(_last(given["at"]), words),
        page_language=get_language() or "en",
        subject=subject,
        is_search=is_search,
    ), problems


def family(parameter: str, number: int) -> Iterable[int]:
    """Return the number of a record and of all below it; a country has nothing below it."""
    return getattr(_entries(parameter).get(number), "family", (number,))


def _entries(parameter: str) -> Mapping[int, Any]:
    known: Any = catalogue()
    return {"institution": known.institutions, "country": known.countries, "topic": known.topics}[parameter]


def _records(given: dict[str, list[str]], subject: tuple[str, int] | None) -> dict[str, Any]:
    """Return the numbers of the records that were chosen or are the page's subject, by field."""
    found = {FIELDS[name]: _numbers(name, given.get(name, [])) for name in RECORDS}
    if subject:
        if subject[1] not in _entries(subject[0]):
            forget()  # another process has just created it
        found[FIELDS[subject[0]]] = (subject[1],)
    return found


def _numbers(parameter: str, slugs: list[str]) -> tuple[int, ...]:
    """Return the numbers of the records; a former slug leads to the record that bore it."""
    numbers = {entry.slug: number for number, entry in _entries(parameter).items()} if any(slugs) else {}
    wanted = {slug for slug in slugs if slug}
    return tuple(sorted({numbers[slug] if slug in numbers else _renamed(parameter, slug) for slug in wanted}))


def _renamed(parameter: str, slug: str) -> int:
    """Return the number of the record that once had the slug, or has it since a moment ago."""
    if not SLUG.fullmatch(slug):
        raise UnknownValue(parameter, slug)  # nothing to ask a database for
    rows = RECORDS[parameter].objects
    record = rows.filter(slug=slug).first() or rows.filter(former_slugs__slug=slug).first()
    if record is None:
        raise UnknownValue(parameter, slug)
    if record.pk not in _entries(parameter):
        forget()
    return int(record.pk)


def _known(parameter: str, values: list[str], known: Iterable[str]) -> tuple[str, ...]:
    wanted = {value for value in values if value}
    for value in sorted(wanted.difference(known)):
        raise UnknownValue(parameter, value)
    return tuple(sorted(wanted))


def _one_of(parameter: str, value: str, known: list[str]) -> str:
    """Return the value, or the first that is known where there is none."""
    if value and value not in known:
        raise UnknownValue(parameter, value)
    return value or known[0]


def _sort(value: str, words: str) -> str:
    sort = _one_of("sort", value, [RELEVANCE if words else NEWEST, NEWEST, OLDEST, RELEVANCE])
    return sort if words or sort != RELEVANCE else NEWEST


def _page(text: str) -> int:
    """Return the number of the page; another way to write it, such as 02, names none."""
    if text and not PAGE_NUMBER.fullmatch(text):
        raise UnknownValue("page", text)
    return int(text or 1)


def _moment(text: str, words: str) -> datetime.datetime | None:
    """Return the past moment; one that has not come is not found, nor is what had certain words then."""
    if not text:
        return None
    if words:
        raise Http404
    return past_moment(text)


def _days(given: dict[str, list[str]], problems: dict[str, str]) -> dict[str, datetime.date | None]:
    """Return the first and the last day; what is wrong with them goes to the problems."""
    days: dict[str, datetime.date | None] = {}
    for name in ("from", "to"):
        text = _last(given[name]).strip()
        days[name] = None
        try:
            days[name] = read_day(text, is_end=name == "to") if text else None
        except ValueError:
            problems[name] = _("“%(text)s” is no date. Write it as 2025-11-30.") % {"text": text}
    if days["from"] and days["to"] and days["to"] < days["from"]:
        problems["to"] = _("The last day lies before the first one.")
        days["to"] = None
    return days


def _last(values: list[str]) -> str:
    return values[-1] if values else ""


def _text(value: Any) -> str:
    return moment_text(value) if isinstance(value, datetime.datetime) else str(value)
