"""What stands on the site of the items that some rows speak of: read in a few queries for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from news.importers.rows import ItemRow, Reference
from news.models import Contribution, DiscardedImport, Edition, FormerAddress, LastImport, NewsItem, Removal

type Key = tuple[str, str, str]  # source, number there, language


class Known(NamedTuple):
    """An item that is here, as far as a row asks that says nothing new."""

    number: int
    source: str
    source_id: str
    language: str
    original: int | None
    slug: str
    said: str | None  # by the last import; None where it was never imported


@dataclass(slots=True, kw_only=True)
class Standing:
    """An item that is here, with all that a changed row is held against."""

    item: NewsItem
    newest: Edition
    wrote: dict[str, str]
    said: str | None
    removal: Removal | None
    has_contributions: bool
    addresses: frozenset[str] = field(default_factory=frozenset)


# What stands in the place of a row's fingerprint where the next import of the row is to look at the item anew.
CONFLICT = "conflict"
NOT_READ = ""


def undone_by(removal: Removal) -> str:
    """Return what stands there while an item is removed because its import was undone, and for nothing else."""
    return f"undone {removal.pk}"


COLUMNS = ("pk", "source", "source_id", "language", "translation_of", "slug", "last_import__said")


def key_of(row: ItemRow) -> Key:
    """Return what makes a row the same item again; an item of this site has its number alone."""
    return (row.source, row.source_id, row.language) if row.source_id else ("", f"#{row.number}", row.language)


def known_items(rows: Collection[ItemRow]) -> tuple[dict[Key, Known], dict[int, Known]]:
    """Return the items of the rows, by key and by number: those of this site have a number alone."""
    items = NewsItem.objects.order_by().values_list(*COLUMNS)
    by_key = _of_sources(items, rows)
    numbers = {row.number for row in rows if row.number}
    by_number = {found[0]: Known(*found) for found in items.filter(pk__in=numbers)} if numbers else {}
    return by_key, by_number


def _of_sources(items, rows: Iterable[ItemRow | Reference]) -> dict[Key, Known]:  # type: ignore[no-untyped-def]  # a queryset of tuples
    ids = defaultdict(set)
    for row in rows:
        if row.source_id:
            ids[row.source].add(row.source_id)
    found = {}
    for source, numbers in ids.items():
        # The last condition is the index's own: without it the database reads all items.
        for values in items.filter(~Q(source_id=""), source=source, source_id__in=numbers):
            known = Known(*values)
            found[known.source, known.source_id, known.language] = known
    return found


def referred_items(references: Collection[Reference]) -> tuple[dict[tuple[str, str], list[Known]], dict[int, Known]]:
    """Return the items that are referred to, by source and number there, and by number here."""
    items = NewsItem.objects.order_by().values_list(*COLUMNS)
    by_source = defaultdict(list)
    for known in _of_sources(items, references).values():
        by_source[known.source, known.source_id].append(known)
    numbers = {reference.number for reference in references if reference.number}
    by_number = {found[0]: Known(*found) for found in items.filter(pk__in=numbers)} if numbers else {}
    return by_source, by_number


def discarded_numbers(rows: Collection[ItemRow]) -> dict[Key, int]:
    """Return the numbers that items bore which an undone import has discarded."""
    if not rows or not DiscardedImport.objects.exists():
        return {}
    wanted = DiscardedImport.objects.filter(source_id__in={row.source_id for row in rows})
    found = wanted.values_list("source", "source_id", "language", "item_number")
    return {(source, source_id, language): number for source, source_id, language, number in found}


def standings(numbers: Collection[int]) -> dict[int, Standing]:
    """Return all that a changed row is held against, by the item's number."""
    if not numbers:
        return {}
    items = NewsItem.objects.in_bulk(list(numbers))
    newest = {
        edition.item_id: edition for edition in Edition.objects.filter(item__in=numbers).order_by("item", "number")
    }
    imports = LastImport.objects.in_bulk(list(numbers))
    removals = {removal.item_id: removal for removal in Removal.objects.standing().filter(item__in=numbers)}
    open_ones = [edition.pk for edition in newest.values() if edition.is_open]
    touched = set(Contribution.objects.filter(edition__in=open_ones).values_list("edition", flat=True))
    addresses = defaultdict(set)
    for number, path in FormerAddress.objects.filter(item__in=numbers).values_list("item", "path"):
        addresses[number].add(path)
    found = {}
    for number, item in items.items():
        edition = newest[number]
        edition.item = item
        last = imports.get(number)
        found[number] = Standing(
            item=item,
            newest=edition,
            wrote=last.wrote if last else {},
            said=last.said if last else None,
            removal=removals.get(number),
            has_contributions=edition.pk in touched,
            addresses=frozenset(addresses[number]),
        )
    return found


def taken_addresses(paths: Collection[str]) -> dict[str, int]:
    """Return which items stood at the paths."""
    return dict(FormerAddress.objects.filter(path__in=paths).values_list("path", "item")) if paths else {}


def translations_of(numbers: Collection[int]) -> dict[tuple[int, str], int]:
    """Return the translations that are here, by original and language."""
    found = NewsItem.objects.filter(Q(translation_of__in=numbers)).values_list("translation_of", "language", "pk")
    return {(original, language): number for original, language, number in found if original}
