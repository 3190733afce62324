"""What a plan has shown of each row, and which rows came out otherwise once it was applied."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from news import bulk
from news.imports.bookkeeping import ENTRY, LONGEST_PLACE
from news.imports.decisions import Act, Decision
from news.models import ImportBatch, ImportEntry

MARK_BYTES = 8
SHOWN = ("outcome", "changes", "conflicts", "problems", "lacks")  # of an entry's detail, what a person goes by
ITEM_NUMBER = re.compile(r"\bitem -?\d+")


def keep(batch: ImportBatch, decisions: Sequence[Decision]) -> None:
    """Write the entries of a plan, as it is shown."""
    shown = [decision for decision in decisions if decision.act != Act.UNCHANGED]
    bulk.insert(
        ImportEntry,
        ENTRY,
        [
            (
                batch.pk,
                decision.row_number,
                str(decision.place)[-LONGEST_PLACE:],
                decision.act,
                max(decision.item_number, 0) or None,
                bulk.as_json(decision.detail() | {"title": decision.title}),
                False,
            )
            for decision in shown
        ],
    )
    batch.plan = {"rows": {entry.row: _kept(entry) for entry in batch.entries.all()}}
    batch.save(update_fields=["plan"])


def compare(batch: ImportBatch) -> None:
    """Mark the rows that came out otherwise than shown; one that became unchanged gets an entry to say so."""
    rows: Mapping[str, dict[str, str]] = batch.plan.get("rows", {})
    entries = {entry.row: entry for entry in batch.entries.all()}
    created = {entry.item_number for entry in entries.values() if entry.act == Act.CREATE}
    differing = [
        entry for entry in entries.values() if _mark(entry, created) != rows.get(str(entry.row), {}).get("mark")
    ]
    for entry in differing:
        was = rows.get(str(entry.row), {"act": Act.UNCHANGED})
        entry.detail["planned"] = {"act": was["act"], "outcome": was.get("outcome", "")}
    ImportEntry.objects.bulk_update(differing, ["detail"])
    gone = {int(row): was for row, was in rows.items() if int(row) not in entries}
    ImportEntry.objects.bulk_create(
        ImportEntry(
            batch=batch,
            row=row,
            place=was["place"],
            act=Act.UNCHANGED,
            detail={"title": was["title"], "planned": {"act": was["act"], "outcome": was["outcome"]}},
        )
        for row, was in gone.items()
    )
    batch.plan = {"differs": len(differing) + len(gone)}
    batch.save(update_fields=["plan"])


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
    shown = {name: entry.detail[name] for name in SHOWN if name in entry.detail}
    text = json.dumps([entry.act, _without_new(shown, created)], sort_keys=True)
    return hashlib.blake2b(ITEM_NUMBER.sub("item", text).encode(), digest_size=MARK_BYTES).hexdigest()


def _without_new(value: Any, created: Collection[int | None]) -> Any:
    """Return a plain value with 0 for each number of a new item."""
    if isinstance(value, dict):
        return {name: _without_new(one, created) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_new(one, created) for one in value]
    return 0 if isinstance(value, int) and (value < 0 or value in created) else value
