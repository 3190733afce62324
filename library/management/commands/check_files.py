"""Prove that the library's rows and files agree, and mend what can be mended."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from library.checking import faults
from library.models import AttachmentVersion, Image


class Command(BaseCommand):
    """Check both ways: exit 0 if all agrees, 1 with the names of what doesn't."""

    help = "Prove that every image and attachment has its files, and every file its row; --fix mends what it can."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--fix` and `--quick`."""
        parser.add_argument(
            "--quick",
            action="store_true",
            help="compare lengths alone: fast, and blind for what was changed and is as long as before",
        )
        parser.add_argument(
            "--fix",
            action="store_true",
            help=(
                "delete files that no row names and that are older than an hour; let the worker make renditions that "
                "are missing or broken. A lost or changed original comes from a backup only"
            ),
        )

    def handle(self, *_arguments: Any, fix: bool, quick: bool, **_options: Any) -> None:
        """Name each fault, mend it if asked to, and count what is left; what is young is counted, and left alone."""
        left = mendable = young = 0
        for fault in faults(timezone.now(), is_quick=quick):
            if fault.is_young:
                young += 1
                continue
            self.stderr.write(fault.words)
            if fix and fault.is_mendable:
                self.stdout.write(fault.mend())
                continue
            left += 1
            mendable += fault.is_mendable
        if young:
            text = f"Left out: {young:,} that are younger than an hour, and may belong to what is uploaded just now."
            self.stdout.write(text)
        if left:
            raise CommandError(self.summary(left, mendable))
        counted = (
            f"{Image.objects.count():,} images, {AttachmentVersion.objects.exclude(file='').count():,} attachments"
        )
        self.stdout.write(f"Rows and files agree: {counted}.")

    def summary(self, left: int, mendable: int) -> str:
        """Return how many faults are left, and what to do."""
        counted = "1 fault" if left == 1 else f"{left:,} faults"
        if mendable:
            return f"{counted}, {mendable:,} of which this mends: manage.py check_files --fix"
        return f"{counted} that only a backup mends."
