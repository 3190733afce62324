"""The batch of a run: begun, gone on with after a kill, finished; and that only one import runs at a time."""

import datetime
import fcntl
import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from news.models import ImportBatch
from record.actors import current_actor

IMPORT_LOCK = 0x696D706F  # "impo": any number that no other part of the site uses
# The lock is looked at, not tried: whoever wants to import at this moment is not in anyone's way.
HELD = """SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND classid = 0 AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
State = ImportBatch.State


class Busy(Exception):  # noqa: N818 - the condition, not a fault
    """Another import is running."""


def begin(
    sources: Sequence[Mapping[str, Any]], options: Mapping[str, Any], *, now: datetime.datetime
) -> tuple[ImportBatch, bool]:
    """Return the batch of a run, and whether it was interrupted and goes on.

    Args:
        sources: name, bytes, sha256 and format of each, in the order of reading.
        options: everything else on which the result depends.
        now: the moment of the import.
    """
    fingerprint = fingerprint_of(sources, options)
    begun = ImportBatch.objects.filter(fingerprint=fingerprint, state__in=(State.RUNNING, State.FAILED))
    if interrupted := begun.order_by("-pk").first():
        interrupted.state = State.RUNNING
        interrupted.save(update_fields=["state"])
        return interrupted, True
    batch = ImportBatch.objects.create(
        started_by=current_actor().name[:500],
        started_at=now,
        touched_at=now,
        sources=list(sources),
        options=dict(options),
        fingerprint=fingerprint,
    )
    return batch, False


def fingerprint_of(sources: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> str:
    """Return what the same files with the same options share, whatever they are called."""
    read = [[source["sha256"], source["format"]] for source in sources]
    return hashlib.sha256(json.dumps([read, options], sort_keys=True, default=str).encode()).hexdigest()


def note_progress(batch: ImportBatch, rows_done: int, counts: Counter[str], *, now: datetime.datetime) -> None:
    """Write how far the run is, in the transaction of what it has written."""
    batch.rows_done, batch.counts, batch.touched_at = rows_done, dict(counts), now
    batch.save(update_fields=["rows_done", "counts", "touched_at"])


@contextmanager
def recorded(batch: ImportBatch, *, now: Callable[[], datetime.datetime]) -> Iterator[None]:
    """Write how the run ends that happens inside; one that is interrupted goes on counting as running."""
    try:
        yield
    except Exception:
        with suppress(DatabaseError):  # which may be what failed: the first error is the one to tell
            finish(batch, now=now(), state=State.FAILED)
        raise
    finish(batch, now=now())


def finish(batch: ImportBatch, *, now: datetime.datetime, state: str = State.DONE) -> None:
    """Write that the run is over."""
    batch.state, batch.finished_at = state, now
    batch.save(update_fields=["state", "finished_at"])


@contextmanager
def alone() -> Iterator[None]:
    """Hold the only right to import; a process that dies, dies without it.

    Raises:
        Busy: another import is running.
    """
    with _alone_on_postgresql() if connection.vendor == "postgresql" else _alone_on_this_machine():
        yield


def is_someone_importing() -> bool:
    """Say whether a process holds the right to import, or to undo one; one that has died holds nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(HELD, [IMPORT_LOCK])
            return cursor.fetchone() is not None
    try:
        with alone():
            return False
    except Busy:
        return True


@contextmanager
def _alone_on_postgresql() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [IMPORT_LOCK])
        if not cursor.fetchone()[0]:
            raise Busy
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [IMPORT_LOCK])


@contextmanager
def _alone_on_this_machine() -> Iterator[None]:
    """SQLite lives on one machine: a locked file stands for the database, which in memory is this process's own."""
    place = os.getpid() if connection.is_in_memory_db() else connection.settings_dict["NAME"]  # type: ignore[attr-defined]  # of SQLite
    name = hashlib.sha256(str(place).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"import-{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield
