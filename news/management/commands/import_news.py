"""Imports news from files in the page-text form."""

import argparse
import datetime
import os
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from news import access
from news.importers import page_text
from news.importers.loader import Act, Loader, Outcome, Wish
from news.importers.navigation_check import check_navigation
from news.importers.plain_text import MOST_BYTES
from news.importers.rows import NewsRow, Place, ReadingError
from news.importers.written_dates import FIRST_YEAR, LAST_YEAR, is_plausible, moment_of
from news.models import Edition
from news.models.news_item import news_languages
from record.actors import acting, name_of
from taxonomy.catalogue import today

USAGE, SOME_REJECTED = 2, 3  # exit codes; Django has 1 for what failed
REJECTED, NOT_PUBLISHED = "rejected", "not published for what it lacks"
EXAMPLES = """examples:
  manage.py import_news page.txt
      a draft that says what it lacks
  manage.py import_news page.txt --issued-on 2025-11-25 --publish
      visible from the beginning of that day in Vienna
  manage.py import_news pages/*.txt --language ru --issued-on 2025-11-25T14:30
  manage.py import_news page.txt --check-navigation
      only compares the menu of the page with this site's, and stores nothing
  crawler | manage.py import_news -

exit codes: 0 done, 1 failed, 2 wrong usage,
  3 some files were rejected, or not published as asked (the others are stored)
A second import of the same file changes nothing. What an editor has changed since is kept.
The form of the files: docs/import-format.md
"""


class Command(BaseCommand):
    """Import pages, each in its own transaction, and print one line for each."""

    help = "Imports news from public pages that were saved as text."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Print without colours where the environment asks for it (no-color.org)."""
        super().__init__(*args, **kwargs | ({"no_color": True} if os.environ.get("NO_COLOR") else {}))

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the files and what may be wished."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("files", nargs="+", metavar="FILE", help="a page saved as text; - reads standard input")
        parser.add_argument(
            "--issued-on",
            type=moment,
            metavar="DATE",
            help="the date of issue of pages that have none, e.g. 2025-11-25 (its beginning in Vienna) or "
            "2025-11-25T14:30; a page's own date counts more",
        )
        parser.add_argument("--publish", action="store_true", help="approve what is complete; needs --issued-on")
        parser.add_argument(
            "--as",
            dest="acting_as",
            metavar="NAME",
            help="act for this user, who must be allowed to import (or to publish imports), and for whose institutions",
        )
        parser.add_argument(
            "--language", default="en", choices=dict(news_languages()), metavar="CODE", help="of the texts (en)"
        )
        parser.add_argument(
            "--check-navigation", action="store_true", help="only compare the page's menu with this site's navigation"
        )

    def handle(self, *, files: list[str], acting_as: str | None, **options: Any) -> None:
        """Import each file for who asks for it."""
        user = entitled_user(acting_as, publish=options["publish"]) if acting_as else None
        with acting(name_of(user)) if user else nullcontext():
            self._handle(files=files, on_behalf_of=user, **options)

    def _handle(self, *, files: list[str], check_navigation: bool, **options: Any) -> None:
        """Import each file, or check its menu, and tell which were rejected."""
        if options["publish"] and not options["issued_on"]:
            raise CommandError(
                "--publish needs the date of issue: add --issued-on, e.g. --issued-on 2025-11-25", returncode=USAGE
            )
        if options["publish"] and check_navigation:
            raise CommandError("--check-navigation stores nothing: leave out --publish", returncode=USAGE)
        treat = self._check if check_navigation else self._importing(options)
        fail_with(Counter(self._treat(file, options["language"], treat) for file in files))

    def _treat(self, file: str, language: str, treat: Any) -> str:
        """Read the file and treat each of its rows; print what is wrong with it, and return it as a word."""
        name = "stdin" if file == "-" else file
        try:
            results = [treat(row) for row in page_text.read(read_bytes(file), file=name, language=language)]
        except ReadingError as error:
            self.stderr.write(str(error))
            return REJECTED
        return "" if all(results) else NOT_PUBLISHED

    def _importing(self, options: dict[str, Any]) -> Any:
        """Return what imports a row as the options ask."""
        loader = Loader()
        wish = Wish(issued_at=options["issued_on"], publish=options["publish"], on_behalf_of=options["on_behalf_of"])

        def import_row(row: NewsRow) -> bool:
            outcome = loader.load(row, wish)
            for note in row.notes:
                self.stderr.write(f"{note}.")
            self.stdout.write(f"{row.place.file}: {describe(outcome)}")
            return not (wish.publish and outcome.lacks)

        return import_row

    def _check(self, row: NewsRow) -> bool:
        """Print what the page's menu and this site's navigation lack."""
        differences = check_navigation(row.menu, language=row.language, today=today())
        self.stdout.write(
            f"{row.place.file}: {len(row.menu)} menu entries, {'these differ' if differences else 'all agree'}"
        )
        for line in differences:
            self.stdout.write(f"  {line}")
        return True


def fail_with(results: Counter[str]) -> None:
    """Raise with how many files failed in which way; "" stands for those that went well."""
    failures = [
        f"{results[word]} of {results.total()} files {word}" for word in (REJECTED, NOT_PUBLISHED) if results[word]
    ]
    if failures:
        raise CommandError(f"{'; '.join(failures)}.", returncode=SOME_REJECTED)


def entitled_user(name: str, *, publish: bool) -> User:
    """Return the user of that name, who may do what is asked for."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"--as {name}: there is no user of this name.", returncode=USAGE)
    if not access.may(user, "publish_import" if publish else "create"):
        right = "Can import items as published" if publish else "Can add news item"
        raise CommandError(f"--as {name}: this user may not do that; the right “{right}” is needed.", returncode=USAGE)
    return user


def describe(outcome: Outcome) -> str:
    """Say in one line what became of a row: the act, the number, the title, what it lacks, the address."""
    edition = outcome.edition
    parts = [f"{outcome.act} {edition.item_id}: {edition.title}"]
    if outcome.act == Act.SCHEDULED:
        parts.append(f"visible from {timezone.localtime(edition.visible_from):%Y-%m-%d %H:%M} in Vienna")
    if outcome.lacks:
        parts.append(f"it lacks: {', '.join(outcome.lacks)}")
    return " – ".join([*parts, *outcome.notes, address_of(edition)])


def address_of(edition: Edition) -> str:
    """Return where a person finds it: the page of what is approved, the admin's form of a draft."""
    form = reverse("admin:news_newsitem_change", args=[edition.item_id])
    return settings.SITE_URL + (form if edition.is_open else edition.get_absolute_url())


def read_bytes(file: str) -> bytes:
    """Read the file, or standard input, as far as a page may be long.

    Raises:
        ReadingError: it cannot be opened.
    """
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ReadingError(Place(file=file, line=1), f"expected a file that can be read: {error.strerror}.") from error


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
