"""Editions as rows: what they are tagged with by slug, since numbers are this site's own."""

from collections.abc import Callable, Iterable
from typing import Any

from news.clock import clock
from news.importers.rows import EditionRow
from news.item_export.links import Links
from taxonomy.catalogue import catalogue

PLAIN_COLUMNS = (
    "number",
    "state",
    "kind",
    "title",
    "summary",
    "dateline",
    "body",
    "issued_at",
    "is_minor",
    "change_note",
    "remark",
    "visible_from",
    "visible_until",
    "listed_until",
)
EDITION_COLUMNS = ("item", *PLAIN_COLUMNS, "tags", "renders__number")
Slugs = dict[str, Callable[[int], str]]


def slugs_of() -> Slugs:
    """Return for each sort of tag what gives the slug of its records."""
    known = catalogue()
    return {
        "issued_by": lambda number: known.institutions[number].slug,
        "countries": lambda number: known.countries[number].slug,
        "topics": lambda number: known.topics[number].slug,
    }


def edition_row(row: dict[str, Any], links: Links, slugs: Slugs) -> EditionRow:
    """Make the row of an edition; what has no order is put in that of the alphabet."""
    tags = row["tags"]
    return EditionRow(
        **{name: row[name] for name in PLAIN_COLUMNS},
        issued_by=tuple(map(slugs["issued_by"], tags["issued_by"])),
        countries=_sorted(map(slugs["countries"], tags["countries"])),
        topics=_sorted(map(slugs["topics"], tags["topics"])),
        related=tuple(reference for number in tags["related"] if (reference := links.to(number))),
        renders=row["renders__number"] or 0,
    )


def public_part(row: dict[str, Any]) -> dict[str, Any]:
    """Return a public edition without what is the newsroom's own, and without an end that tells what is to come."""
    now = clock.now()
    ends = {name: row[name] if row[name] and row[name] <= now else None for name in ("visible_until", "listed_until")}
    return row | ends | {"remark": "", "renders__number": None}


def _sorted(slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(slugs))
