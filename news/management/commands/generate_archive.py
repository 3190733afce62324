"""Fills the site with sample news of our own, or writes them to a file: the same for the same seed."""

import argparse
import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from news.archive.composition import VIENNA, Composer
from news.archive.illustrating import illustrated
from news.archive.storing import store
from news.importers.json_lines_form import line_of
from news.imports.batches import Busy
from news.management.output import STANDARD_OUTPUT, hush_standard_output, writing_to
from news.management.progress import progressing
from news.models import ImportEntry

INTERRUPTED = 130  # the exit code
END_OF_FILES = datetime.datetime(2026, 6, 30, 20, tzinfo=VIENNA)  # a fixed one, so that a file is the same on any day
EXAMPLES = """examples:
  manage.py generate_archive --items 300 --seed 1
  manage.py generate_archive --items 20000 --seed 7 --until 2026-06-30
  manage.py generate_archive --items 1000000 --seed 1 --output archive.jsonl
  manage.py generate_archive --items 50 --output - | manage.py import_news --plan -

The same seed, size, end and reference data give the same bytes, on any machine and database.
"""


class Command(BaseCommand):
    """Write a realistic sample archive: all kinds, six languages and some local ones, 25 years."""

    help = (
        "Adds sample news of our own to the site, or writes them as JSON Lines: all kinds, six languages with "
        "translations, 25 years; some corrected, under embargo, withdrawn, consolidated or published in error."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the size, the seed, the end and where to."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("--items", type=number_of_items, default=300, metavar="N", help="how many news items (300)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same news (1)")
        parser.add_argument(
            "--until",
            type=end_of_day,
            metavar="DATE",
            help="the last day of the 25 years, e.g. 2026-06-30 (now; with --output that day); a few items lie ahead",
        )
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="write JSON Lines to the file, packed if it ends in .gz, “-” for standard output; store nothing",
        )

        parser.add_argument(
            "--pictures",
            action="store_true",
            help="give the newest items drawn pictures and a few attachments; a file that is written has none",
        )

    def handle(
        self,
        *,
        items: int,
        seed: int,
        until: datetime.datetime | None,
        output: str | None,
        pictures: bool,
        **_options: Any,
    ) -> None:
        """Compose the archive, and store or write it."""
        composer = Composer(items=items, seed=seed, until=until or (END_OF_FILES if output else timezone.now()))
        if not composer.decks:
            raise CommandError("Nobody is here to issue news. First run: manage.py load_reference_data")
        if output:
            self._write(composer, output)
            return
        try:
            rows = illustrated(composer.compose(), items=items) if pictures else composer.compose()
            batch = store(composer, progressing(rows, title="Sample news", total=items))
        except Busy:
            raise CommandError("An import is running. Wait until it is done.") from None
        added = batch.counts.get(ImportEntry.Act.CREATE, 0)
        self.stdout.write(f"Added {added:,} sample news items (seed {seed}) as import {batch.pk}.")

    def _write(self, composer: Composer, output: str) -> None:
        """Write the archive; on standard output nothing stands beside it."""
        try:
            with writing_to(output) as file:
                for row in progressing(composer.compose(), title="Sample news", total=composer.items):
                    file.write(line_of(row))
        except BrokenPipeError:  # whoever reads has enough, as `head` has
            hush_standard_output()
            return
        except OSError as error:
            raise CommandError(f"{output}: cannot be written: {error.strerror}.") from error
        except KeyboardInterrupt:
            raise CommandError(f"{output}: interrupted before the last item.", returncode=INTERRUPTED) from None
        if output != STANDARD_OUTPUT:
            self.stdout.write(f"Wrote {composer.items:,} sample news items (seed {composer.seed}) to {output}.")


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
