"""What a run keeps of each row: its entry in the batch, what was written of each field, former addresses."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from news import bulk
from news.former_addresses import legacy_number
from news.imports.decisions import Act, Decision, NewItem, Rewriting
from news.imports.standing import CONFLICT
from news.models import DiscardedImport, FormerAddress, ImportEntry, LastImport

ENTRY = ("batch_id", "row", "place", "act", "item_number", "detail", "is_undone")
LONGEST_PLACE = 300


def enter(batch: int, decisions: Sequence[Decision]) -> None:
    """Write the entries of the rows; what is unchanged has none."""
    rows = [
        (
            batch,
            decision.row_number,
            str(decision.place)[-LONGEST_PLACE:],
            decision.act,
            decision.item_number or None,
            bulk.as_json(decision.detail()),
            False,
        )
        for decision in decisions
        if decision.act != Act.UNCHANGED
    ]
    bulk.insert(ImportEntry, ENTRY, rows)


def remember(decisions: Sequence[Decision]) -> None:
    """Keep what the rows said and what was written of each field."""
    written = [decision for decision in decisions if decision.work]
    LastImport.objects.filter(
        item__in=[decision.item_number for decision in written if isinstance(decision.work, Rewriting)]
    ).delete()
    rows = [
        (decision.item_number, CONFLICT if decision.conflicts else decision.said, bulk.as_json(decision.wrote))
        for decision in written
    ]
    bulk.insert(LastImport, ("item_id", "said", "wrote"), rows)
    _forget_discarded([decision.item_number for decision in written if isinstance(decision.work, NewItem)])


def _forget_discarded(revived: Collection[int]) -> None:
    """Forget that items were discarded which are here again."""
    if revived and DiscardedImport.objects.exists():
        DiscardedImport.objects.filter(item_number__in=revived).delete()


def keep_addresses(addresses: Iterable[tuple[Decision, tuple[str, ...]]]) -> None:
    """Keep the former addresses of items."""
    rows: list[Any] = []
    for decision, paths in addresses:
        rows += [(decision.item_number, path, legacy_number(path), decision.language) for path in paths]
    bulk.insert(FormerAddress, ("item_id", "path", "number", "language"), rows)
