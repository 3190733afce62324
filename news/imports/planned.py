"""What a plan has shown of each row, and which rows came out otherwise once it was applied."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from news import bulk
from news.imports.bookkeeping import ENTRY, LONGEST_PLACE
from news.imports.decisions import Act, Decision
from news.models import ImportBatch, ImportEntry

MARK_BYTES = 8
SHOWN = ("outcome", "changes", "conflicts", "problems", "lacks")  # of an entry's detail, what a person goes by
UNCHANGED = {"mark": "", "act": Act.UNCHANGED, "outcome": ""}  # what a plan says of a row without an entry
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
    entries = list(batch.entries.all())
    created = {entry.item_number for entry in entries if entry.act == Act.CREATE}
    differing = [entry for entry in entries if _mark(entry, created) != rows.get(str(entry.row), UNCHANGED)["mark"]]
    for entry in differing:
        entry.detail["planned"] = _said(rows.get(str(entry.row), UNCHANGED))
    ImportEntry.objects.bulk_update(differing, ["detail"])
    gone = rows.keys() - {str(entry.row) for entry in entries}
    ImportEntry.objects.bulk_create(_became_unchanged(batch, int(row), rows[row]) for row in gone)
    batch.plan = {"differs": len(differing) + len(gone)}
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
    shown = {name: entry.detail[name] for name in SHOWN if name in entry.detail}
    for part in {"changes", "conflicts"} & shown.keys():
        related = [_without_new(value or (), created) for value in shown[part].get("related", ())]
        shown[part] = shown[part] | {"related": related}
    text = ITEM_NUMBER.sub("item", json.dumps([entry.act, shown], sort_keys=True))
    return hashlib.blake2b(text.encode(), digest_size=MARK_BYTES).hexdigest()


def _without_new(numbers: Iterable[int], created: Collection[int | None]) -> list[int]:
    """Return 0 in the place of each new item's number."""
    return [0 if number < 0 or number in created else number for number in numbers]
