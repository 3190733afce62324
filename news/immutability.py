"""Triggers that keep an approved edition as it was, whoever writes: the ORM, a shell or a script.

What may still move are the ends of its visibility and its retraction and, before its moment, its way back to a draft.
"""

from collections.abc import Iterator
from typing import Any

from news.models import (
    Edition,
    EditionAttachment,
    EditionCountry,
    EditionImage,
    EditionInstitution,
    EditionRelatedItem,
    EditionTopic,
)
from news.models.edition import MOVABLE_FIELDS
from record import triggers

TAG_MODELS = (
    EditionAttachment,
    EditionCountry,
    EditionImage,
    EditionInstitution,
    EditionRelatedItem,
    EditionTopic,
)
REFUSAL = "An approved edition never changes: open a new one."
APPROVED = f"SELECT 1 FROM {Edition._meta.db_table} e WHERE e.id = {{row}}.edition_id AND e.state = 'approved'"  # noqa: S608 - names of the model's own
UNSCHEDULING_FIELDS = frozenset({"state", "visible_from", "saved_at"})


def install(*, using: str, **_signal: Any) -> None:
    """Put the triggers in place."""
    triggers.install(_refusals(), using=using)


def remove(*, using: str) -> None:
    """Take the triggers away; for a test suite that empties its database."""
    triggers.remove(_refusals(), using=using)


def _refusals() -> Iterator[triggers.Refusal]:
    for name, table, event, condition in _rules():
        yield triggers.Refusal(name=name, table=table, event=event, condition=condition, message=REFUSAL)


def _rules() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, table, event and the condition under which the event is refused."""
    columns = {field.name: str(field.column) for field in Edition._meta.concrete_fields}
    fixed = [column for name, column in columns.items() if name not in MOVABLE_FIELDS]
    content = [column for name, column in columns.items() if name not in MOVABLE_FIELDS | UNSCHEDULING_FIELDS]
    edition = Edition._meta.db_table
    was_approved = "OLD.state = 'approved'"
    yield (
        "edition_update",
        edition,
        "UPDATE",
        f"{was_approved} AND ((NEW.state = 'approved' AND ({_any_differs(fixed)}))"
        f" OR (NEW.state <> 'approved' AND (NEW.state <> 'draft' OR {_any_differs(content)})))",
    )
    yield "edition_delete", edition, "DELETE", was_approved
    # REPLACE of SQLite takes a row that stands in the way without a word to the trigger of DELETE.
    in_the_way = (
        f"EXISTS (SELECT 1 FROM {edition} e WHERE e.state = 'approved' AND {{others}}"  # noqa: S608 - a name of the model's own
        "(e.id = NEW.id OR (e.item_id = NEW.item_id AND e.number = NEW.number)))"
    )
    yield "edition_replace_by_insert", edition, "INSERT", in_the_way.format(others="")
    yield "edition_replace_by_update", edition, "UPDATE", in_the_way.format(others="e.id <> OLD.id AND ")
    for model in TAG_MODELS:
        for event, rows in {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}.items():
            name = f"{model._meta.model_name}_{event.lower()}"
            yield name, model._meta.db_table, event, " OR ".join(f"EXISTS ({APPROVED.format(row=row)})" for row in rows)


def _any_differs(columns: list[str]) -> str:
    return " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)
