"""Addresses at which items stood elsewhere, or before: each leads to its item by one redirect.

An exact address decides first. In the legacy scheme, `[/<language>]/<anything>/<number>`, the number decides: whatever
stands before it may have been renamed.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import repercent_broken_unicode
from django.utils.translation import override

from news import own_addresses
from news.clock import clock
from news.destinations import address_of, follow
from news.models import Edition, FormerAddress, NewsItem, Removal
from news.models.former_address import LONGEST_PATH
from news.models.news_item import news_languages
from taxonomy.dependencies import holds_until

NEVER = frozenset({"admin", "api", "static", "media"})  # the site's own machinery, whatever stood there elsewhere
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
NUMBER = re.compile("[0-9]{1,18}", re.ASCII)  # as long as a database can hold it
LONGEST_WRITTEN = 9 * LONGEST_PATH  # letters: each in UTF-8 by three percent signs, as Georgian is
LEAST_PARTS = 2  # of an address in the legacy scheme: something, and the number
type Version = tuple[str, bool, int]  # a text's language, whether it is a translation, its item


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, as it is kept and looked up."""

    path: str

    @property
    def parts(self) -> list[str]:
        """Return what stands between the slashes, without the language in front."""
        parts = self.path.split("/")[1:]
        return parts[1:] if parts[0].lower() in dict(news_languages()) else parts

    @property
    def language(self) -> str:
        """Return the language that stands in front; English where none does."""
        first = self.path.split("/")[1].lower()
        return first if first in dict(news_languages()) else settings.LANGUAGE_CODE

    @property
    def number(self) -> int | None:
        """Return the number that decides, where the address is one of the legacy scheme."""
        parts = self.parts
        is_legacy = len(parts) >= LEAST_PARTS and NUMBER.fullmatch(parts[-1])
        return int(parts[-1]) if is_legacy else None

    @property
    def is_machinery(self) -> bool:
        """Say whether it is never looked up."""
        return bool(NEVER.intersection(self.parts[:1]))


def normal(text: str) -> str:
    """Return an address as it is kept, or an empty text for what cannot be one.

    Percent signs are read as a browser would until none is left to be read, so that the same address is the same text
    however often it is written and read, but for spaces, which no address has; capitals stay; a slash at the end, a
    query and a fragment go.
    """
    path = _bare(text) if len(text) <= LONGEST_WRITTEN else ""
    while "%" in path and (decoded := repercent_broken_unicode(unquote_to_bytes(path)).decode()) != path:
        path = _bare(decoded)
    path = path.rstrip("/").replace(" ", "%20")
    is_path = path.startswith("/") and not path.startswith("//")
    return path if is_path and len(path) <= LONGEST_PATH and not CONTROL.search(path) else ""


def legacy_number(path: str) -> int | None:
    """Return the number that decides at an address as it is kept, where that is one of the legacy scheme."""
    return Asked(path).number


def _bare(path: str) -> str:
    """Return the path without what is no part of it."""
    return re.split("[?#]", path, maxsplit=1)[0]


def rows_for(item: NewsItem, paths: Iterable[str]) -> list[FormerAddress]:
    """Make the rows, not yet saved, for an item that has its number; its own address is none of them.

    A path is kept once in the whole site: `holders` tells which are taken.
    """
    wanted = {path: None for text in paths if (path := normal(text))}
    own = f"/news/{item.pk}"  # asking for its whole address costs more than all the rest
    return [
        FormerAddress(item=item, path=path, number=Asked(path).number, language=item.language)
        for path in wanted
        if own not in path or path != normal(item.get_absolute_url())
    ]


def holders(paths: Collection[str]) -> dict[str, int]:
    """Return the numbers of the items that stood at these addresses, as far as any did."""
    return dict(FormerAddress.objects.filter(path__in=paths).values_list("path", "item"))


def redirect_from(request: HttpRequest) -> HttpResponse | None:
    """Lead on from an address at which this site has nothing, and an item once stood elsewhere; without the query."""
    item = item_at(request.path) if request.method in {"GET", "HEAD"} else None
    if item is None or _is_another_page(request.path, item):
        return None
    holds_until(clock.now())  # no page cache keeps it: former addresses come without an act of publishing
    address = addresses_of([item])[item.pk]
    answer = HttpResponsePermanentRedirect(address)
    if address != item.get_absolute_url():
        answer.headers["Cache-Control"] = "no-cache"  # a removal can be undone, and a browser would keep it for ever
    return answer


def _is_another_page(path: str, item: NewsItem) -> bool:
    """Say whether the site has something else at the address, which answers with a slash at its end, or is a draft."""
    own = own_addresses.item_numbers([path])
    return own.get(path) != item.pk and bool(own_addresses.found([path]))


def item_at(text: str) -> NewsItem | None:
    """Return the item that readers of the address are led to."""
    return next(iter(items_at([text]).values()), None)


def items_at(texts: Iterable[str]) -> dict[str, NewsItem]:
    """Return by address the items to which they lead, in three queries for all; drafts are none of them."""
    asked = {text: address for text in texts if (address := _asked(text))}
    led = _led(asked.values())
    items = _answering().in_bulk(set(led.values()))
    return {text: items[led[address]] for text, address in asked.items() if led.get(address) in items}


def _led(asked: Collection[Asked]) -> dict[Asked, int]:
    """Return by address the numbers of the items, drafts too."""
    exact = holders({address.path for address in asked})
    by_number = _by_number({address.number for address in asked if address.path not in exact})
    found = {address: exact.get(address.path) or _version(address, by_number) for address in asked}
    return {address: number for address, number in found.items() if number}


def _asked(text: str) -> Asked | None:
    """Return an address that may have been an item's."""
    path = normal(text)
    address = Asked(path) if path else None
    return None if address is None or address.is_machinery else address


def addresses_of(items: Collection[NewsItem]) -> Mapping[int, str]:
    """Return where readers of the items arrive: at its page, or where a removal leads them, without a stop."""
    numbers = [item.pk for item in items]
    gone = Removal.objects.standing().filter(item__in=numbers).exclude(leads_to="")
    led = dict(gone.values_list("item", "leads_to"))
    return {item.pk: _end(item, led.get(item.pk, "")) or item.get_absolute_url() for item in items}


def answering(numbers: Iterable[int]) -> set[int]:
    """Return those of the items that answer at their address, be it that they are gone."""
    return set(_answering().filter(pk__in=set(numbers)).values_list("pk", flat=True))


def _answering() -> Any:
    """Keep the items whose address answers: with the text, or with where it went and why."""
    visible = Edition.objects.visible().filter(item=OuterRef("pk"))
    removed = Removal.objects.standing().filter(item=OuterRef("pk"))
    return NewsItem.objects.filter(Exists(visible) | Exists(removed))


def _by_number(numbers: set[int | None]) -> Mapping[int | None, list[Version]]:
    """Return for each legacy number the texts that had it; None is none."""
    found: dict[int | None, list[Version]] = defaultdict(list)
    if wanted := numbers - {None}:
        rows = FormerAddress.objects.filter(number__in=wanted, item__in=_answering())
        columns = ("number", "language", "item", "item__translation_of")
        for number, language, item, original in rows.values_list(*columns):
            found[number].append((language, original is not None, item))
    return found


def _version(address: Asked, known: Mapping[int | None, list[Version]]) -> int | None:
    """Return the text in the language of the address, else the original, else the first that came."""
    texts = known.get(address.number, ())
    ranked = [(language != address.language, is_translation, item) for language, is_translation, item in texts]
    return min(ranked)[2] if ranked else None


def _end(item: NewsItem, destination: str) -> str:
    """Return the address at which the way ends, empty where nothing stands there."""
    if not destination:
        return ""
    end, closed = follow(destination)
    speaks = item.language if item.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(speaks):
        return "" if closed else address_of(end)
