"""Make renditions that the storage lacks, or that are older than those of now, in this process: no worker needed."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from library.checking import incomplete
from library.making import make
from library.models import Image

INTERRUPTED = 130  # the exit code


class Command(BaseCommand):
    """Make what is missing: exit 0 if all is there, 1 with the names of the images that failed."""

    help = (
        "Make the renditions of images that lack some in the storage, or have other ones than are made now: a moved "
        "focal point, new sizes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take numbers of images, or `--all`."""
        parser.add_argument("numbers", nargs="*", type=int, metavar="NUMBER", help="only these images, in any case")
        parser.add_argument("--all", action="store_true", help="all images, also where nothing is missing")

    def handle(self, *_arguments: Any, numbers: list[int], all: bool, **_options: Any) -> None:  # noqa: A002 - the option's word
        """Make them one by one; what fails is named, and the next one made."""
        chosen = self.chosen(numbers, is_all=all)
        try:
            made = sum(self.make_one(number) for number in progressing(chosen))
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is made is kept; the next run goes on.", returncode=INTERRUPTED) from None
        self.stdout.write(f"Made the renditions of {made:,} images." if chosen else "All renditions are there.")
        if made < len(chosen):
            raise CommandError(f"{len(chosen) - made:,} failed; their names stand above.")

    def chosen(self, numbers: list[int], *, is_all: bool) -> list[int]:
        """Return the numbers of the images to be made: those named, else all or those that lack something."""
        if numbers:
            there = set(Image.objects.filter(pk__in=numbers).values_list("pk", flat=True))
            if unknown := [str(number) for number in numbers if number not in there]:
                raise CommandError(f"No image has the number {', '.join(unknown)}.")
            return list(dict.fromkeys(numbers))
        images = Image.objects.order_by("pk")
        return list(images.values_list("pk", flat=True) if is_all else incomplete(images))

    def make_one(self, number: int) -> bool:
        """Make one image's renditions, and say whether that went well; one that is gone meanwhile needs none."""
        image = Image.objects.filter(pk=number).first()
        try:
            if image:
                make(image)
        except Exception as error:
            self.stderr.write(f"Image {image}: {error}")
            return False
        return True


def progressing(numbers: list[int]) -> Iterable[int]:
    """Yield the numbers, and show on a terminal how many are done."""
    console = Console(stderr=True)
    return track(numbers, description="Renditions", console=console, transient=True, disable=not sys.stderr.isatty())
