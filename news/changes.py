"""Writing the log of publishing acts, and following it from a process that keeps things in memory."""

import datetime
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import router, transaction
from django.dispatch import Signal

from news.models import Change, Edition
from taxonomy.writing import take_advisory_lock

PUBLISHING_LOCK = 0x6E657773  # "news": any number that no other part of the site uses
LOOK_EVERY = 0.2  # seconds; what a process keeps is at most this much behind what another one published

# Sent with `subjects`, a set, once this process learns of changes: its own at their commit, others' at the next look.
changes_seen = Signal()

_position: int | None = None
_next_look = 0.0


@contextmanager
def publishing() -> Iterator[None]:
    """Hold the only right to publish until the transaction ends; what decides must be read inside.

    Taken after taxonomy's lock where both are needed, and for at most a second.
    """
    alias = router.db_for_write(Change)
    with transaction.atomic(using=alias):
        take_advisory_lock(alias, PUBLISHING_LOCK)
        yield


def record_change(
    subject: str,
    *,
    old: Edition | None = None,
    new: Edition | None = None,
    matters_at: list[datetime.datetime] | None = None,
) -> None:
    """Write one row into the log; the caller holds the publishing lock."""
    moments = [moment.isoformat() for moment in matters_at or []]
    Change.objects.create(subject=subject, old_edition=old, new_edition=new, matters_at=moments)
    transaction.on_commit(lambda: changes_seen.send(Change, subjects={subject}))


def record_taxonomy_change(*, subject: str, **_signal: Any) -> None:
    """Write that taxonomy changed; it concerns every page that shows it."""
    with publishing():
        record_change(subject)


def catch_up() -> None:
    """Look for other processes' changes, at most once in `LOOK_EVERY` seconds, and send `changes_seen` for them."""
    global _position, _next_look  # noqa: PLW0603 - the position belongs to the process
    now = time.monotonic()
    if now < _next_look:
        return
    _next_look = now + LOOK_EVERY
    newer = Change.objects.order_by("pk").values_list("pk", "subject")
    if _position is None:
        _position = newer.values_list("pk", flat=True).last() or 0
        changes_seen.send(Change, subjects={"everything"})
        return
    seen = list(newer.filter(pk__gt=_position))
    if seen:
        _position = seen[-1][0]
        changes_seen.send(Change, subjects={subject for _pk, subject in seen})
