"""Exports news as JSON Lines, for another site, for a backup that programs can read, for research."""

import argparse
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news.importers.json_lines_form import line_of
from news.item_export import everything, exported_rows, listed, one_moment
from news.item_export.wording import UnknownQuestionError, question_in
from news.management.output import STANDARD_OUTPUT, hush_standard_output, writing_to
from news.management.progress import progressing

USAGE, INTERRUPTED = 2, 130  # exit codes; Django has 1 for what failed
EXAMPLES = """examples:
  manage.py export_news > everything.jsonl
      all items with all their editions, drafts and removed items included
  manage.py export_news --output everything.jsonl.gz
      the same, packed; the file is there as a whole or not at all
  manage.py export_news 'country=ukraine&kind=statement&from=2020-01-01'
      the items of the rows that this list of the site shows
  manage.py export_news 'https://www.example.org/news/?topic=arms-control' --public
      only what readers may see, or could once
  manage.py export_news 'language=en&language=ru&country=ukraine' | head -n 3
      without a language, a list has one row for each story: in English, else the original

exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted
The form of the lines, which import_news reads: docs/import-format.md
"""


class Command(BaseCommand):
    """Write one line for each item, as of one moment."""

    help = "Exports news as JSON Lines: everything, or what a list of the site shows."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Print without colours where the environment asks for it (no-color.org)."""
        super().__init__(*args, **kwargs | ({"no_color": True} if os.environ.get("NO_COLOR") else {}))

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the question and where the lines go."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument(
            "question", nargs="?", metavar="QUESTION", help="the parameters of a list, as in its address (everything)"
        )
        parser.add_argument(
            "--output", default=STANDARD_OUTPUT, metavar="FILE", help="a file, packed if it ends in .gz (stdout)"
        )
        parser.add_argument("--public", action="store_true", help="only what is or was public: no drafts, no embargoes")

    def handle(self, *, question: str | None, output: str, public: bool, **options: Any) -> None:
        """Write the lines, and say how many they are where they go to a file."""
        try:
            written = export(question, output, is_public=public)
        except UnknownQuestionError as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except BrokenPipeError:  # whoever reads has enough, as `head` has
            hush_standard_output()
            return
        except OSError as error:
            raise CommandError(f"{named(output)}: cannot be written: {error.strerror}.") from error
        except KeyboardInterrupt:
            raise CommandError(f"{named(output)}: interrupted before the last item.", returncode=INTERRUPTED) from None
        if output != STANDARD_OUTPUT and options["verbosity"]:
            self.stderr.write(f"{output}: {written:,} items.", ending="\n", style_func=str)


def export(question: str | None, output: str, *, is_public: bool) -> int:
    """Write the items that the question lists, or all, and return how many they are.

    Raises:
        UnknownQuestionError: it is no question.
        OSError: the file cannot be written.
    """
    written = 0
    with one_moment():
        chosen = everything() if question is None else listed(question_in(question))
        with writing_to(output) as file:
            rows = exported_rows(chosen, is_public=is_public)
            for row in progressing(rows, title="Export", total=len(chosen)):
                file.write(line_of(row))
                written += 1
    return written


def named(output: str) -> str:
    """Return what people call the place."""
    return "standard output" if output == STANDARD_OUTPUT else output
