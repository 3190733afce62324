"""Proof that rows and files agree, both ways: what a row names is stored whole, what is stored is named by a row."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from library.anatomy import ConfusedError, CutOffError, extent_of
from library.holders import with_cards
from library.making import recipe_of
from library.models import AttachmentVersion, Image
from library.places import (
    ATTACHMENTS,
    CARDS,
    ORIGINALS,
    RENDITIONS,
    files_below,
    files_in,
    folder_of,
    folders_in,
    paths_of,
    quick_path,
)
from library.tasks import make_renditions_of

YOUNG = datetime.timedelta(hours=1)  # a file or a row of less may belong to what is being stored just now
AT_ONCE = 500  # folders whose rows are read with one query
PORTION = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What doesn't agree.

    Attributes:
        words: which thing, and what is wrong with it.
        is_young: whether it may be no fault at all: an upload that goes on, an image that waits for the worker.
        orphan: a stored file that no row needs: it is deleted.
        unmade: the number of an image whose renditions are made again; a fault that is neither cannot be mended.
    """

    words: str
    is_young: bool = False
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
        if _broken([quick_path(self.unmade)], is_quick=False):
            default_storage.delete(quick_path(self.unmade))  # it is made where there is none
        make_renditions_of.enqueue(self.unmade, is_lacking=True)
        return f"The worker is asked to make the renditions of image {self.unmade}."


def faults(now: datetime.datetime, *, is_quick: bool = False) -> Iterator[Fault]:
    """Yield all that doesn't agree; reads only, in memory that doesn't grow with the library.

    Args:
        now: what is younger than an hour then, is marked so.
        is_quick: whether the lengths of files are enough; else all of them are read.
    """
    before = now - YOUNG
    yield from _without_file(Image.objects.order_by("pk").iterator(AT_ONCE), is_quick=is_quick)
    versions = (
        AttachmentVersion.objects.exclude(file="").order_by("attachment", "file", "pk").defer("text", "transcript")
    )
    yield from _without_file(versions.iterator(AT_ONCE), is_quick=is_quick)
    yield from _without_row(ORIGINALS, Image.objects.all(), before)
    yield from _without_row(ATTACHMENTS, AttachmentVersion.objects.all(), before)
    yield from _renditions(before, is_quick=is_quick)
    yield from _folders_without_image(before)
    yield from _cards(before, is_quick=is_quick)
    yield from _strays(before)


def incomplete(images: QuerySet[Image]) -> Iterator[int]:
    """Yield the numbers of those images that lack renditions in the storage, or have older ones than are made now."""
    for image in images.iterator(AT_ONCE):
        there = {f"{folder_of(image.pk)}/{name}" for name in files_in(folder_of(image.pk))}
        if image.rendered_by != recipe_of(image) or not there.issuperset(_wanted(image)):
            yield image.pk


def _wanted(image: Image) -> set[str]:
    return set(paths_of(image.pk, (image.width, image.height)))


def _without_file(rows: Iterable[Image | AttachmentVersion], *, is_quick: bool) -> Iterator[Fault]:
    """Yield the rows whose file is missing, or is not the one that was stored; of rows that share one, the first."""
    last = ""
    for row in rows:
        name, last = last, str(row.file.name)
        if name != last and (wrong := _wrong_with(row, is_quick=is_quick)):
            yield Fault(words=f"{_called(row)}: its file {row.file.name} {wrong}. Restore it from a backup.")


def _wrong_with(row: Image | AttachmentVersion, *, is_quick: bool) -> str:
    """Return what is wrong with the file of a row, in words."""
    name = str(row.file.name)
    try:
        size = default_storage.size(name)
        if size != row.size:
            return f"has {size:,} bytes instead of {row.size:,}"
        is_another = not is_quick and _checksum(name) != row.checksum
    except FileNotFoundError:
        return "is missing"
    return "was changed: its checksum is another one" if is_another else ""


def _checksum(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name) as file:
        while portion := file.read(PORTION):
            digest.update(portion)
    return digest.hexdigest()


def _without_row(top: str, rows: QuerySet[Any], before: datetime.datetime) -> Iterator[Fault]:
    """Yield the files below a folder that none of the rows names."""
    yield from _orphans([f"{top}/{name}" for name in files_in(top)], before)
    for folder in folders_in(top):
        named = set(rows.filter(file__startswith=f"{top}/{folder}/").values_list("file", flat=True))
        yield from _orphans([path for path in files_below(f"{top}/{folder}") if path not in named], before)


def _renditions(before: datetime.datetime, *, is_quick: bool) -> Iterator[Fault]:
    """Yield the images whose renditions are not all there and whole, or older than what is made now; and strays."""
    for image in Image.objects.order_by("pk").iterator(AT_ONCE):
        wanted, there = _wanted(image), set(files_below(folder_of(image.pk)))
        broken = _broken(sorted(wanted & there), is_quick=is_quick)
        if reason := _lacks(image, missing=len(wanted - there), broken=broken):
            is_young = image.uploaded_at >= before
            yield Fault(words=f"{_called(image)}: {reason}.", unmade=image.pk, is_young=is_young)
        yield from _orphans(sorted(there - wanted), before)


def _lacks(image: Image, *, missing: int, broken: list[str]) -> str:
    """Return what is wrong with the renditions of an image, with the problem that making them had."""
    if broken:
        reason = f"{len(broken)} renditions are empty or cut off, {broken[0]} first"
    elif missing:
        reason = f"{missing} renditions are missing"
    elif image.rendered_by != recipe_of(image):
        reason = "its renditions are not those of now"
    else:
        return ""
    return f"{reason} ({image.problem})" if image.problem else reason


def _broken(paths: Iterable[str], *, is_quick: bool) -> list[str]:
    """Return which pictures are empty or, unless lengths are enough, cut off; one that is missing is neither."""
    return [path for path in paths if _is_broken(path, is_quick=is_quick)]


def _is_broken(path: str, *, is_quick: bool) -> bool:
    try:
        if is_quick:
            return not default_storage.size(path)
        with default_storage.open(path) as file:
            data = file.read()
        return not data or extent_of(data, path.rpartition(".")[2]).end != len(data)
    except FileNotFoundError:
        return False
    except (CutOffError, ConfusedError):
        return True


def _folders_without_image(before: datetime.datetime) -> Iterator[Fault]:
    """Yield the renditions of images that are gone, and what lies beside them."""
    yield from _orphans([f"{RENDITIONS}/{name}" for name in files_in(RENDITIONS)], before)
    for names in batched(folders_in(RENDITIONS), AT_ONCE):
        for folder in _gone(names):
            yield from _orphans(files_below(folder), before)


def _gone(names: Iterable[str]) -> list[str]:
    """Return which folders of renditions belong to no image."""
    numbers = [int(name) for name in names if _is_number(name)]
    there = {str(number) for number in Image.objects.filter(pk__in=numbers).values_list("pk", flat=True)}
    return [f"{RENDITIONS}/{name}" for name in names if name not in there]


def _cards(before: datetime.datetime, *, is_quick: bool) -> Iterator[Fault]:
    """Yield the cards of no page, and broken ones: without it, the picture of the page or the site's card stands in."""
    for names in batched(files_in(CARDS), AT_ONCE):
        kept = _cards_of_pages(names)
        yield from _orphans([f"{CARDS}/{name}" for name in names if name not in kept], before)
        broken = _broken([f"{CARDS}/{name}" for name in kept], is_quick=is_quick)
        yield from (Fault(words=f"{path}: this card is empty or cut off.", orphan=path) for path in broken)
    for folder in folders_in(CARDS):
        yield from _orphans(files_below(f"{CARDS}/{folder}"), before)


def _cards_of_pages(names: Iterable[str]) -> list[str]:
    """Return which files are cards of pages that may have one."""
    numbers = {name: int(name[:-4]) for name in names if name.endswith(".jpg") and _is_number(name[:-4])}
    known = with_cards(numbers.values())
    return [name for name, number in numbers.items() if number in known]


def _strays(before: datetime.datetime) -> Iterator[Fault]:
    """Yield what lies at the top of the storage, or in folders that are not the library's."""
    yield from _orphans(files_in(""), before)
    for folder in folders_in(""):
        if folder not in {ORIGINALS, ATTACHMENTS, RENDITIONS, CARDS}:
            yield from _orphans(files_below(folder), before)


def _is_number(name: str) -> bool:
    return name.isdecimal() and len(name) < len(str(2**63))


def _orphans(paths: Iterable[str], before: datetime.datetime) -> Iterator[Fault]:
    for path in paths:
        try:
            is_young = default_storage.get_modified_time(path) >= before
        except FileNotFoundError:  # deleted meanwhile
            continue
        yield Fault(words=f"{path}: no row names this file.", orphan=path, is_young=is_young)


def _called(row: Image | AttachmentVersion) -> str:
    what = "Image" if isinstance(row, Image) else "Version of an attachment"
    return f"{what} {row.pk} ({row})"
