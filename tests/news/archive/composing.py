"""Compose an archive from a taxonomy given on standard input, and write what a file of it would add up to."""

import hashlib
import pickle
import sys

import django

django.setup()

from news.archive.composition import Composer  # noqa: E402 - Django has to be set up before
from news.importers.json_lines_form import line_of  # noqa: E402 - the same
from news.management.commands.generate_archive import END_OF_FILES  # noqa: E402 - the same
from taxonomy import catalogue  # noqa: E402 - the same


def main() -> None:
    """Write the digest of the lines."""
    known = pickle.load(sys.stdin.buffer)  # noqa: S301 - the test's own
    catalogue.read_catalogue = lambda: known
    digest = hashlib.sha256()
    for row in Composer(items=400, seed=1, until=END_OF_FILES).compose():
        digest.update(line_of(row))
    sys.stdout.write(digest.hexdigest())


if __name__ == "__main__":
    main()
