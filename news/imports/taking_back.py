"""Undoing an import while a person waits: as much as fits into some seconds, the rest when it is asked for again."""

import time
from dataclasses import dataclass

from django.db.models import QuerySet

from news.imports import undoing, uploads
from news.imports.decisions import Act
from news.models import Edition, ImportBatch, ImportEntry

SECONDS = 8.0  # after which a person gets an answer, done or not
State = ImportBatch.State
TAKEN_BACK = (State.DONE, State.FAILED, State.RUNNING, State.UNDOING)


class NotToBeUndone(Exception):  # noqa: N818 - the condition, not a fault
    """There is nothing to undo: it is undone already, or was never applied."""


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """How many items are discarded, become "published in error", get their former content back; how many wait."""

    discarded: int
    in_error: int
    brought_back: int

    @property
    def total(self) -> int:
        """Return how many items are touched."""
        return self.discarded + self.in_error + self.brought_back


def consequences(batch: ImportBatch) -> Consequences:
    """Return what undoing will do, as far as nobody has worked on the items since."""
    left = entries_left(batch)
    new = left.filter(act=Act.CREATE)
    public = Edition.objects.filter(item__in=new.values("item_number"), visible_from__isnull=False)
    in_error = public.values("item").distinct().count()
    return Consequences(
        discarded=new.count() - in_error, in_error=in_error, brought_back=left.filter(act=Act.UPDATE).count()
    )


def entries_left(batch: ImportBatch) -> QuerySet[ImportEntry]:
    """Return the entries of what has been done and not been undone."""
    return batch.entries.filter(act__in=(Act.CREATE, Act.UPDATE), is_undone=False)


def is_to_be_undone(batch: ImportBatch) -> bool:
    """Say whether there is something to undo; of an undone import what was kept, if anything."""
    return batch.state in TAKEN_BACK or (batch.state == State.UNDONE and entries_left(batch).exists())


def take_back(number: int, *, seconds: float = SECONDS) -> ImportBatch:
    """Undo as much of a batch as the seconds allow; the caller holds the only right to import.

    Raises:
        NotToBeUndone: it is undone already, or was never applied.
    """
    batch = ImportBatch.objects.filter(pk=number).first()
    if batch is None or not is_to_be_undone(batch):
        raise NotToBeUndone
    uploads.remove_upload(batch)
    ends = time.monotonic() + seconds
    for outcome in undoing.undo(batch):
        # A step is stored before the first of its outcomes is told; what is kept is told last, and ends of itself.
        if outcome.word != undoing.KEPT and time.monotonic() > ends and entries_left(batch).exists():
            break
    batch.refresh_from_db()
    return batch
