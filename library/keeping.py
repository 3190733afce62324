"""Taking an upload into the library whole or not at all, and letting an image go."""

import datetime
import logging
from dataclasses import asdict
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from library.exif import offered
from library.making import quick_size
from library.models import Image
from library.models.image import original_path
from library.opening import ImageRefusedError, Opened, opened
from library.places import card_path, files_in, folder_of, put, quick_path, rendition_path
from library.rendering import encode, mean_colour, source
from library.room import PATIENCE, expect_size, room
from library.tasks import make_renditions_of

__all__ = [
    "DuplicateError",
    "NoCreditError",
    "NotStoredError",
    "card_path",
    "let_go",
    "quick_path",
    "rendition_path",
    "take_in",
]

log = logging.getLogger(__name__)

LONGEST_NAME = 200  # letters


class DuplicateError(Exception):
    """The same file is in the library already.

    Attributes:
        image: which one it is.
    """

    def __init__(self, image: Image) -> None:
        """Keep the image that is there."""
        super().__init__(_("This very file is in the library already: %(image)s.") % {"image": image})
        self.image = image


class NoCreditError(ImageRefusedError):
    """Nobody has said who made a picture, and its file does not either."""


class NotStoredError(ImageRefusedError):
    """The storage refused a file: the disk is full, the server doesn't answer. Nothing of it was kept."""


def take_in(
    upload: File, *, name: str, credit: str, by: Any, place: str = "", taken_on: datetime.date | None = None
) -> Image:
    """Store an upload, with a quick JPEG of it so that it can be used at once; the worker makes the renditions.

    The file is written before the row, and both or neither stay. What is empty here is taken from EXIF. The name is
    how editors know the file; it says nothing of what it is.

    Raises:
        ImageRefusedError: with what is wrong and what to do; NotStoredError where it is not the file's fault;
            NoCreditError where neither `credit` nor EXIF says who made it.
        DuplicateError: the same bytes are there.
    """
    with room(patience=PATIENCE):
        found = opened(upload)
        refuse_duplicate(found.checksum)
        expect_size((found.width, found.height))
        offer = offered(upload, found.format)
        credit = credit.strip() or offer.credit
        if not credit:
            raise NoCreditError(_("The file does not say who made the picture. Write the credit, then send it again."))
        quick, colour = _quick(upload, found)
    image = Image(
        **asdict(found), name=_plain_name(name) or f"{found.checksum[:8]}.{found.format}", colour=colour, credit=credit
    )
    image.place, image.taken_on, image.uploaded_by = place.strip() or offer.place, taken_on or offer.taken_on, by
    _store(image, upload, quick)
    return image


def let_go(image: Image) -> None:
    """Delete an image, and once that is certain all its files. Whether it is in use, the caller has asked."""
    number, original = image.pk, str(image.file.name)
    with transaction.atomic():
        image.delete()
        transaction.on_commit(partial(_delete_files, number, original))


def refuse_duplicate(checksum: str) -> None:
    """Raise DuplicateError if a file is there."""
    if there := Image.objects.filter(checksum=checksum).first():
        raise DuplicateError(there)


def _plain_name(name: str) -> str:
    """Return the end of a path, with its ending even where it is too long."""
    return PurePath(name.replace("\\", "/").replace("\0", "")).name[-LONGEST_NAME:]


def _quick(upload: File, found: Opened) -> tuple[bytes, str]:
    """Return a JPEG of the whole picture, and its mean colour; a file that cannot be decoded is refused here."""
    size = quick_size((found.width, found.height))
    with source(upload, found.format, quick_for=size[0]) as pixels:
        small = pixels.rendition((0, 0, *pixels.size), size)
    return encode(small, "jpg"), mean_colour(small)


def _store(image: Image, upload: File, quick: bytes) -> None:
    image.file.name = original_path(image, "")
    upload.seek(0)
    try:
        _put(image.file.name, upload)
        with transaction.atomic():
            image.save()
            _put(quick_path(image.pk), quick)
            transaction.on_commit(partial(make_renditions_of.enqueue, image.pk))
    except BaseException as error:
        _undo(image)
        if isinstance(error, IntegrityError):
            refuse_duplicate(image.checksum)  # another request was quicker with the same file
        raise


def _put(path: str, content: File | bytes) -> None:
    """Store a file; each storage has errors of its own."""
    try:
        put(path, content)
    except Exception as error:
        log.exception("Could not store %s", path)
        text = _("The file could not be stored (%(reason)s). Nothing of it was kept: tell your administrator.")
        raise NotStoredError(text % {"reason": getattr(error, "strerror", None) or type(error).__name__}) from error


def _undo(image: Image) -> None:
    """Delete the files of what has no row; those of an image that is there are its own."""
    try:
        if image.pk:
            default_storage.delete(quick_path(image.pk))
        if not Image.objects.filter(checksum=image.checksum).exists():
            default_storage.delete(str(image.file.name))
    except Exception:
        log.exception("Left files of an image that was not stored; `manage.py check_files --fix` deletes them")


def _delete_files(number: int, original: str) -> None:
    """Delete the files of an image without row; what fails is left to `check_files`."""
    try:
        for name in files_in(folder_of(number)):
            default_storage.delete(f"{folder_of(number)}/{name}")
        default_storage.delete(folder_of(number))
        default_storage.delete(original)
    except OSError:
        log.exception("Left files of image %s; `manage.py check_files --fix` deletes them", number)
