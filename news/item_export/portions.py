"""Rows made from the database: the same number of questions for a portion, however much it holds."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from news.importers.fields import FIELDS
from news.importers.rows import InLine, ItemRow, Place
from news.item_export.chosen import Chosen
from news.item_export.editions import EDITION_COLUMNS, edition_row, public_part, slugs_of
from news.item_export.links import Links, numbers_in
from news.models import Edition, FormerAddress, NewsItem, Removal

ITEM_COLUMNS = ("pk", "language", "slug", "translation_of", "source", "source_id")
REMOVAL_COLUMNS = ("item", "kind", "explanation", "leads_to", "removed_at", "undone_at")
NOWHERE = InLine(at=Place(file="this site", line=0))
ALL_FIELDS = frozenset(FIELDS)


@dataclass(slots=True)
class Portion:
    """Some stories' items, each list of rows by the number of its item."""

    items: list[dict[str, Any]]
    editions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    removals: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    addresses: dict[int, list[str]] = field(default_factory=dict)


def exported_rows(chosen: Chosen, *, is_public: bool = False) -> Iterator[ItemRow]:
    """Yield the items story by story, the original before its translations, by number.

    Args:
        chosen: which items.
        is_public: whether only what readers may see, or could once, is named: no drafts, nothing that is to come,
            nothing that was published in error.
    """
    slugs = slugs_of()
    for stories in chosen.portions():
        portion = _read(stories, chosen, is_public=is_public)
        links = Links.read(_referred(portion), is_public=is_public)
        for item in portion.items:
            if item["pk"] in portion.editions:
                yield _row(item, portion, links, slugs)


def _read(stories: Sequence[int], chosen: Chosen, *, is_public: bool) -> Portion:
    of_stories = NewsItem.objects.filter(Q(pk__in=stories) | Q(translation_of__in=stories)).values(*ITEM_COLUMNS)
    items = sorted((item for item in of_stories if chosen.holds(item["pk"])), key=_place)
    numbers = [item["pk"] for item in items]
    known: Any = Edition.objects.ever_visible() if is_public else Edition.objects
    editions = known.filter(item__in=numbers).order_by("item", "number").values(*EDITION_COLUMNS)
    removals = Removal.objects.filter(item__in=numbers).order_by("removed_at", "pk").values(*REMOVAL_COLUMNS)
    if is_public:
        editions = map(public_part, editions)
        removals = removals.exclude(kind=Removal.Kind.ERROR)
    addresses = FormerAddress.objects.filter(item__in=numbers).values("item", "path")
    return Portion(
        items=items,
        editions=_by_item(editions),
        removals=_by_item(removals),
        addresses={item: sorted(row["path"] for row in rows) for item, rows in _by_item(addresses).items()},
    )


def _place(item: dict[str, Any]) -> tuple[int, bool, int]:
    """Return where an item stands in an export."""
    original = item["translation_of"]
    return original or item["pk"], original is not None, item["pk"]


def _by_item(rows: Any) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["item"]].append(row)
    return dict(found)


def _referred(portion: Portion) -> set[int]:
    """Return the numbers of all items that those of the portion name."""
    originals = {item["translation_of"] for item in portion.items if item["translation_of"]}
    related = {number for rows in portion.editions.values() for row in rows for number in row["tags"]["related"]}
    return originals | related | numbers_in(row["leads_to"] for rows in portion.removals.values() for row in rows)


def _row(item: dict[str, Any], portion: Portion, links: Links, slugs: dict[str, Callable[[int], str]]) -> ItemRow:
    number = item["pk"]
    removals = [links.removal(row) for row in portion.removals.get(number, ())]
    return ItemRow(
        whereabouts=NOWHERE,
        source=item["source"],
        source_id=item["source_id"],
        language=item["language"],
        editions=tuple(edition_row(row, links, slugs) for row in portion.editions[number]),
        given=ALL_FIELDS,
        number=number,
        slug=item["slug"],
        translation_of=links.to(item["translation_of"]) if item["translation_of"] else None,
        former_addresses=tuple(portion.addresses.get(number, ())),
        removals=tuple(sorted(removals, key=lambda removal: removal.undone_at is None)),  # the one that stands, last
    )
