"""Attachments: a lasting address, and the versions that stood there; an edition holds one version.

All that readers see of an attachment stands on its versions, the words too: so they become public with an edition.
"""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from library.models.image import Image
from taxonomy.rich_text import RichTextField


def version_path(version: "AttachmentVersion", _name: str) -> str:
    """Return where the storage keeps a version's file: by attachment and checksum."""
    return f"attachments/{version.attachment_id}/{version.checksum}.{version.format}"


class Attachment(models.Model):
    """A document, a recording or a page in HTML that belongs to news items."""

    class Kind(models.TextChoices):
        """What it is."""

        DOCUMENT = "document", _("Document")
        PAGE = "page", _("Page (HTML)")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DOCUMENT)
    slug = models.SlugField(_("address"), max_length=100, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, editable=False, on_delete=models.SET_NULL
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.newest.title if self.newest else self.slug

    @property
    def newest(self) -> "AttachmentVersion | None":
        """Return the newest version, which the next approved edition takes; no query where all were prefetched."""
        return next(iter(self.versions.all()[:1]), None) if self.pk else None


class AttachmentVersion(models.Model):
    """What stands at an attachment's address from its publication on: words, and a file or a text. Never changes."""

    attachment = models.ForeignKey(Attachment, related_name="versions", on_delete=models.CASCADE)
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(
        _("language"), max_length=10, choices=[*settings.LANGUAGES, *settings.LOCAL_LANGUAGES], default="en"
    )
    poster = models.ForeignKey(
        Image,
        verbose_name=_("poster"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("The picture that stands where a video or a recording will play."),
    )
    transcript = RichTextField(
        _("transcript"), help_text=_("All that is said, for readers who don’t hear it; videos and recordings need it.")
    )
    file = models.FileField(_("file"), upload_to=version_path, max_length=150, blank=True, default="")
    format = models.CharField(_("format"), max_length=8, blank=True, default="", editable=False)  # ends the name: "pdf"
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)  # bytes
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, default="", editable=False)
    text = RichTextField(_("text"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, editable=False, on_delete=models.SET_NULL
    )

    class Meta:
        verbose_name = _("version of an attachment")
        verbose_name_plural = _("versions of an attachment")
        ordering = ("attachment", "-number")
        constraints = [
            models.UniqueConstraint(fields=["attachment", "number"], name="attachment_version_once"),
            models.CheckConstraint(condition=~Q(title=""), name="attachment_version_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}.{self.number}"


def newest(field: str) -> Subquery:
    """Return, in a query of attachments, what their newest versions have in a field."""
    versions = AttachmentVersion.objects.filter(attachment=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values(field)[:1])
