"""Imports news: says what would become of each row, does it, goes on where it was killed, and takes it back."""

import argparse
import datetime
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from news import access
from news.importers.mapping import MappingError, read_mapping
from news.importers.navigation_check import check_navigation
from news.importers.recognition import READERS
from news.importers.rows import ItemRow, ReadingOptions, Row
from news.importers.sources import open_sources
from news.importers.written_dates import FIRST_YEAR, LAST_YEAR, is_plausible, moment_of
from news.imports import batches, undoing
from news.imports.meeting import FILE_NAMES
from news.imports.reading import Input, Progressing
from news.imports.run import Run
from news.imports.telling import SOME_REJECTED, USAGE, Teller
from news.imports.wishes import Wish
from news.models import ImportBatch
from news.models.news_item import news_languages
from record.actors import acting, name_of
from taxonomy.catalogue import today

INTERRUPTED = 130  # an exit code, beside those of `telling`; Django has 1 for what failed
EXAMPLES = """examples:
  manage.py import_news archive.jsonl --plan
      what would become of each row, field by field; nothing is written
  manage.py import_news archive.jsonl 2019.zip feeds/ --publish
      what is complete is public from its date of issue on
  manage.py import_news page.txt --issued-on 2025-11-25 --publish
      a page without a date, visible from the beginning of that day in Vienna
  manage.py import_news corrected.csv --publish --take-theirs title
      the file's titles count more than those that an editor has changed
  manage.py import_news archive.jsonl --plan --json | jq 'select(.act == "conflict")'
  manage.py import_news page.txt --check-navigation
      only compares the menu of the page with this site's, and stores nothing
  crawler | manage.py import_news -
  manage.py import_news --undo 7
      takes back what import 7 has made public

exit codes: 0 done, 1 failed, 2 wrong usage, 3 some rows were rejected, or not published as asked (the others
  are stored), 130 interrupted: the same command goes on where it stopped
A second import of the same file writes nothing. What an editor has changed since is kept, and reported.
Formats and fields: docs/import-format.md
"""


class Command(BaseCommand):
    """Plan, apply or undo an import; data goes to stdout, what is wrong and how far it is to stderr."""

    help = "Imports news from JSON Lines, tables, feeds, WordPress, saved pages and page texts; undoes an import."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Print without colours where the environment asks for it (no-color.org)."""
        super().__init__(*args, **kwargs | ({"no_color": True} if os.environ.get("NO_COLOR") else {}))

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what is read, how it is taken and what is told."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="files, folders, .gz, .zip; - for stdin")
        _reading_arguments(parser.add_argument_group("what is read"))
        _taking_arguments(parser.add_argument_group("how it is taken"))
        _telling_arguments(parser.add_argument_group("what is told"))

    def handle(self, *, acting_as: str | None, **options: Any) -> None:
        """Import, or undo, for who asks for it."""
        _refuse_contradictions(options)
        user = entitled_user(acting_as, publish=options["publish"]) if acting_as else None
        try:
            with acting(name_of(user)) if user else nullcontext(), ExitStack() as held:
                if not (options["plan"] or options["check_navigation"]):
                    held.enter_context(batches.alone())
                self._handle(held, user, options)
        except batches.Busy:
            raise CommandError("Another import is running. Wait until it is done.") from None
        except KeyboardInterrupt:
            raise CommandError(
                "Interrupted. What is stored stays; the same command goes on where this one stopped.",
                returncode=INTERRUPTED,
            ) from None

    def _handle(self, held: ExitStack, user: User | None, options: dict[str, Any]) -> None:
        """Undo, check the navigation, or import."""
        if options["undo"]:
            self._undo(options["undo"], user)
            return
        given = Input.of(options["sources"], form=options["format"] or "", options=_reading_options(options))
        if options["check_navigation"]:
            self._check_navigation(given.rows())
            return
        wish = Wish(
            publish=options["publish"],
            issued_at=options["issued_on"],
            take_theirs=frozenset(options["take_theirs"]),
            create_missing=options["create_missing"],
            on_behalf_of=user,
        )
        batch = None if options["plan"] else self._begin(given, wish, options)
        teller = Teller(self, options, held, is_plan=options["plan"])
        progress = held.enter_context(Progressing(given))
        with batches.recorded(batch, now=timezone.now) if batch else nullcontext():
            counts = Run(wish, batch, teller.tell, progress=progress.advance).over(given.rows())
        teller.close(counts, batch)

    def _begin(self, given: Input, wish: Wish, options: dict[str, Any]) -> ImportBatch:
        """Begin a batch, or go on with the one that the same command has begun."""
        said = {"language": options["language"], "source": options["source"], "selectors": given.options.selectors}
        batch, goes_on = batches.begin(given.sources(), wish.plain() | said, now=timezone.now())
        if goes_on:
            self.stderr.write(f"Import {batch.pk} was interrupted; it goes on after row {batch.rows_done:,}.")
        return batch

    def _undo(self, number: int, user: User | None) -> None:
        """Take back what a batch has done, and say what is kept."""
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(f"--undo {number}: there is no import of this number.", returncode=USAGE)
        if user and not user.has_perm("news.undo_importbatch"):
            raise CommandError(f"--as {user}: this user may not undo imports.", returncode=USAGE)
        counts: Counter[str] = Counter()
        for outcome in undoing.undo(batch):
            counts[outcome.word] += 1
            self.stdout.write(str(outcome))
        told = ", ".join(f"{count:,} {word}" for word, count in counts.items()) or "nothing was to be done"
        self.stderr.write(f"Import {number} is undone: {told}.")

    def _check_navigation(self, rows: Iterator[Row]) -> None:
        """Print what the menus of pages and this site's navigation lack."""
        rejected = 0
        for row in rows:
            if not isinstance(row, ItemRow):
                rejected += 1
                self.stderr.write("\n".join(map(str, row.problems)))
                continue
            lines = check_navigation(row.menu, language=row.language, today=today())
            file = row.whereabouts.place().file
            self.stdout.write(f"{file}: {len(row.menu)} menu entries, {'these differ' if lines else 'all agree'}")
            for line in lines:
                self.stdout.write(f"  {line}")
        if rejected:
            raise CommandError(f"{rejected} of the files rejected.", returncode=SOME_REJECTED)


def _reading_arguments(group: Any) -> None:
    group.add_argument("--format", choices=list(READERS), metavar="FORMAT", help=", ".join(READERS))
    group.add_argument(
        "--language", default="en", choices=dict(news_languages()), metavar="CODE", help="of texts without one (en)"
    )
    group.add_argument("--source", default="", metavar="NAME", help="where rows come from that do not say it: osce.org")
    group.add_argument(
        "--issued-on",
        type=moment,
        metavar="DATE",
        help="the date of issue of texts without one, e.g. 2025-11-25 (its beginning in Vienna) or 2025-11-25T14:30",
    )
    group.add_argument("--mapping", metavar="FILE", help="selectors for saved pages of another site (JSON or TOML)")


def _taking_arguments(group: Any) -> None:
    group.add_argument("--plan", action="store_true", help="write nothing, only say what would be done")
    group.add_argument("--publish", action="store_true", help="approve what is complete, from its date of issue on")
    group.add_argument(
        "--take-theirs",
        action="append",
        default=[],
        choices=sorted(FILE_NAMES.values()),
        metavar="FIELD",
        help="let the file's value of this field count more than an editor's; may be repeated",
    )
    group.add_argument("--create-missing", action="store_true", help="create unknown institutions and fields of work")
    group.add_argument("--as", dest="acting_as", metavar="NAME", help="act for this user, and for whose institutions")
    group.add_argument("--undo", type=int, metavar="BATCH", help="take back what the import of this number has done")
    group.add_argument(
        "--check-navigation", action="store_true", help="only compare the page's menu with this site's navigation"
    )


def _telling_arguments(group: Any) -> None:
    group.add_argument("--json", action="store_true", help="print an object for each row, and one with the totals")
    group.add_argument("--report", metavar="FILE.csv", help="write what became of each row into a table")


def _refuse_contradictions(options: dict[str, Any]) -> None:
    """Refuse options that do not go together."""
    wrong = {
        "name what to import, or --undo BATCH": not options["sources"] and not options["undo"],
        "--undo takes no files: leave them out": options["sources"] and options["undo"],
        "--undo writes: leave out --plan": options["plan"] and options["undo"],
        "--check-navigation stores nothing: leave out --publish": options["check_navigation"] and options["publish"],
    }
    for text, applies in wrong.items():
        if applies:
            raise CommandError(text, returncode=USAGE)


def _reading_options(options: dict[str, Any]) -> ReadingOptions:
    return ReadingOptions(
        language=options["language"],
        source=options["source"],
        issued_at=options["issued_on"],
        selectors=_selectors(options["mapping"]) if options["mapping"] else {},
    )


def _selectors(file: str) -> dict[str, Any]:
    opened = open_sources([file])
    if opened.problems:
        raise CommandError("\n".join(map(str, opened.problems)), returncode=USAGE)
    try:
        return read_mapping(opened.files[0])
    except MappingError as error:
        raise CommandError(str(error), returncode=USAGE) from error


def entitled_user(name: str, *, publish: bool) -> User:
    """Return the user of that name, who may do what is asked for."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"--as {name}: there is no user of this name.", returncode=USAGE)
    if not access.may(user, "publish_import" if publish else "create"):
        right = "Can import items as published" if publish else "Can add news item"
        raise CommandError(f"--as {name}: this user may not do that; the right “{right}” is needed.", returncode=USAGE)
    return user


def moment(text: str) -> datetime.datetime:
    """Read a day or a moment in ISO form."""
    try:
        is_day = len(text) == len("2025-11-25")
        written = datetime.date.fromisoformat(text) if is_day else datetime.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2025-11-25 or 2025-11-25T14:30") from None
    if not is_plausible(written):
        raise argparse.ArgumentTypeError(f"{text!r} is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return moment_of(written)
