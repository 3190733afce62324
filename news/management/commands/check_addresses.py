"""Proves that no address of an item has died."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import batched
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news.address_check import ADDRESSES_AT_ONCE, Verdict, kept_addresses, verdicts_on_asked, verdicts_on_kept
from news.address_requests import DEFAULT_SAMPLE, verdicts_by_request
from news.management.progress import progressing
from news.models import FormerAddress

USAGE, INTERRUPTED = 2, 130  # exit codes; Django has 1 for what failed
EXAMPLES = f"""examples:
  manage.py check_addresses
      what would be answered at each former address of an item, worked out without asking
  manage.py check_addresses --by-request
      asks the site for {DEFAULT_SAMPLE} of them, taken at random, and for where they lead
  manage.py check_addresses --file old-urls.txt
      which of these addresses, one on a line, would be not found; whole ones or paths
  sitemap-urls https://old.example.org | manage.py check_addresses --file -

exit codes: 0 all answer, 1 some do not (standard output names them), 2 wrong usage, 130 interrupted
"""


class Command(BaseCommand):
    """Print each address that is not answered as it should be, with what to do."""

    help = "Proves that every former address of an item leads by one redirect to a page that answers."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare which addresses, and how."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--file", metavar="FILE", help="addresses to check, one on a line; - reads standard input")
        which.add_argument(
            "--by-request",
            nargs="?",
            type=number_of_addresses,
            const=DEFAULT_SAMPLE,
            metavar="N",
            help=f"really ask for N of them, taken at random ({DEFAULT_SAMPLE})",
        )

    def handle(self, *, file: str | None, by_request: int | None, **_options: Any) -> None:
        """Check, name what fails, and say how many were looked at."""
        try:
            verdicts, total = _verdicts(file, by_request)
            counted = self._print(progressing(verdicts, title="Addresses", total=total))
        except KeyboardInterrupt:
            raise CommandError("Interrupted.", returncode=INTERRUPTED) from None
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}.", returncode=USAGE) from error
        self._conclude(*counted)

    def _print(self, verdicts: Iterable[Verdict]) -> tuple[int, int, int]:
        """Print what is wrong; return how many addresses there are, are wrong, and wait for their item."""
        total = wrong = waiting = 0
        for verdict in verdicts:
            total += 1
            waiting += verdict.is_waiting
            if verdict.wrong:
                wrong += 1
                self.stdout.write(f"{verdict.address}: {verdict.wrong}")
        return total, wrong, waiting

    def _conclude(self, total: int, wrong: int, waiting: int) -> None:
        waits = f" {waiting:,} are of items that are not public yet, and answer from then on." if waiting else ""
        if wrong:
            raise CommandError(f"{wrong:,} of {total:,} addresses are not answered as they should be.{waits}")
        self.stdout.write(f"All {total:,} addresses are answered.{waits}")


def _verdicts(file: str | None, by_request: int | None) -> tuple[Iterator[Verdict], int | None]:
    """Return the verdicts, and about how many there will be; None where that is not known."""
    if file is not None:
        portions = batched(_lines(file), ADDRESSES_AT_ONCE)
        return (verdict for portion in portions for verdict in _on_lines(file, portion)), None
    if by_request is not None:
        return verdicts_by_request(by_request), by_request
    return (verdict for rows in kept_addresses() for verdict in verdicts_on_kept(rows)), FormerAddress.objects.count()


def _lines(file: str) -> Iterator[tuple[int, str]]:
    """Yield the addresses with the numbers of their lines; empty lines are none."""
    with nullcontext(sys.stdin) if file == "-" else Path(file).open(encoding="utf-8", errors="replace") as lines:
        yield from ((number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip())


def _on_lines(file: str, portion: tuple[tuple[int, str], ...]) -> Iterator[Verdict]:
    """Judge some lines, and say of each where it stands."""
    verdicts = {verdict.address: verdict for verdict in verdicts_on_asked([text for _number, text in portion])}
    name = "stdin" if file == "-" else file
    for number, text in portion:
        yield Verdict(address=f"{name}:{number}: {text}", wrong=verdicts[text].wrong)


def number_of_addresses(text: str) -> int:
    """Read a whole number above 0."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
