"""Measure search alone, in the process, on a large archive of made-up texts.

    export DATABASE_URL=postgres://…
    python -m benchmarks.list_archive --items 20000
    python manage.py index_search
    python -m benchmarks.search

Prints for each question how many texts it finds, and the medians in milliseconds of: finding the numbers, counting all
facets, ranking the newest thousand, the passages of twenty; then all of it together, and all of it once the process
has the numbers.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import benchmarks.django_set_up  # noqa: F401 - first of all

# isort: split

from django.db import connection

from benchmarks.archive_rows import COMMON, MIDDLING, RARE, SECOND
from news.facets import index
from news.models import SearchDocument
from news.question import RELEVANCE, Question
from news.search import find
from news.search.matches import matches
from news.search.ranking import MOST_RANKED
from news.search.suggestions import newest_titles, suggestions

SHOWN = 20
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
COLUMNS = ("numbers", "counts", "rank", "passages", "all", "again")


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="after one that only warms up")
    runs = parser.parse_args().runs
    print(f"{connection.vendor}, {SearchDocument.objects.count():,} texts; medians of {runs}, milliseconds")
    print(f"{'':12} {'found':>9} " + " ".join(f"{name:>9}" for name in COLUMNS))
    for name, words in QUESTIONS.items():
        measure(name, words, runs)
    newest_titles.all()
    print(f"suggestions  {timed(lambda: suggestions('bor', language='en'), runs):9.1f}")
    print(f"spelling     {timed(lambda: find('quorun', language='en').spelling(len), runs):9.1f}")


def measure(name: str, words: str, runs: int) -> None:
    """Print what one question costs, step by step."""
    question = Question(words=words, sort=RELEVANCE, page_language="en", is_search=True)
    found = find(words, language="en")
    newest = index().newest(index().listed(question, match=found.match), MOST_RANKED)
    shown = found.rank(newest)[:SHOWN]
    steps: list[Callable[[], Any]] = [
        lambda: anew(lambda: find(words, language="en")),
        lambda: counted(question, found.match),
        lambda: found.rank(newest),
        lambda: found.passages(shown),
        lambda: anew(lambda: everything(question)),
        lambda: everything(question),
    ]
    print(f"{name:12} {len(found.match):9,} " + " ".join(f"{timed(step, runs):9.1f}" for step in steps))


def anew(act: Callable[[], Any]) -> Any:
    """Act as a process does that was not asked for these words before."""
    matches.forget()
    return act()


def counted(question: Question, match: Any) -> list[int]:
    """Count all facets, and return the newest thousand."""
    current = index()
    listed = current.listed(question, match=match)
    current.counts(question, match=match)
    return current.newest(listed, MOST_RANKED)


def everything(question: Question) -> None:
    """Answer a question as its page does, but for drawing it."""
    found = find(question.words, language="en")
    ranked = found.rank(counted(question, found.match))
    found.passages(ranked[:SHOWN])


def timed(act: Callable[[], Any], runs: int) -> float:
    """Return the median of the runs in milliseconds."""
    taken: list[float] = []
    for _run in range(runs + 1):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[1:])


if __name__ == "__main__":
    main()
