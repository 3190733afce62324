"""What the mirror holds for itself; all else it holds because a page leads there."""

from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import override

from news.models import Edition, FormerAddress, NewsItem, Removal
from news.models.news_item import news_address
from news.sitemaps import ITEMS, places
from osce_site.mirror.addresses import NOT_FOUND, Address, held_at, not_here
from osce_site.mirror.static import static_addresses

MACHINES = (
    "/robots.txt",
    "/humans.txt",
    "/.well-known/security.txt",
    "/favicon.ico",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-latest.xml",
)


def roots() -> Iterator[Address]:
    """Yield the address of every page that counts, of what machines ask for, and where items stood before."""
    languages = [code for code, _name in settings.LANGUAGES]
    yield from map(Address, chain(MACHINES, _sitemaps(), static_addresses()))
    for code in languages:
        yield from map(Address, _of_language(code))
    yield from map(Address, _of_items())
    for path in FormerAddress.objects.order_by("pk").values_list("path", flat=True).iterator():
        held = held_at(Address(unquote(path)), pages=1)
        if held is not None:
            yield held


def _sitemaps() -> Iterator[str]:
    """Yield the sitemaps of news; one of which all items are gone is asked for in vain."""
    last = NewsItem.objects.aggregate(last=Max("pk"))["last"] or 0
    yield from (reverse("sitemap_of_news", args=[number]) for number in range(1, -(-last // ITEMS) + 1))


def _of_language(code: str) -> Iterable[str]:
    with override(code):
        start = reverse("home")
        listed = [reverse(name, args=parts) for name, parts in places()]
        machines = [reverse("manifest"), reverse("open_search")]
    return [*listed, *machines, not_here(start).path, f"{start}{NOT_FOUND}"]


def _of_items() -> Iterator[str]:
    """Yield the address of each item that can be read or was removed, and the one of its number alone."""
    public = Edition.objects.visible().order_by("item_id").values_list("item_id", "item__slug", "item__language")
    removed = Removal.objects.standing().order_by("item_id").values_list("item_id", "item__slug", "item__language")
    seen = 0
    for number, slug, language in chain(public.iterator(), removed.iterator()):
        yield news_address(number=number, slug=slug, language=language)
        if number != seen:
            yield f"/news/{number}/"
            seen = number
