"""The one way in which an item is written as a line of JSON: what `docs/import-format.md` says, read backwards."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings

from news.importers.fields import ALWAYS_WRITTEN, CONTENT_FIELDS
from news.importers.rows import EditionRow, ItemRow, Reference, RemovalRow
from news.models.news_item import news_address
from news.moments import moment_text

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line_of(row: ItemRow) -> bytes:
    """Return the item as one line, its end included: the same row is always the same bytes."""
    newest = row.newest
    has_history = len(row.editions) > 1 or newest.number > 1
    alone = {} if has_history else _publishing(newest)
    editions = [_edition(edition, row) for edition in row.editions] if has_history else []
    fields = _identity(row) | _content(newest, row) | alone | _removals(row) | {"editions": editions}
    return f"{_encode(_filled(fields))}\n".encode()


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, which says the same as not being there at all; for numbers, that is 0."""
    return {name: value for name, value in fields.items() if value or name in ALWAYS_WRITTEN}


def _identity(row: ItemRow) -> dict[str, Any]:
    address = f"{_folder(row.language)}{row.number}/{row.slug}/" if row.number and row.slug else ""
    return {
        "source": row.source if row.source_id else "",  # alone, a reader would take the id for a number of it
        "source_id": row.source_id,
        "id": row.number,
        "language": row.language,
        "slug": row.slug,
        "url": settings.SITE_URL + address if address else "",
        "former_addresses": row.former_addresses,
        "translation_of": _reference(row.translation_of, row) if row.translation_of else None,
    }


@cache
def _folder(language: str) -> str:
    """Return where all items in a language stand: to ask Django anew for each costs a fifth of an export."""
    return news_address(number=0, slug="x", language=language).removesuffix("0/x/")


def _content(edition: EditionRow, row: ItemRow) -> dict[str, Any]:
    return {
        "kind": edition.kind,
        "title": edition.title,
        "summary": edition.summary,
        "body_html": edition.body,
        "dateline": edition.dateline,
        "issued_at": edition.issued_at and moment_text(edition.issued_at),
        "issued_by": edition.issued_by,
        "countries": edition.countries,
        "topics": edition.topics,
        "related": _references(edition.related, row),
    }


def _publishing(edition: EditionRow) -> dict[str, Any]:
    return {
        "state": edition.state,
        "visible_from": edition.visible_from and moment_text(edition.visible_from),
        "visible_until": edition.visible_until and moment_text(edition.visible_until),
        "listed_until": edition.listed_until and moment_text(edition.listed_until),
        "is_minor": edition.is_minor,
        "change_note": edition.change_note,
        "remark": edition.remark,
        "renders": edition.renders,
    }


def _edition(edition: EditionRow, row: ItemRow) -> dict[str, Any]:
    """Return an edition with what differs from the newest one, even where that is empty here."""
    own, newest = _content(edition, row), _content(row.newest, row)
    differing = {name: own[name] for name in CONTENT_FIELDS if own[name] != newest[name]}
    return _filled({"number": edition.number} | _publishing(edition)) | differing


def _removals(row: ItemRow) -> dict[str, Any]:
    """Return the removal that stands, and those that were undone."""
    standing = [_removal(removal, row) for removal in row.removals if removal.undone_at is None]
    undone = [_removal(removal, row) for removal in row.removals if removal.undone_at is not None]
    return {"removal": standing[-1] if standing else None, "undone_removals": undone}


def _removal(removal: RemovalRow, row: ItemRow) -> dict[str, Any]:
    place = removal.leads_to
    fields = {
        "kind": removal.kind,
        "explanation": removal.explanation,
        "leads_to": _reference(place, row) if isinstance(place, Reference) else place,
        "removed_at": removal.removed_at and moment_text(removal.removed_at),
        "undone_at": removal.undone_at and moment_text(removal.undone_at),
    }
    return _filled(fields)


def _references(references: Iterable[Reference], row: ItemRow) -> list[dict[str, Any]]:
    return [_reference(reference, row) for reference in references]


def _reference(reference: Reference, row: ItemRow) -> dict[str, Any]:
    """Name another item as the row's own source numbers it, or as this site does where no source has numbered it."""
    if not reference.source_id:
        return {"id": reference.number}
    source = reference.source if reference.source != row.source else ""
    return _filled({"source": source, "source_id": reference.source_id}) | (
        {"language": reference.language} if reference.language else {}
    )
