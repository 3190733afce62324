"""Proof that rows and files agree, both ways: what a row names is stored, and what is stored is named by a row."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from library.making import recipe_of
from library.models import AttachmentVersion, Image
from library.places import ATTACHMENTS, ORIGINALS, RENDITIONS, files_in, folder_of, folders_in, paths_of
from library.tasks import make_renditions_of

YOUNG = datetime.timedelta(hours=1)  # a file or a row of less may belong to what is being stored just now
AT_ONCE = 500  # folders whose rows are read with one query


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What doesn't agree.

    Attributes:
        words: which thing, and what is wrong with it.
        orphan: a stored file that no row names: it is deleted.
        unmade: the number of an image whose renditions are made again; a fault that is neither cannot be mended.
    """

    words: str
    orphan: str = ""
    unmade: int = 0

    @property
    def is_mendable(self) -> bool:
        """Say whether it can be mended without a backup."""
        return bool(self.orphan or self.unmade)

    def mend(self) -> str:
        """Mend it, and return what was done."""
        if self.orphan:
            default_storage.delete(self.orphan)
            return f"{self.orphan} was deleted."
        Image.objects.filter(pk=self.unmade).update(rendered_by="")
        make_renditions_of.enqueue(self.unmade)
        return f"The worker is asked to make the renditions of image {self.unmade}."


def faults(now: datetime.datetime) -> Iterator[Fault]:
    """Yield all that doesn't agree; reads only, in memory that doesn't grow with the library."""
    before = now - YOUNG
    yield from _without_file(Image.objects.order_by("pk").iterator(AT_ONCE))
    yield from _without_file(AttachmentVersion.objects.exclude(file="").order_by("pk").iterator(AT_ONCE))
    yield from _without_row(ORIGINALS, Image.objects.all(), before)
    yield from _without_row(ATTACHMENTS, AttachmentVersion.objects.all(), before)
    yield from _renditions(before)
    yield from _folders_without_image(before)


def _without_file(rows: Iterable[Image | AttachmentVersion]) -> Iterator[Fault]:
    """Yield the rows whose file is missing, or not as long as they say."""
    for row in rows:
        name = str(row.file.name)
        try:
            size = default_storage.size(name)
        except FileNotFoundError:
            yield Fault(words=f"{_called(row)}: its file {name} is missing. Restore it from a backup.")
            continue
        if size != row.size:
            words = f"its file {name} has {size:,} bytes instead of {row.size:,}. Restore it from a backup."
            yield Fault(words=f"{_called(row)}: {words}")


def _without_row(top: str, rows: QuerySet[Any], before: datetime.datetime) -> Iterator[Fault]:
    """Yield the files below a folder that none of the rows names."""
    for folder in folders_in(top):
        named = set(rows.filter(file__startswith=f"{top}/{folder}/").values_list("file", flat=True))
        paths = (f"{top}/{folder}/{name}" for name in files_in(f"{top}/{folder}"))
        yield from _orphans([path for path in paths if path not in named], before)


def _renditions(before: datetime.datetime) -> Iterator[Fault]:
    """Yield the images whose renditions are not all there, or older than what is made now; and files beside them."""
    for image in Image.objects.order_by("pk").iterator(AT_ONCE):
        wanted = set(paths_of(image.pk, (image.width, image.height)))
        there = {f"{folder_of(image.pk)}/{name}" for name in files_in(folder_of(image.pk))}
        missing, is_stale = wanted - there, image.rendered_by != recipe_of(image)
        if (missing or is_stale) and image.uploaded_at < before:
            reason = f"{len(missing)} renditions are missing" if missing else "its renditions are not those of now"
            problem = f" ({image.problem})" if image.problem else ""
            yield Fault(words=f"{_called(image)}: {reason}{problem}.", unmade=image.pk)
        yield from _orphans(sorted(there - wanted), before)


def _folders_without_image(before: datetime.datetime) -> Iterator[Fault]:
    """Yield the renditions of images that are gone."""
    for names in batched(folders_in(RENDITIONS), AT_ONCE):
        numbers = {int(name) for name in names if name.isdecimal()}
        there = set(Image.objects.filter(pk__in=numbers).values_list("pk", flat=True))
        for name in names:
            if not name.isdecimal() or int(name) not in there:
                folder = f"{RENDITIONS}/{name}"
                yield from _orphans([f"{folder}/{file}" for file in files_in(folder)], before)


def _orphans(paths: Iterable[str], before: datetime.datetime) -> Iterator[Fault]:
    for path in paths:
        try:
            is_young = default_storage.get_modified_time(path) >= before
        except FileNotFoundError:  # deleted meanwhile
            continue
        if not is_young:
            yield Fault(words=f"{path}: no row names this file.", orphan=path)


def _called(row: Image | AttachmentVersion) -> str:
    what = "Image" if isinstance(row, Image) else "Version of an attachment"
    return f"{what} {row.pk} ({row})"
