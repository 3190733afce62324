"""Fills the site with sample news of our own, the same for the same seed."""

import argparse
import datetime
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from news.archive.composition import VIENNA, Composer
from news.archive.storing import store

EXAMPLES = """examples:
  manage.py generate_archive --items 300 --seed 1
  manage.py generate_archive --items 20000 --seed 7 --until 2026-06-30
"""


class Command(BaseCommand):
    """Write a realistic sample archive: all kinds, six languages and some local ones, 25 years."""

    help = "Adds sample news of our own to the site: all kinds, six languages with translations, 25 years."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the size, the seed and the end."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("--items", type=number_of_items, default=300, metavar="N", help="how many news items (300)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same news (1)")
        parser.add_argument(
            "--until",
            type=end_of_day,
            metavar="DATE",
            help="the last day of the 25 years, e.g. 2026-06-30 (now); a few scheduled items lie ahead of it",
        )

    def handle(self, *, items: int, seed: int, until: datetime.datetime | None, **_options: Any) -> None:
        """Compose and store the archive."""
        composer = Composer(items=items, seed=seed, until=until or timezone.now())
        if not composer.decks:
            raise CommandError("Nobody is here to issue news. First run: manage.py load_reference_data")
        written = 0
        with Progress(console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("Sample news", total=items)
            for number in store(composer.compose()):
                written += number
                progress.update(task, completed=written)
        self.stdout.write(f"Added {written:,} sample news items (seed {seed}).")


def number_of_items(text: str) -> int:
    """Read a whole number above 0."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def end_of_day(text: str) -> datetime.datetime:
    """Read a day, and return its evening in Vienna."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it like 2026-06-30") from None
    return datetime.datetime.combine(day, datetime.time(20), VIENNA)
