"""The navigation as plain data in the process: the menu, the trail of a page, and which own page stands at a path.

Read once and kept as long as the catalogue: whatever makes the process forget taxonomy makes it forget this too.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override

from taxonomy.catalogue import Catalogue, Entry, catalogue, in_reading_order
from taxonomy.models import NavigationItem

FIELDS = ("pk", "parent_id", "slug", "address", "is_shown", "country_id", "institution_id", "topic_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationEntry:
    """An entry in one language; `country` is the number of the country that it leads to, for the mark of the chair."""

    pk: int
    name: str
    english_name: str
    address: str
    path: str
    is_shown: bool
    is_own_page: bool
    country: int | None
    parent: int | None
    children: "tuple[NavigationEntry, ...]" = ()

    @property
    def shown_children(self) -> "tuple[NavigationEntry, ...]":
        """Return the children that the menu shows."""
        return tuple(child for child in self.children if child.is_shown)

    def branch(self) -> "Iterator[NavigationEntry]":
        """Yield this entry and all below it."""
        yield self
        for child in self.children:
            yield from child.branch()


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """The whole navigation in one language; the entries by number, by path of slugs, and by the page they lead to."""

    tops: tuple[NavigationEntry, ...]
    by_pk: dict[int, NavigationEntry]
    by_path: dict[str, NavigationEntry]
    by_address: dict[str, NavigationEntry]

    @property
    def menu(self) -> tuple[NavigationEntry, ...]:
        """Return the top entries that the menu shows."""
        return tuple(top for top in self.tops if top.is_shown)

    def trail_to(self, entry: NavigationEntry | None) -> list[NavigationEntry]:
        """Return the entries above this one, outermost first."""
        trail = []
        while entry is not None and entry.parent is not None:
            entry = self.by_pk[entry.parent]
            trail.append(entry)
        return trail[::-1]

    def trail_above(self, address: str) -> list[NavigationEntry]:
        """Return the entries above the page at this address; none if no entry leads there."""
        return self.trail_to(self.by_address.get(address))

    def top_above(self, path: str) -> NavigationEntry | None:
        """Return the top entry under which the page at this address stands: its own, or that of the path above it."""
        while path.count("/") > 1:
            if entry := self.by_address.get(path):
                return next(iter(self.trail_to(entry)), entry)
            path = path[: path.rstrip("/").rfind("/") + 1]
        return None


_kept: tuple[Catalogue, dict[str, Navigation]] | None = None


def navigation() -> Navigation:
    """Return the navigation in the active language, from memory once read."""
    global _kept  # noqa: PLW0603 - the process keeps one
    current, kept = catalogue(), _kept
    if kept is None or kept[0] is not current:
        _kept = kept = (current, read_navigation(current))
    return kept[1].get(get_language() or "en") or kept[1]["en"]


def read_navigation(named_by: Catalogue) -> dict[str, Navigation]:
    """Read the navigation in one query, and lay it out in each language of the interface."""
    labels = [f"label_{code}" for code, _name in settings.LANGUAGES]
    rows = list(NavigationItem.objects.order_by("tree_id", "lft").values(*FIELDS, *labels))
    laid_out = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            laid_out[code] = _lay_out(rows, named_by, code)
    return laid_out


def _lay_out(rows: list[dict[str, Any]], named_by: Catalogue, language: str) -> Navigation:
    """Build the entries from the leaves upwards: a row's children are ready when its turn comes."""
    paths = _paths(rows)
    children: dict[int | None, list[NavigationEntry]] = defaultdict(list)
    for row in reversed(rows):
        target = _target(row, named_by)
        entry = NavigationEntry(
            pk=row["pk"],
            name=_name(row, target, language),
            english_name=_name(row, target, "en"),
            address=_address(row, target, paths[row["pk"]], language),
            path=paths[row["pk"]],
            is_shown=row["is_shown"],
            is_own_page=not (target or row["address"]),
            country=row["country_id"],
            parent=row["parent_id"],
            children=tuple(in_reading_order(children.pop(row["pk"], ())[::-1])),
        )
        children[row["parent_id"]].append(entry)
    tops = tuple(children[None][::-1])
    everything = [entry for top in tops for entry in top.branch()]
    return Navigation(
        tops=tops,
        by_pk={entry.pk: entry for entry in everything},
        by_path={entry.path: entry for entry in everything},
        by_address=_by_address(everything),
    )


def _by_address(entries: list[NavigationEntry]) -> dict[str, NavigationEntry]:
    """Say which entry stands for each address: the highest, then the first."""
    return {entry.address: entry for entry in sorted(entries, key=lambda entry: entry.path.count("/"))[::-1]}


def _paths(rows: list[dict[str, Any]]) -> dict[int, str]:
    """Return the path of slugs of each row; parents come before their children."""
    paths: dict[int, str] = {}
    for row in rows:
        above = paths.get(row["parent_id"])
        paths[row["pk"]] = f"{above}/{row['slug']}" if above else row["slug"]
    return paths


def _target(row: dict[str, Any], named_by: Catalogue) -> Entry | None:
    """Return the record that the row leads to."""
    return (
        named_by.countries.get(row["country_id"])
        or named_by.institutions.get(row["institution_id"])
        or named_by.topics.get(row["topic_id"])
    )


def _name(row: dict[str, Any], target: Entry | None, language: str) -> str:
    """Return the label, or the name of the target: a name in the language before an English label."""
    in_language = row[f"label_{language}"] or (target.names.get(language) if target else "")
    return in_language or row["label_en"] or (target.name if target else "") or row["slug"]


def _address(row: dict[str, Any], target: Entry | None, path: str, language: str) -> str:
    """Return where the entry leads in the language."""
    if target:
        return target.address
    if not row["address"]:
        return reverse("page", args=[path])
    if row["address"].startswith("/"):
        with override("en"):  # the address is stored without a language
            return translate_url(row["address"], language)
    return row["address"]
