"""Sees to it that search holds what is listed."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from news.search import indexing

NAMED = 5  # editions, of those that are wrong


class Command(BaseCommand):
    """Write what search lacks; the site goes on being searched and published to meanwhile."""

    help = "Writes what search lacks, and removes what is no longer listed. Broken off, it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let all be looked at, with or without mending it."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--all", action="store_true", help="look at every text, and write anew what is held wrongly")
        how.add_argument(
            "--check", action="store_true", help="look at every text, write nothing; exit 1 if one is wrong"
        )

    def handle(self, **options: Any) -> None:
        """Check, or mend."""
        if options["check"]:
            self.check_all()
            return
        written, removed = mend(is_all=options["all"])
        if options["verbosity"]:
            self.stdout.write(
                f"Indexed {written:,} editions for search; removed {removed:,} that are no longer listed."
            )

    def check_all(self) -> None:
        """Say how many texts are held wrongly, and which.

        Raises:
            CommandError: some are.
        """
        wanted = indexing.wanted_numbers()
        wrong = [number for chunk in progressing(wanted) for number in indexing.wrong_numbers(chunk)]
        left_over = indexing.left_over().count()
        if wrong or left_over:
            named = f" (editions {', '.join(map(str, wrong[:NAMED]))}{' …' * (len(wrong) > NAMED)})" if wrong else ""
            raise CommandError(
                f"Of {len(wanted):,} editions {len(wrong):,} are missing or wrong{named}; {left_over:,} are held that "
                "are no longer listed. Run: manage.py index_search --all"
            )
        if not indexing.is_indexed():
            raise CommandError(
                "The index over the words is missing, each search reads all. Run: manage.py index_search"
            )
        self.stdout.write(f"Search holds all {len(wanted):,} editions rightly.")


def mend(*, is_all: bool) -> tuple[int, int]:
    """Write what is missing, or all that is not right, then remove what is no longer listed; return how many each."""
    written = 0
    with indexing.loading():  # first: another node may be filling it, and leave nothing to do
        numbers = indexing.wanted_numbers() if is_all else indexing.missing_numbers()
        for chunk in progressing(numbers):
            written += indexing.write(indexing.wrong_numbers(chunk) if is_all else chunk)
    return written, indexing.remove_left_over()


def progressing(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers in chunks, and show on a terminal how far that is."""
    numbers = list(numbers)
    with Progress(console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Search", total=len(numbers))
        for chunk in indexing.chunks(numbers):
            yield chunk
            progress.advance(task, len(chunk))
