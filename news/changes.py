"""Writing the log of publishing acts, and following it from a process that keeps things in memory."""

import datetime
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import router, transaction
from django.db.models import Max
from django.dispatch import Signal
from django.utils import timezone

from news import bulk
from news.clock import clock
from news.models import Change, Edition
from taxonomy.writing import take_advisory_lock

PUBLISHING_LOCK = 0x6E657773  # "news": any number that no other part of the site uses
LOOK_EVERY = 0.2  # seconds; what a process keeps is at most this much behind what another one published

LOOK_AT = 10_000  # rows, read in some 10 ms; whoever is further behind starts anew
EVERYTHING = "everything"  # as a subject: of whoever writes around the verbs and cannot say what

# Sent with `subjects`, a set, once this process learns of changes: its own at their commit, others' at the next look.
changes_seen = Signal()


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


def record_changes(items: Mapping[int, Iterable[datetime.datetime]]) -> None:
    """Write a row for each of many items, in one statement; the caller holds the publishing lock.

    A process that follows reads these items and no others, however large the archive is.

    Args:
        items: by an item's number the moments at which its change matters.
    """
    now = timezone.now()
    rows = [
        (f"news item {item}", bulk.as_json([moment.isoformat() for moment in moments]), now)
        for item, moments in items.items()
    ]
    bulk.insert(Change, ("subject", "matters_at", "written_at"), rows)
    subjects = {subject for subject, _moments, _now in rows}
    transaction.on_commit(lambda: changes_seen.send(Change, subjects=subjects))


def record_taxonomy_change(*, subject: str, **_signal: Any) -> None:
    """Write that taxonomy changed; it concerns every page that shows it."""
    with publishing():
        record_change(subject)


class Follower:
    """A process's place in the log: what it keeps in memory is true up to there."""

    def __init__(self) -> None:
        """Start before the first look."""
        self.position: int | None = None
        self.next_look = 0.0  # seconds of the monotonic clock

    def catch_up(self) -> None:
        """Look for other processes' changes, at most once in `LOOK_EVERY` seconds, and send `changes_seen` for them.

        The first look cannot know what it missed, and neither can one whose place the log no longer holds: both send
        "everything".
        """
        now = time.monotonic()
        if now < self.next_look:
            return
        self.next_look = now + LOOK_EVERY
        clock.compare()
        newest = Change.objects.aggregate(newest=Max("pk"))["newest"] or 0
        if newest != self.position:
            changes_seen.send(Change, subjects=self._read_on(newest))

    def _read_on(self, newest: int) -> set[str]:
        """Move to the end of the log, at `newest` or later by now, and return what the rows on the way concern."""
        before, self.position = self.position, newest
        if before is None:
            return {EVERYTHING}
        rows = list(Change.objects.filter(pk__gte=before).order_by("pk").values_list("pk", "subject")[: LOOK_AT + 1])
        if not rows or rows[0][0] != before or len(rows) > LOOK_AT:
            return {EVERYTHING}
        self.position = rows[-1][0]
        return {subject for _pk, subject in rows[1:]}


follower = Follower()
