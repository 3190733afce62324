"""Attachments on their way in: a new one, and the next version of one that is there. No row without its file, no file
without its row; what could not be stored is said in words.
"""

import logging
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from library.documents import Document
from library.models import Attachment, AttachmentVersion

SLUG_LENGTH = 80  # letters
log = logging.getLogger(__name__)


def readable_name(title: str) -> str:
    """Make the readable end of an address from a title in any script, in Latin letters."""
    slug = slugify(anyascii(title).replace("/", "-")) or "file"
    return slug if len(slug) <= SLUG_LENGTH else slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


@transaction.atomic
def attach(
    attachment: Attachment, *, document: Document | None, upload: Any = None, text: str = "", by: Any
) -> AttachmentVersion:
    """Store an attachment and its next version: a file, or the text of a page.

    Args:
        attachment: a new one or one that is there.
        document: what the file is (library.documents), None for a page.
        upload: the file.
        text: the HTML of a page.
        by: who gives it.

    Raises:
        ValidationError: the file is the one that is there already, or could not be stored.
    """
    if attachment.pk is None:
        attachment.slug, attachment.created_by = readable_name(attachment.title), by
    else:
        Attachment.objects.select_for_update().get(pk=attachment.pk)  # versions are counted one after the other
    attachment.save()
    newest = attachment.versions.first()
    version = AttachmentVersion(
        attachment=attachment, number=newest.number + 1 if newest else 1, text=text, added_by=by
    )
    if document is None:
        version.save()
        return version
    if newest and newest.checksum == document.checksum:
        raise ValidationError(_("This is the file that stands there already."), code="same")
    version.format, version.size = document.format, document.size
    version.pages, version.checksum = document.pages, document.checksum
    return _with_file(version, upload)


def _with_file(version: AttachmentVersion, upload: Any) -> AttachmentVersion:
    """Store the file and the row of a version: both or none."""
    field = version._meta.get_field("file")
    storage, path = field.storage, field.generate_filename(version, "")  # type: ignore[union-attr]  # it is a FileField
    is_there = AttachmentVersion.objects.filter(attachment=version.attachment, file=path).exists()
    try:
        if not is_there:
            storage.delete(path)  # what a broken upload may have left
            upload.seek(0)
            path = storage.save(path, File(upload, name=path))
        version.file = path
        with transaction.atomic():
            version.save()
    except Exception as error:
        if not is_there:
            _clear(storage, path)
        if isinstance(error, OSError):
            log.exception("The file of %s could not be stored.", version)
            raise ValidationError(_not_stored(error), code="not_stored") from error
        raise
    return version


def _clear(storage: Storage, path: str) -> None:
    """Delete what was written of a file; where that fails too, `check_files` finds it."""
    try:
        storage.delete(path)
    except OSError:
        log.exception("%s could not be deleted.", path)


def _not_stored(error: OSError) -> Any:
    text = _(
        "Nothing was saved: the file could not be stored (%(reason)s). Try again later, or tell whoever runs the site."
    )
    return text % {"reason": error.strerror or str(error)}
