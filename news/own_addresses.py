"""What this site has at an address, as far as its routes alone do not tell: own pages answer any path.

An address without its slash at the end is that of the page with it: there Django redirects.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from news.models import NewsItem
from taxonomy.models import Country, FormerPath, Institution, Topic
from taxonomy.navigation import navigation

ITEM_ROUTES = frozenset(
    {
        "news_item",
        "news_item_by_number",
        "local_news_item",
        "edition",
        "local_edition",
        "comparison",
        "local_comparison",
    }
)
RECORDS: dict[str, Any] = {"country": Country, "institution": Institution, "topic": Topic}


def found(paths: Iterable[str]) -> set[str]:
    """Return those of the paths at which this site has something, be it a draft: a few queries for all.

    Nothing in these has to be a page that is answered with 200: a former address of the site's own leads on.
    """
    matches = {path: match for path in paths if (match := _match(path))}
    wanted: dict[str, set[Any]] = defaultdict(set)
    for match in matches.values():
        kind, value = _asked(match)
        wanted[kind].add(value)
    known = {kind: _known(kind, values) for kind, values in wanted.items()}
    return {path for path, match in matches.items() if _asked(match)[1] in known[_asked(match)[0]]}


def item_numbers(paths: Iterable[str]) -> dict[str, int]:
    """Return for those of the paths that are of an item the number of it, whether there is one or not."""
    matches = {path: match for path in paths if (match := _match(path))}
    return {path: value for path, match in matches.items() for kind, value in [_asked(match)] if kind == "item"}


def _match(path: str) -> ResolverMatch | None:
    """Return the route of the address, by the language of its prefix, with a slash at the end or without."""
    first = path.split("/")[1] if path.startswith("/") else ""
    with override(first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        for form in (path if path.endswith("/") else f"{path}/", path):
            try:
                return resolve(form)
            except Resolver404:
                continue
    return None


def _asked(match: ResolverMatch) -> tuple[str, Any]:
    """Return what has to be there for the route to answer, as its sort and its number, slug or path."""
    name, parts = (match.url_name or "").removesuffix("_file"), match.kwargs
    if name in ITEM_ROUTES:
        return "item", parts["number"]
    if name in RECORDS:
        return name, parts["slug"]
    return ("page", parts["path"]) if name == "page" else ("route", match.route)


def _known(kind: str, values: set[Any]) -> set[Any]:
    """Return those of the values that there are, or once were."""
    if kind == "item":
        return set(NewsItem.objects.filter(pk__in=values).values_list("pk", flat=True))
    if kind == "page":
        former = FormerPath.objects.filter(path__in=values).values_list("path", flat=True)
        return {path for path in values if path in navigation().by_path} | set(former)
    if kind in RECORDS:
        records = RECORDS[kind].objects
        now = records.filter(slug__in=values).values_list("slug", flat=True)
        once = records.filter(former_slugs__slug__in=values).values_list("former_slugs__slug", flat=True)
        return {*now, *once}
    return values
