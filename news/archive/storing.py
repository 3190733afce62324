"""Storing the sample archive: an import like any other, which goes on where it was killed and can be undone."""

import hashlib
from collections.abc import Iterable

from django.utils import timezone

from news.archive.composition import Composer
from news.importers.rows import ItemRow
from news.imports import batches
from news.imports.run import Run
from news.imports.wishes import Wish
from news.models import ImportBatch

FORMAT = "sample archive"


def store(composer: Composer, rows: Iterable[ItemRow]) -> ImportBatch:
    """Store the rows that were composed, and return the batch.

    Raises:
        Busy: another import is running.
    """
    name = f"sample archive of {composer.items:,} items, seed {composer.seed}, until {composer.until:%Y-%m-%d %H:%M}"
    digest = hashlib.sha256(name.encode()).hexdigest()
    source = {"name": name, "bytes": 0, "sha256": digest, "format": FORMAT}
    with batches.alone():
        batch, _goes_on = batches.begin([source], {}, now=timezone.now())
        Run(Wish(), batch, lambda _decisions: None).over(rows)
        batches.finish(batch, now=timezone.now())
    return batch
