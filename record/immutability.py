"""The triggers that let the record grow and do nothing else."""

from typing import Any

from record import triggers
from record.models import Act

REFUSAL = "The record of all acts never changes."
TABLE = Act._meta.db_table
REFUSALS = [
    triggers.Refusal(name=f"act_{event.lower()}", table=TABLE, event=event, message=REFUSAL)
    for event in ("UPDATE", "DELETE", triggers.TRUNCATE)
]
# REPLACE of SQLite takes the row away without a word to the trigger of DELETE.
REFUSALS.append(
    triggers.Refusal(
        name="act_insert",
        table=TABLE,
        event="INSERT",
        message=REFUSAL,
        condition=f"EXISTS (SELECT 1 FROM {TABLE} a WHERE a.id = NEW.id)",  # noqa: S608 - a name of the model's own
    )
)


def install(*, using: str, **_signal: Any) -> None:
    """Put the triggers in place."""
    triggers.install(REFUSALS, using=using)


def remove(*, using: str) -> None:
    """Take the triggers away; for a test suite that empties its database."""
    triggers.remove(REFUSALS, using=using)
