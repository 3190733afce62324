"""Telling what becomes of each row, as the options of the command ask."""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from news.imports import report
from news.imports.decisions import Act, Decision
from news.models import ImportBatch
from news.models.news_item import news_address

USAGE, SOME_REJECTED = 2, 3  # exit codes


class Teller:
    """Tells what becomes of each row, as the options ask; at the end in how many cases."""

    def __init__(self, command: BaseCommand, options: dict[str, Any], held: ExitStack, *, is_plan: bool) -> None:
        """Open the report, if one is asked for."""
        self.command, self.is_plan, self.as_json = command, is_plan, options["json"]
        self.is_quiet = options["verbosity"] == 0
        self.table = held.enter_context(_table(options["report"])) if options["report"] else None
        self.unpublished = 0

    def tell(self, decisions: Sequence[Decision]) -> None:
        """Tell of some rows."""
        if self.table:
            self.table.add(decisions)
        for decision in decisions:
            self.unpublished += bool(decision.lacks)
            for problem in decision.problems:
                self.command.stderr.write(str(problem))
            if self.as_json:
                self.command.stdout.write(json.dumps(report.as_object(decision), ensure_ascii=False, default=str))
            elif not self.is_quiet and decision.act != Act.REJECTED:
                self._tell_in_lines(decision)

    def _tell_in_lines(self, decision: Decision) -> None:
        address = "" if self.is_plan else f" – {address_of(decision)}"
        self.command.stdout.write(report.headline(decision) + address)
        for line in report.field_lines(decision):
            self.command.stdout.write(line)

    def close(self, counts: Counter[str], batch: ImportBatch | None) -> None:
        """Print the totals.

        Raises:
            CommandError: some rows were rejected, or could not be published as asked.
        """
        told = report.totals(counts)
        if self.as_json:
            self.command.stdout.write(json.dumps({"totals": counts, "import": batch.pk if batch else None}))
        elif batch is None:
            self.command.stderr.write(f"This would be: {told}. Nothing is written.")
        else:
            self.command.stderr.write(
                f"Import {batch.pk}: {told}. To take it back: manage.py import_news --undo {batch.pk}"
            )
        failures = {"rejected": counts[Act.REJECTED], "not published for what they lack": self.unpublished}
        words = [f"{number:,} of {counts.total():,} rows {word}" for word, number in failures.items() if number]
        if words:
            raise CommandError(f"{'; '.join(words)}.", returncode=SOME_REJECTED)


def _table(file: str) -> report.Table:
    if file == "-":
        raise CommandError("--report -: name a file; what becomes of each row is printed by --json.", returncode=USAGE)
    try:
        return report.Table(Path(file))
    except OSError as error:
        raise CommandError(f"--report {file}: it cannot be written: {error.strerror}.", returncode=USAGE) from error


def address_of(decision: Decision) -> str:
    """Return where a person finds the item: the page of what is public or will be, the admin's form of a draft."""
    if decision.outcome.endswith("draft") or decision.act == Act.CONFLICT:
        return settings.SITE_URL + reverse("admin:news_newsitem_change", args=[decision.item_number])
    return settings.SITE_URL + news_address(
        number=decision.item_number, slug=decision.slug or "-", language=decision.language
    )
