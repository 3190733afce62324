"""What an item's page says beside the form: its editions, which of them is public, and what the newest holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from news.admin.fields import item_texts
from news.admin.states import edition_state, item_state, newest_first
from news.models import Edition, NewsItem
from taxonomy.catalogue import Entry, catalogue
from taxonomy.dates import moment_label


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    """One row of the table of editions; `address` is empty unless visitors could once read it."""

    edition: Edition
    state: str
    address: str


def standing(item: NewsItem) -> dict[str, Any]:
    """Return the editions of an item, the newest first, with their states and addresses."""
    now = timezone.now()
    editions = newest_first(item)
    return {
        "edition": editions[0],
        "public_edition": next((edition for edition in editions if is_public(edition)), None),
        "state_text": item_state(editions, now=now),
        "editions": [
            EditionRow(edition=edition, state=edition_state(edition, now=now), address=edition_address(item, edition))
            for edition in editions
        ],
    }


def is_public(edition: Edition) -> bool:
    """Say whether visitors read this edition now."""
    now = timezone.now()
    is_over = edition.visible_until is not None and edition.visible_until <= now
    return bool(edition.visible_from and edition.visible_from <= now and not is_over and not edition.is_retracted)


def edition_address(item: NewsItem, edition: Edition) -> str:
    """Return where visitors can read an edition that is or was public, or an empty text."""
    if edition.visible_from is None or edition.visible_from > timezone.now() or edition.is_retracted:
        return ""
    return item.get_absolute_url() if is_public(edition) else f"{item.get_absolute_url()}editions/{edition.number}/"


def facts(item: NewsItem, edition: Edition) -> list[tuple[str, str]]:
    """Return label and text of everything that the edition holds but its body."""
    records = catalogue()
    related = item_texts(edition.tags.get("related", ()))
    return [
        (_("kind"), edition.get_kind_display()),
        (_("title"), edition.title),
        (_("summary"), edition.summary),
        (_("dateline"), edition.dateline),
        (_("issued on"), moment_label(edition.issued_at) if edition.issued_at else ""),
        (_("issued by"), _names(records.institutions, edition.tags.get("issued_by"))),
        (_("countries"), _names(records.countries, edition.tags.get("countries"))),
        (_("fields of work"), _names(records.topics, edition.tags.get("topics"))),
        (_("related items"), "; ".join(related.values())),
        (_("language"), item.get_language_display()),
    ]


def _names(entries: Mapping[int, Entry], numbers: list[int] | None) -> str:
    return ", ".join(entries[number].name for number in numbers or () if number in entries)
