"""Attachments as an edition keeps them: what a link says of a file, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from library.models import Attachment, AttachmentVersion

Kind = Attachment.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One version of an attachment.

    Attributes:
        attachment: the number of the attachment, which its lasting address has.
        version: the number of the row of the version.
        number: which version of the attachment it is, from 1 on.
        size: in bytes; 0 for a page.
        pages: where it is known.
        poster: the number of an image.
    """

    attachment: int
    version: int
    number: int
    kind: str
    title: str
    slug: str
    language: str
    format: str = ""
    size: int = 0
    pages: int | None = None
    poster: int | None = None
    has_transcript: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as an edition keeps it."""
        return asdict(self)

    @property
    def address(self) -> str:
        """Return the lasting address: of the version that readers are to have now."""
        return reverse("attachment", kwargs={"number": self.attachment, "name": self.file_name})

    @property
    def own_address(self) -> str:
        """Return where this one version stays."""
        return reverse(
            "attachment_version",
            kwargs={"number": self.attachment, "version": self.number, "name": self.file_name},
        )

    @property
    def transcript_address(self) -> str:
        """Return where what is said in it can be read."""
        return reverse("transcript", kwargs={"number": self.attachment})

    @property
    def file_name(self) -> str:
        """Return the readable end of its address."""
        return f"{self.slug}.{self.format}" if self.format else f"{self.slug}.html"


def file(kept: Mapping[str, Any]) -> File:
    """Return the attachment that an edition keeps."""
    return File(**kept)


def files_of(numbers: Iterable[int]) -> dict[int, File]:
    """Return attachments with their newest versions, by number; one query. One without a version is left out."""
    newest = AttachmentVersion.objects.filter(attachment=OuterRef("attachment")).order_by("-number").values("pk")[:1]
    rows = AttachmentVersion.objects.filter(attachment__in=list(numbers), pk=Subquery(newest))
    return {row.attachment_id: file_of(row) for row in rows.select_related("attachment")}


def file_of(version: AttachmentVersion) -> File:
    """Return a version as an edition keeps it."""
    attachment = version.attachment
    return File(
        attachment=attachment.pk,
        version=version.pk,
        number=version.number,
        kind=attachment.kind,
        title=version.title,
        slug=attachment.slug,
        language=version.language,
        format=version.format,
        size=version.size,
        pages=version.pages,
        poster=version.poster_id,
        has_transcript=bool(version.transcript),
    )
