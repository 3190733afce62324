"""Exports the public site as files that any file server can serve."""

import argparse
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news.management.progress import progressing
from osce_site.mirror.addresses import PAGES
from osce_site.mirror.checking import drifted
from osce_site.mirror.making import take_files_themselves
from osce_site.mirror.run import Summary, export, opened
from osce_site.mirror.state import RefusedError
from osce_site.mirror.workers import Done, EndedError

USAGE, INTERRUPTED = 2, 130  # exit codes; Django has 1 for what failed
EXAMPLES = """examples:
  manage.py export_site /srv/mirror
      the whole site at first; what has changed since, with each further run
  manage.py export_site /srv/mirror --check 200
      compares the text of 200 pages with what the site shows now, and names those that differ
  python -m http.server --directory /srv/mirror/site
      serves it

A run that is killed is gone on with by the next one.
exit codes: 0 done, 1 some pages failed or differ, 2 wrong usage or a folder that is no export, 130 interrupted
"""


class Command(BaseCommand):
    """Write what has changed, or compare."""

    help = "Exports the public site as files that any file server can serve; each further run writes what has changed."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Print without colours where the environment asks for it (no-color.org)."""
        super().__init__(*args, **kwargs | ({"no_color": True} if os.environ.get("NO_COLOR") else {}))

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the folder, and how it is written."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, or one of an earlier export")
        parser.add_argument(
            "--processes", type=_above_0, metavar="N", help="how many make pages (one for each processor)"
        )
        parser.add_argument(
            "--pages", type=_above_0, default=PAGES, metavar="N", help=f"the newest pages of each list ({PAGES})"
        )
        parser.add_argument("--check", type=_above_0, metavar="N", help="write nothing; compare N pages with the site")
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="the same seed compares the same pages (1)"
        )

    def handle(
        self, *, folder: Path, processes: int | None, pages: int, check: int | None, seed: int, **options: Any
    ) -> None:
        """Export or compare, and say what was done."""
        take_files_themselves()
        try:
            with opened(folder, is_new_allowed=check is None) as state:
                if check is not None:
                    self._check(list(progressing(drifted(state, folder, check, seed=seed), title="Pages", total=check)))
                    return
                summary = export(state, folder, pages=pages, processes=processes, progress=_progress)
        except RefusedError as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except EndedError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}.") from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted. The next run goes on.", returncode=INTERRUPTED) from None
        self._conclude(folder, summary, is_told=bool(options["verbosity"]))

    def _conclude(self, folder: Path, summary: Summary, *, is_told: bool) -> None:
        for problem in summary.problems:
            self.stderr.write(problem)
        if is_told:
            self.stdout.write(
                f"{folder}: {summary.held:,} files. Made anew: {summary.made:,}, of which {summary.written:,} differ; "
                f"removed: {summary.removed:,}."
            )
        if summary.problems:
            raise CommandError("Some addresses failed. Mend what is said above; the next run makes them.")

    def _check(self, found: list[str]) -> None:
        """Name the pages that differ."""
        differing = [address for address in found if address]
        for address in differing:
            self.stdout.write(address)
        if differing:
            raise CommandError(f"{len(differing):,} of {len(found):,} pages show another text than the site does now.")
        self.stdout.write(f"{len(found):,} pages show the same text as the site.")


def _progress(done: Iterable[Done], total: int) -> Iterator[Done]:
    return progressing(done, title="Export", total=total)


def _above_0(text: str) -> int:
    """Read a whole number above 0."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
