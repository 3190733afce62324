"""Which images and which versions of attachments an edition holds: rows that decide who may read the files."""

from django.db import models

from library.models import AttachmentVersion, Image
from news.models.edition import Edition


class EditionImage(models.Model):
    """That an edition shows an image: as its first picture, in its gallery or in its text."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "image"], name="edition_image_once")]
        indexes = [models.Index(fields=["image", "edition"], name="edition_image_index")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.image_id}"


class EditionAttachment(models.Model):
    """That an edition offers one version of an attachment."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    version = models.ForeignKey(AttachmentVersion, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="edition_attachment_once")]
        indexes = [models.Index(fields=["version", "edition"], name="edition_attachment_index")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.version_id}"
