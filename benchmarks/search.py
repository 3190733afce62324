"""Measure search alone, in the process, on a large archive of made-up texts.

    DATABASE_URL=postgres://… python -m benchmarks.search --items 20000
    DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m benchmarks.search --items 20000

Fills the database once; it must be one for measuring only. Prints for each question how many texts it finds, and the
medians in milliseconds of: finding the numbers, ranking the newest thousand, the passages of twenty, all of it.
"""

import argparse
import itertools
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - settings come first
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.archive_rows import COMMON, MIDDLING, RARE, SECOND, Row, rows  # noqa: E402
from news.models import Edition, NewsItem, SearchDocument  # noqa: E402
from news.search import find  # noqa: E402
from news.search.engine import engine  # noqa: E402
from news.search.spelling import learn  # noqa: E402
from news.search.suggestions import newest_titles, suggestions  # noqa: E402
from news.search.texts import plain_text, search_text  # noqa: E402

AT_ONCE = 5_000
LEARNT = 20_000  # texts whose words are kept for spelling: more of them have no other words
QUESTIONS = {
    "rare": RARE,
    "middling": MIDDLING,
    "two words": f"{COMMON} {SECOND}",
    "phrase": f'"{COMMON} {SECOND}"',
    "common": COMMON,
    "beginning": f"{COMMON[:4]}*",
    "left out": f"{COMMON} -{SECOND}",
    "mistyped": "quorun",
}
# What 1,000,000 rows go in without; what is measured needs the last one, which is built afterwards.
GUARD = "ALTER TABLE news_edition DROP CONSTRAINT IF EXISTS edition_intervals_never_overlap"
DROP = "DROP INDEX IF EXISTS searchdocument_words"
BUILD = (
    "CREATE INDEX IF NOT EXISTS searchdocument_words ON news_searchdocument USING gin (words) WITH (fastupdate = off)"
)


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=7, help="after one that only warms up")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    if not SearchDocument.objects.exists():
        fill(options.items)
    print(f"{connection.vendor}, {SearchDocument.objects.count():,} texts; medians of {options.runs}, milliseconds")
    print(f"{'':12} {'found':>9} {'numbers':>9} {'rank':>9} {'passages':>9} {'all':>9}")
    for name, words in QUESTIONS.items():
        measure(name, words, options.runs)
    newest_titles.all()
    print(f"suggestions  {timed(lambda: suggestions('bor', language='en'), options.runs)[0]:9.1f}")
    spelling = timed(lambda: find("quorun", language="en").spelling(len), options.runs)
    print(f"spelling     {spelling[0]:9.1f}   {spelling[1]!r}")


def fill(items: int) -> None:
    """Store the archive in bulk, its indexes last where the database can."""
    began = time.perf_counter()
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for statement in (GUARD, DROP) if is_postgresql else ():
            cursor.execute(statement)
    left = iter(rows(items))
    while chunk := list(itertools.islice(left, AT_ONCE)):
        with transaction.atomic():
            store(chunk)
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(BUILD)
            cursor.execute("VACUUM ANALYZE")
    print(f"filled in {time.perf_counter() - began:.0f} s")


def store(chunk: list[Row]) -> None:
    """Store some items with their one edition and its words."""
    now = timezone.now()
    NewsItem.objects.bulk_create(
        NewsItem(pk=row.number, language=row.language, slug="text", created_at=now) for row in chunk
    )
    Edition.objects.bulk_create(map(edition, chunk))
    to_stored = engine().stored
    SearchDocument.objects.bulk_create(
        SearchDocument(
            edition_id=row.number,
            words=to_stored(search_text((row.title, row.summary, plain_text(row.body)), row.language)),
        )
        for row in chunk
    )
    if chunk[0].number < LEARNT:
        learn(f"{row.title} {row.summary}" for row in chunk)


def edition(row: Row) -> Edition:
    """Make the public edition of a row."""
    return Edition(
        pk=row.number,
        item_id=row.number,
        story_id=row.number,
        language=row.language,
        title=row.title,
        summary=row.summary,
        body=row.body,
        state=Edition.State.APPROVED,
        issued_at=row.issued_at,
        visible_from=row.issued_at,
    )


def measure(name: str, words: str, runs: int) -> None:
    """Print what one question costs, step by step."""
    found = find(words, language="en")
    newest = list(itertools.islice(reversed(list(found.match)), 1_000))
    shown = newest[:20]
    steps = [
        timed(lambda: find(words, language="en"), runs),
        timed(lambda: found.rank(newest), runs),
        timed(lambda: found.passages(shown), runs),
        timed(lambda: everything(words), runs),
    ]
    print(f"{name:12} {len(found.match):9,} " + " ".join(f"{milliseconds:9.1f}" for milliseconds, _ in steps))


def everything(words: str) -> None:
    """Answer a question as the page does, but for the lists' own part."""
    found = find(words, language="en")
    ranked = found.rank(list(itertools.islice(reversed(list(found.match)), 1_000)))
    found.passages(ranked[:20])


def timed(act: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Return the median of the runs in milliseconds, and what the act returned."""
    taken: list[float] = []
    for _run in range(runs + 1):
        began = time.perf_counter()
        returned = act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[1:]), returned


if __name__ == "__main__":
    main()
