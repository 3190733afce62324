"""Attachments on their way in: a new one, and the next version of one that is there. No row without its file, no file
without its row; what could not be stored is said in words.
"""

import logging
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from library.documents import Document
from library.models import Attachment, AttachmentVersion, Image

SLUG_LENGTH = 80  # letters
OF_FILE = ("format", "size", "pages", "checksum")
KEPT = ("file", "text", *OF_FILE)  # by a version that says something else of the same
log = logging.getLogger(__name__)


def readable_name(title: str) -> str:
    """Make the readable end of an address from a title in any script, in Latin letters."""
    slug = slugify(anyascii(title).replace("/", "-")) or "file"
    return slug if len(slug) <= SLUG_LENGTH else slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a version says besides its file or its text: of a recording all that is spoken, and what stands for it."""

    title: str
    language: str = "en"
    transcript: str = ""
    poster: Image | None = None


def words_of(version: AttachmentVersion) -> Words:
    """Return the words of a version, which the next one may keep."""
    return Words(title=version.title, language=version.language, transcript=version.transcript, poster=version.poster)


@transaction.atomic
def attach(
    attachment: Attachment,
    *,
    words: Words,
    by: Any,
    document: Document | None = None,
    upload: Any = None,
    text: str = "",
) -> AttachmentVersion:
    """Store an attachment and its next version; what is given anew takes the place of what the newest one has.

    Args:
        attachment: a new one or one that is there.
        words: title, language, transcript and poster.
        by: who gives it.
        document: what the file is (library.documents); None for a page, or where the file stays.
        upload: the file.
        text: the HTML of a page; nothing where it stays.

    Raises:
        ValidationError: the file is the one that is there already, or could not be stored.
    """
    _keep(attachment, title=words.title, by=by)
    newest = attachment.versions.first()
    version = _next(attachment, newest, words, by, **({"text": text} if text else {}))
    if document is None:
        return _stored(version)
    if newest and newest.checksum == document.checksum:
        raise ValidationError(_("This is the file that stands there already."), code="same")
    return _with_file(version, document, upload)


def _keep(attachment: Attachment, *, title: str, by: Any) -> None:
    """Store a new attachment, or wait for whoever gives it a version: these are counted one after the other."""
    if attachment.pk is None:
        attachment.slug, attachment.created_by = readable_name(title), by
        attachment.save()
    else:
        Attachment.objects.select_for_update().get(pk=attachment.pk)


def _next(
    attachment: Attachment, newest: AttachmentVersion | None, words: Words, by: Any, **given: Any
) -> AttachmentVersion:
    """Return the next version, not yet stored: what is not given is the file and the text of the newest one."""
    said = {name: getattr(words, name) for name in Words.__dataclass_fields__}
    kept = {name: getattr(newest, name) for name in KEPT} if newest else {}
    number = newest.number + 1 if newest else 1
    return AttachmentVersion(attachment=attachment, number=number, added_by=by, **said, **kept | given)


def _stored(version: AttachmentVersion) -> AttachmentVersion:
    version.save()
    return version


def _with_file(version: AttachmentVersion, document: Document, upload: Any) -> AttachmentVersion:
    """Store the file and the row of a version: both or none."""
    for name in OF_FILE:
        setattr(version, name, getattr(document, name))
    storage, path = _place(version)
    if AttachmentVersion.objects.filter(attachment=version.attachment, file=path).exists():
        version.file = path  # an older version has the same bytes
        return _stored(version)
    try:
        _put(storage, path, upload)
        version.file = path
        with transaction.atomic():
            version.save()
    except BaseException:
        _clear(storage, path)
        raise
    return version


def _place(version: AttachmentVersion) -> tuple[Storage, str]:
    """Return the storage of a version's file, and its path there."""
    field: Any = AttachmentVersion._meta.get_field("file")
    return field.storage, field.generate_filename(version, "")


def _put(storage: Storage, path: str, upload: Any) -> None:
    """Write a file; each storage has errors of its own."""
    try:
        storage.delete(path)  # what a broken upload may have left
        upload.seek(0)
        storage.save(path, File(upload, name=path))
    except Exception as error:
        log.exception("Could not store %s", path)
        reason = getattr(error, "strerror", None) or type(error).__name__
        text = _("Nothing was saved: the file could not be stored (%(reason)s). Tell whoever runs the site.")
        raise ValidationError(text, params={"reason": reason}, code="not_stored") from error


def _clear(storage: Storage, path: str) -> None:
    """Delete what was written of a file; where that fails too, `check_files` finds it."""
    try:
        storage.delete(path)
    except Exception:
        log.exception("Could not delete %s", path)
