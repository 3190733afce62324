"""Where the address of a removed item may lead: a page of this site, kept by its identity and never by its address.

An address is a wish of the person who types; what is kept is "news_item 12", "country 3" or "page 7", so that a page
that is renamed or moved later still costs its reader one redirect.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from news.models import Edition, NewsItem, Removal
from taxonomy.catalogue import catalogue
from taxonomy.models import Country, FormerPath, Institution, Topic
from taxonomy.navigation import navigation

LISTS = ("home", "news_list", "countries", "institutions", "topics")
RECORDS: dict[str, tuple[type[Any], str]] = {  # model, and where the catalogue keeps it
    "country": (Country, "countries"),
    "institution": (Institution, "institutions"),
    "topic": (Topic, "topics"),
}


def read_destination(text: str) -> str:
    """Return what a typed address or item number leads to, as it is kept.

    Raises:
        ValidationError: it is no address of a page of this site.
    """
    typed = text.strip()
    path = typed if typed.isdecimal() else urlsplit(typed.removeprefix(settings.SITE_URL)).path
    found = _item(path) if path.isdecimal() else _page(path) if _is_own(typed) else ""
    if not found:
        raise ValidationError(
            _("“%(text)s” is no page of this site. Write the address of one, such as /news/, or an item’s number."),
            params={"text": text},
            code="no_page",
        )
    return found


def address_of(destination: str) -> str:
    """Return the address of what is kept, in the active language, or an empty text where it is gone."""
    kind, _space, number = destination.partition(" ")
    if kind in LISTS:
        return reverse(kind)
    if kind == "news_item":
        item = NewsItem.objects.filter(pk=number).first()
        return item.get_absolute_url() if item else ""
    known: dict[int, Any] = navigation().by_pk if kind == "page" else getattr(catalogue(), RECORDS[kind][1])
    entry = known.get(int(number))
    return entry.address if entry else ""


def follow(destination: str) -> tuple[str, Removal | None]:
    """Return where the destination ends, once the removals on its way are followed, and the removal that it ends at.

    The last one is of an item that leads nowhere: published in error, without a redirect.
    """
    passed: set[str] = set()
    while destination.startswith("news_item ") and destination not in passed:
        passed.add(destination)
        removal = _leading_removal(destination)
        if removal is None:
            return destination, None
        if not removal.leads_to:
            return destination, removal
        destination = removal.leads_to
    return destination, None


def refuse_circle(item: NewsItem, destination: str) -> None:
    """Refuse a destination that is the item itself, leads back to it, or is no public page.

    Raises:
        ValidationError: a reader would never arrive.
    """
    end, removal = follow(destination)
    if f"news_item {item.pk}" in {destination, end}:
        raise ValidationError(
            _("That page is this item, or leads back to it. Choose another page."), code="leads_to_itself"
        )
    if removal or not _is_public(end):
        raise ValidationError(_("That page is not public. Choose one that readers can open."), code="not_public")


def _leading_removal(destination: str) -> Removal | None:
    """Return the removal that stands for the item and takes its page away."""
    number = destination.partition(" ")[2]
    gone = Removal.objects.standing().exclude(kind=Removal.Kind.WITHDRAWN)
    return gone.filter(item=number).first()


def _is_public(destination: str) -> bool:
    kind, _space, number = destination.partition(" ")
    return kind != "news_item" or Edition.objects.visible().filter(item=int(number)).exists()


def _is_own(typed: str) -> bool:
    """Say whether the text is a path, or an address of this site."""
    return (typed.startswith("/") and not typed.startswith("//")) or typed.startswith(f"{settings.SITE_URL}/")


def _item(number: str) -> str:
    is_known = len(number) < len(str(2**63)) and NewsItem.objects.filter(pk=number).exists()
    return f"news_item {int(number)}" if is_known else ""


def _page(path: str) -> str:
    """Return what stands at a path of the site, whatever its language."""
    with override(_language_of(path)):
        try:
            match = resolve(path)
        except (Resolver404, NoReverseMatch):
            return ""
        return _finder(match.url_name or "")(match.kwargs, match.url_name or "")


def _language_of(path: str) -> str:
    first = path.split("/")[1] if path.count("/") > 1 else ""
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _finder(name: str) -> Callable[[dict[str, Any], str], str]:
    """Return what reads the parts of an address with this name."""
    if name in LISTS:
        return lambda _parts, name: name
    if name in RECORDS:
        return _record
    if name in {"news_item", "news_item_by_number", "local_news_item", "edition", "local_edition"}:
        return lambda parts, _name: _item(str(parts["number"]))
    return _own_page if name == "page" else lambda _parts, _name: ""


def _record(parts: dict[str, Any], name: str) -> str:
    """Find a record of taxonomy by its slug, or one that it once had."""
    model: Any = RECORDS[name][0]
    found = model.objects.filter(slug=parts["slug"]) or model.objects.filter(former_slugs__slug=parts["slug"])
    return f"{name} {found[0].pk}" if found else ""


def _own_page(parts: dict[str, Any], _name: str) -> str:
    """Find an own page of the navigation by its path, or one at which it once stood."""
    entry = navigation().by_path.get(parts["path"])
    if entry:
        return f"page {entry.pk}" if entry.is_own_page else ""
    former = FormerPath.objects.filter(path=parts["path"]).first()
    return f"page {former.navigation_item_id}" if former else ""
