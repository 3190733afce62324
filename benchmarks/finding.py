"""Measure how lists are answered, in the process, without the page cache: counts, pages, the past, memory, the start.

    DATABASE_URL=postgres://… python -m benchmarks.finding

On an archive of `benchmarks.list_archive`. Prints medians in milliseconds with their limits.
`--start` alone measures what a new process costs: to read everything, or from the snapshot where there is one.
"""

import argparse
import datetime
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

import benchmarks.django_set_up  # noqa: F401 - first of all

# isort: split

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from news import changes
from news.answers import answer
from news.facets import index
from news.models import Change, Edition
from news.question import Question
from news.stories import stories
from taxonomy.catalogue import catalogue

RUNS = 9
SMALL = 50_000  # items; more of them have the other limits
# Milliseconds on a small and on a large archive.
LIMITS = {
    "postgresql": {"counts": (5, 20), "page": (10, 70)},
    "sqlite": {"counts": (60, 150), "page": (60, 150)},
}
READY, MEMORY = 100, 40  # milliseconds; megabytes
PAGE = 500


class Figure(NamedTuple):
    """Milliseconds, medians of some runs: on the clock, and on the processor, which other work disturbs less."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.1f} ({self.processor:.1f})"


class Watch:
    """Measures runs; the processor's time is this thread's and that of PostgreSQL's process, where it can be read."""

    def __init__(self) -> None:
        """Find PostgreSQL's process."""
        self.taken: list[tuple[float, float]] = []
        self.backend: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
            self.backend = path if path.exists() else None

    def reading(self, *, ours: bool = True) -> tuple[float, float]:
        """Return the clock and the processor, in milliseconds."""
        theirs = int(self.backend.read_text().split()[0]) if self.backend else 0
        return time.perf_counter() * 1000, (theirs + (time.thread_time_ns() if ours else 0)) / 1e6

    def figure(self) -> Figure:
        """Return the medians of all runs but the first, which only warmed up."""
        clock, processor = zip(*self.taken[1:], strict=True)
        return Figure(statistics.median(clock), statistics.median(processor))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", metavar="FOLDER", help="measure a start with snapshots in the folder")
    options = parser.parse_args()
    if options.start:
        settings.INDEX_FOLDER = Path(options.start)
        start()
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in ("reading everything", "from the snapshot"):
            command = [sys.executable, "-m", "benchmarks.finding", "--start", folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            print(f"start, {name:20} {done.stdout.strip()}")
        settings.INDEX_FOLDER = Path(folder)
        lists()
        log()


def start() -> None:
    """Measure the time until the index is ready, and what it holds in memory."""
    catalogue()
    list(Edition.objects.all()[:1])
    watch, before = Watch(), resident()
    began = watch.reading()
    index()
    took = Figure(*(after - first for after, first in zip(watch.reading(), began, strict=True)))
    print(f"{took!s:>18} ms (at most {READY})   {resident() - before:6.1f} MB (at most {MEMORY})")


def resident() -> float:
    """Return the megabytes of memory that the process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def lists() -> None:
    """Measure each question's counts and pages, now and in the past."""
    items = len(index().holdings.live)
    counts, page = (pair[items > SMALL] for pair in LIMITS[connection.vendor].values())
    print(f"{connection.vendor}, {items:,} listed editions; medians of {RUNS} in ms: clock (processor)")
    print(f"counts at most {counts}; database time of a page at most {page}")
    heads = ("counts", "page 1", "its database", "page 500", "its database")
    print(f"{'':30} {'listed':>9} " + " ".join(f"{head:>14}" for head in heads))
    for name, question in questions().items():
        total = len(index().listed(question))
        last = min(PAGE, max(1, total // question.size))
        row = [timed(lambda q=question: everything(q)), *paged(question, 1), *paged(question, last)]
        place = "" if last == PAGE else f"   (page {last})"
        print(f"{name:30} {total:9,} " + " ".join(f"{one!s:>14}" for one in row) + place)
    past(questions())


def past(asked: dict[str, Question]) -> None:
    """Measure the first page of each question at a moment of the past."""
    for years in (0, 5, 15):
        at = timezone.now() - datetime.timedelta(days=365 * years)
        figures = [paged(replace(question, at=at), 1)[1] for question in asked.values()]
        deep = min(PAGE, max(1, stories(Question(at=at)).count() // Question().size))
        last = paged(Question(at=at), deep)[1]
        print(f"at {at:%Y-%m-%d}, database, page 1: " + "  ".join(map(str, figures)) + f"   page {deep} of all: {last}")


def questions() -> dict[str, Question]:
    """Return what is asked, by name."""
    known = catalogue()
    countries, institutions, topics = list(known.countries), list(known.institutions), list(known.topics)
    parent = max(institutions, key=lambda number: len(known.institutions[number].family))
    broad = next(number for number in topics if known.topics[number].children)
    return {
        "nothing": Question(),
        "in French": Question(page_language="fr"),
        "a frequent country": Question(countries=(min(countries),)),
        "a rare country": Question(countries=(max(countries),)),
        "country and topic": Question(countries=(min(countries),), topics=(broad,)),
        "an institution with its parts": Question(institutions=(parent,)),
        "five filters": Question(
            countries=tuple(sorted(countries)[:3]),
            topics=(broad,),
            institutions=(parent,),
            kinds=("news",),
            languages=("en",),
        ),
    }


def everything(question: Question) -> None:
    """Count all that a page of the list says."""
    current = index()
    len(current.listed(question))
    current.counts(question)


def paged(question: Question, page: int) -> tuple[Figure, Figure]:
    """Return the time of a page and the database's share of it."""
    asked, database = replace(question, page=page), Watch()

    def watch(execute: Callable[..., Any], *statement: Any) -> Any:
        before = database.reading(ours=connection.vendor == "sqlite")
        try:
            return execute(*statement)
        finally:
            after = database.reading(ours=connection.vendor == "sqlite")
            clock, processor = database.taken[-1]
            database.taken[-1] = (clock + after[0] - before[0], processor + after[1] - before[1])

    def act() -> None:
        database.taken.append((0.0, 0.0))
        with connection.execute_wrapper(watch):
            answer(asked)

    return timed(act), database.figure()


def log() -> None:
    """Measure the look of a process that is as far behind in the log as it may be; its rows are taken back."""
    with transaction.atomic():
        position = Change.objects.aggregate(newest=Max("pk"))["newest"]
        Change.objects.bulk_create(Change(subject=f"news item {number}") for number in range(changes.LOOK_AT - 1))
        follower = changes.Follower()

        def look() -> None:
            follower.position, follower.next_look = position, 0.0
            follower.catch_up()

        print(f"a look at {changes.LOOK_AT:,} rows of the log: {timed(look)} ms")
        transaction.set_rollback(True)


def timed(act: Callable[[], Any]) -> Figure:
    """Return what the act takes."""
    watch = Watch()
    for _run in range(RUNS + 1):
        before = watch.reading()
        act()
        after = watch.reading()
        watch.taken.append((after[0] - before[0], after[1] - before[1]))
    return watch.figure()


if __name__ == "__main__":
    main()
