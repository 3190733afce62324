"""What a plan has shown of each row, and which rows came out otherwise once it was applied."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from news import bulk
from news.imports.bookkeeping import ENTRY, LONGEST_PLACE
from news.imports.decisions import Act, Decision
from news.models import ImportBatch, ImportEntry

MARK_BYTES = 8
SHOWN = ("outcome", "changes", "conflicts", "problems", "lacks")  # of an entry's detail, what a person goes by
UNCHANGED = {"mark": "", "act": Act.UNCHANGED, "outcome": ""}  # what a plan says of a row without an entry
NEW = -1  # the number of an item that a plan would make
NAMING = ("related", "translation_of")  # fields that hold numbers of items
ITEM_NUMBER = re.compile(r"\bitem -?\d+")


def keep(batch: ImportBatch, decisions: Sequence[Decision]) -> None:
    """Write the entries of a plan, as it is shown."""
    created = {decision.item_number for decision in decisions if decision.act == Act.CREATE}
    rows = [
        (
            batch.pk,
            decision.row_number,
            str(decision.place)[-LONGEST_PLACE:],
            decision.act,
            decision.known_number or None,
            bulk.as_json(without_new(decision.detail() | {"title": decision.title}, created)),
            False,
        )
        for decision in decisions
        if decision.act != Act.UNCHANGED
    ]
    bulk.insert(ImportEntry, ENTRY, rows)
    batch.plan = {"rows": {entry.row: _kept(entry) for entry in batch.entries.all()}}
    batch.save(update_fields=["plan"])


def compare(batch: ImportBatch) -> None:
    """Mark the rows that came out otherwise than shown; one that became unchanged gets an entry to say so."""
    if "rows" not in batch.plan:
        return  # it was compared before the run was interrupted
    rows: Mapping[str, dict[str, str]] = batch.plan["rows"]
    entries = list(batch.entries.all())
    created = {entry.item_number for entry in entries if entry.act == Act.CREATE}
    differing = [entry for entry in entries if _mark(entry, created) != rows.get(str(entry.row), UNCHANGED)["mark"]]
    for entry in differing:
        entry.detail["planned"] = _said(rows.get(str(entry.row), UNCHANGED))
    gone = rows.keys() - {str(entry.row) for entry in entries}
    batch.plan = {"differs": len(differing) + len(gone)}
    with transaction.atomic():
        ImportEntry.objects.bulk_update(differing, ["detail"])
        ImportEntry.objects.bulk_create(_became_unchanged(batch, int(row), rows[row]) for row in gone)
        batch.save(update_fields=["plan"])


def _said(was: Mapping[str, str]) -> dict[str, str]:
    return {"act": was["act"], "outcome": was["outcome"]}


def _became_unchanged(batch: ImportBatch, row: int, was: Mapping[str, str]) -> ImportEntry:
    detail = {"title": was["title"], "planned": _said(was)}
    return ImportEntry(batch=batch, row=row, place=was["place"], act=Act.UNCHANGED, detail=detail)


def _kept(entry: ImportEntry) -> dict[str, str]:
    return {
        "mark": _mark(entry, set()),
        "act": entry.act,
        "outcome": entry.detail.get("outcome", ""),
        "place": entry.place,
        "title": entry.detail.get("title", ""),
    }


def _mark(entry: ImportEntry, created: Collection[int | None]) -> str:
    """Return a fingerprint of what is shown of a row; the numbers of new items, which a plan cannot know, aside."""
    detail = without_new(entry.detail, created)
    shown = {name: detail[name] for name in SHOWN if name in detail}
    text = ITEM_NUMBER.sub("item", json.dumps([entry.act, shown], sort_keys=True))
    return hashlib.blake2b(text.encode(), digest_size=MARK_BYTES).hexdigest()


def without_new(detail: dict[str, Any], created: Collection[int | None]) -> dict[str, Any]:
    """Return an entry's detail with `NEW` in the place of each new item's number."""
    replaced: dict[str, Any] = {}
    for part in {"changes", "conflicts"} & detail.keys():
        values = {name: [_renamed(value, created) for value in detail[part].get(name, ())] for name in NAMING}
        replaced[part] = detail[part] | {name: value for name, value in values.items() if value}
    return detail | replaced


def _renamed(value: Any, created: Collection[int | None]) -> Any:
    if isinstance(value, list):
        return [_renamed(one, created) for one in value]
    return NEW if value in created else value
