"""manage.py load_reference_data: countries, institutions, fields of work and the navigation, from taxonomy/data/."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from taxonomy.reference_data.kinds import read_rows
from taxonomy.reference_data.planning import Plan, make_plan, shown
from taxonomy.reference_data.sources import DATA, ReferenceDataError, Row
from taxonomy.reference_data.stored import Stored
from taxonomy.reference_data.writing import Writer
from taxonomy.writing import taxonomy_writing

NAMES_EACH = 2  # the verbosity from which each created record is named


class Command(BaseCommand):
    """Loads what changed in the data files; what an editor changed is kept and reported."""

    help = "Load countries, institutions, fields of work and the navigation; a second run writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--plan", action="store_true", help="Say what a load would do, and write nothing.")
        parser.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="Read the files of this folder.")

    def handle(self, *, plan: bool, data: Path, verbosity: int, **_options: Any) -> None:
        """Read, compare, write."""
        try:
            rows = read_rows(data)
            made = make_plan(rows, Stored(rows)) if plan else load(rows)
        except ReferenceDataError as wrong:
            raise CommandError(str(wrong)) from None
        self.report(made, verb="would be " if plan else "", verbosity=verbosity)

    def report(self, plan: Plan, *, verb: str, verbosity: int) -> None:
        """Print what was done, record by record where it matters, and the sums."""
        if not verbosity:
            return
        created = [step for step in plan.steps if step.is_new and verbosity >= NAMES_EACH]
        lines = [
            *(f"{verb}created: {step.row.kind} {step.row.key}" for step in created),
            *(f"{verb}changed: {change}" for change in changes(plan)),
            *plan.notes,
            sums(plan, verb=verb),
        ]
        self.stdout.write("\n".join(lines))


def load(rows: list[Row]) -> Plan:
    """Compare and write in one transaction, and return what was done."""
    with taxonomy_writing():
        stored = Stored(rows)
        plan = make_plan(rows, stored)
        Writer(plan, stored).write()
    return plan


def changes(plan: Plan) -> Iterator[str]:
    """Yield each changed value as a line."""
    for step in plan.changed:
        for name, value in step.changes.items():
            yield f"{step.row.kind} {step.row.key}, {name}: now {shown(value)}"


def sums(plan: Plan, *, verb: str) -> str:
    """Return how many records of which kind were created, changed and left alone."""
    kinds = ", ".join(f"{kind} {count}" for kind, count in plan.created.items())
    return (
        f"Reference data: {plan.created.total()} {verb}created{f' ({kinds})' if kinds else ''}, "
        f"{len(plan.changed)} {verb}changed, {len(plan.notes)} left to editors, {plan.unchanged} unchanged."
    )
