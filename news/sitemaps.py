"""Sitemaps: an index, and files that hold every public page with its last change and its other languages.

News is cut by the numbers of items, so that a file's pages stay in it. Everything is streamed.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched

from django.conf import settings
from django.db.models import BigIntegerField, ExpressionWrapper, F, Max
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override
from django.views.decorators.http import require_safe

from news.clock import clock
from news.freshness import ASK_AGAIN, dated
from news.models import Change, Edition, Removal
from news.models.edition_queryset import EditionQuerySet
from news.rows import PORTION, Row, in_full, last_change, writable
from taxonomy.catalogue import catalogue
from taxonomy.navigation import navigation

ITEMS = 10_000  # numbers for each file: with their languages far below 50,000 pages and 50 MB (sitemaps.org)
MOST_FILES = 2**63 // ITEMS  # no database holds greater numbers
LATEST = datetime.timedelta(days=2)  # as long as a text is news for a news sitemap
MOST_LATEST = 1_000  # pages, likewise
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
NEWEST = {"home", "news_list"}  # pages that each act on news may change
LISTS = ("home", "news_list", "countries", "institutions", "topics")


def file_of(items: int) -> ExpressionWrapper:
    """Return the number of the file in which an item stands, as the database reckons it."""
    return ExpressionWrapper((F("item_id") - 1) / items + 1, output_field=BigIntegerField())


FILE = file_of(ITEMS)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """Name all sitemaps with the moment of the last change in each."""
    return _streamed(request, _index(), changed_at=last_change())


@require_safe
def sitemap_of_pages(request: HttpRequest) -> HttpResponseBase:
    """List the pages that are no news, in all languages of the interface."""
    return _streamed(request, _urlset(_pages(), LINKS), changed_at=last_change())


@require_safe
def sitemap_of_news(request: HttpRequest, number: int) -> HttpResponseBase:
    """List the news whose numbers fall into the file."""
    if not 1 <= number <= MOST_FILES:
        raise Http404
    changed_at = last_change()
    found = Edition.objects.listed().filter(item__gt=(number - 1) * ITEMS, item__lte=number * ITEMS)
    numbers = list(found.order_by("item_id").values_list("pk", flat=True))  # at once: no cursor stays open
    if not numbers:
        raise Http404
    return _streamed(request, _urlset(_each(numbers, _news_page), LINKS), changed_at=changed_at)


@require_safe
def sitemap_of_latest_news(request: HttpRequest) -> HttpResponseBase:
    """List the news of the last two days as a news sitemap; it changes by the clock alone, and may be gone by it."""
    numbers = list(_latest().newest_first().values_list("pk", flat=True)[:MOST_LATEST])
    if not numbers:
        raise Http404
    return _streamed(request, _urlset(_each(numbers, _latest_page), NEWS))


def _latest() -> EditionQuerySet:
    return Edition.objects.listed().filter(issued_at__gte=clock.now() - LATEST)


def _index() -> Iterator[str]:
    moments = {reverse("sitemap_of_pages"): _last_act()}
    latest = _latest().aggregate(moment=Max("visible_from"))["moment"]
    moments |= {reverse("sitemap_of_latest_news"): latest} if latest else {}
    by_file = _changes_by_file()
    moments |= {reverse("sitemap_of_news", args=[number]): by_file[number] for number in sorted(by_file)}
    yield f'{DECLARATION}<sitemapindex xmlns="{NAMESPACE}">\n'
    for address, moment in moments.items():
        yield f"<sitemap>{_place(address, moment)}</sitemap>\n"
    yield "</sitemapindex>\n"


def _last_act() -> datetime.datetime | None:
    return Change.objects.order_by("-pk").values_list("written_at", flat=True).first()


def _changes_by_file() -> dict[int, datetime.datetime]:
    """Return for each file of news when something last came, went or came back in it."""
    listed = Edition.objects.listed().order_by()
    found = listed.annotate(file=FILE).values_list("file").annotate(Max("visible_from"))
    moments = dict(found)
    gone = Removal.objects.order_by().annotate(file=FILE).values_list("file")
    for file, removed_at, undone_at in gone.annotate(Max("removed_at"), Max("undone_at")):
        if file in moments:
            moments[file] = max(moment for moment in (moments[file], removed_at, undone_at) if moment)
    return moments


def _urlset(pages: Iterable[str], *namespaces: str) -> Iterator[str]:
    yield f'{DECLARATION}<urlset xmlns="{NAMESPACE}" {" ".join(namespaces)}>\n'
    yield from pages
    yield "</urlset>\n"


def _each(numbers: Iterable[int], written: Callable[[Row], str]) -> Iterator[str]:
    """Yield what is written of each edition; those that are no longer listed are left out."""
    for portion in batched(numbers, PORTION):
        editions = list(Edition.objects.listed().filter(pk__in=portion).for_cards())
        in_order = {number: place for place, number in enumerate(portion)}
        editions.sort(key=lambda edition: in_order[edition.pk])
        yield "".join(written(row) for row in in_full(editions))


def _news_page(row: Row) -> str:
    versions = [(tongue.language, tongue.address) for tongue in row.tongues]
    return _url(row.edition.get_absolute_url(), versions, moment=row.updated_at)


def _latest_page(row: Row) -> str:
    edition = row.edition
    name = f"<news:name>{escape(settings.SITE_NAME)}</news:name>"
    publication = f"{name}<news:language>{edition.language}</news:language>"
    date = f"<news:publication_date>{edition.issued_at:%Y-%m-%dT%H:%M:%S%:z}</news:publication_date>"
    title = f"<news:title>{escape(row.title)}</news:title>"
    news = f"<news:news><news:publication>{publication}</news:publication>{date}{title}</news:news>"
    return _url(edition.get_absolute_url(), [], moment=row.updated_at, more=news)


def places() -> list[tuple[str, list[str]]]:
    """Return the lists, the pages of countries, institutions, fields of work, and the own pages: as views and parts."""
    known = catalogue()
    records = [*known.countries.values(), *known.institutions.values(), *known.topics.values()]
    own = [entry.path for entry in navigation().by_pk.values() if entry.is_own_page]
    return [
        *((name, []) for name in LISTS),
        *((record.view, [record.slug]) for record in records),
        *(("page", [path]) for path in own),
    ]


def _pages() -> Iterator[str]:
    moment = _last_act()
    for name, parts in places():
        versions = [(code, _in_language(code, name, parts)) for code, _name in settings.LANGUAGES]
        for _code, address in versions:
            yield _url(address, [*versions, ("x-default", versions[0][1])], moment=moment if name in NEWEST else None)


def _in_language(code: str, name: str, parts: list[str]) -> str:
    with override(code):
        return reverse(name, args=parts)


def _url(
    address: str, versions: Sequence[tuple[str, str]], *, moment: datetime.datetime | None = None, more: str = ""
) -> str:
    """Write one page; its versions name it too, as search engines ask for, and a lone one needs none."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(settings.SITE_URL + version)}"/>'
        for code, version in versions
    )
    return f"<url>{_place(address, moment)}{more}{links if len(versions) > 1 else ''}</url>\n"


def _place(address: str, moment: datetime.datetime | None) -> str:
    written = f"<lastmod>{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""
    return f"<loc>{escape(writable(settings.SITE_URL + address))}</loc>{written}"


def _streamed(
    request: HttpRequest, lines: Iterator[str], *, changed_at: datetime.datetime | None = None
) -> HttpResponseBase:
    answer = StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")
    answer.headers["Cache-Control"] = ASK_AGAIN
    return dated(request, answer, changed_at=changed_at) if changed_at else answer
