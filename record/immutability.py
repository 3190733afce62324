"""The triggers that let the record grow and do nothing else."""

from typing import Any

from record import triggers
from record.models import Act

REFUSAL = "The record of all acts never changes."
REFUSALS = [
    triggers.Refusal(name=f"act_{event.lower()}", table=Act._meta.db_table, event=event, message=REFUSAL)
    for event in ("UPDATE", "DELETE", triggers.TRUNCATE)
]


def install(*, using: str, **_signal: Any) -> None:
    """Put the triggers in place."""
    triggers.install(REFUSALS, using=using)


def remove(*, using: str) -> None:
    """Take the triggers away; for a test suite that empties its database."""
    triggers.remove(REFUSALS, using=using)
