"""Images: a file that never changes, who made it, where its subject is, and words for those who don't see it."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library.folding import FoldedField
from taxonomy.models import Country

MIDDLE, WHOLE = 500, 1000  # of the focal point: thousandths of the width and of the height


def original_path(image: "Image", _name: str) -> str:
    """Return where the storage keeps an original: by its checksum, so that one file is there once."""
    return f"originals/{image.checksum[:2]}/{image.checksum}.{image.format}"


class Image(models.Model):
    """One picture of the library; another file is another image."""

    class Format(models.TextChoices):
        """What the file is, by its bytes; the value ends its name."""

        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"
        AVIF = "avif", "AVIF"
        GIF = "gif", "GIF"
        TIFF = "tif", "TIFF"

    file = models.FileField(_("file"), upload_to=original_path, max_length=100, editable=False)
    name = models.CharField(_("name of the file"), max_length=200, editable=False)
    checksum = models.CharField(_("checksum"), max_length=64, unique=True, editable=False)  # SHA-256 of the bytes
    format = models.CharField(_("format"), max_length=4, choices=Format, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)  # bytes
    width = models.PositiveIntegerField(_("width"), editable=False)  # pixels, upright
    height = models.PositiveIntegerField(_("height"), editable=False)
    colour = models.CharField(_("colour"), max_length=7, editable=False)  # "#rrggbb", shown until the picture is there
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, from the left"), default=MIDDLE, validators=[MaxValueValidator(WHOLE)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, from the top"), default=MIDDLE, validators=[MaxValueValidator(WHOLE)]
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It says nothing that the text does not say: readers who don’t see it miss nothing."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, help_text=_("Who made it, and for whom, e.g. OSCE/Maria Berg.")
    )
    place = models.CharField(pgettext_lazy("of a picture", "place"), max_length=200, blank=True, default="")
    country = models.ForeignKey(
        Country, verbose_name=_("country"), related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        related_name="+",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    # What the renditions were made by (library.making): empty until they are there, another text than now's when stale.
    rendered_by = models.CharField(max_length=64, blank=True, default="", editable=False)
    problem = models.CharField(_("problem"), max_length=300, blank=True, default="", editable=False)
    search_text = FoldedField(of=("name", "credit", "place"))

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__lte=WHOLE, focal_y__lte=WHOLE), name="image_focal_point_inside"
            ),
            models.CheckConstraint(condition=~Q(credit=""), name="image_has_credit"),
        ]
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="image_newest_index")]

    def __str__(self) -> str:
        return f"{self.name} [{self.pk}]"

    def words(self) -> dict[str, "ImageText"]:
        """Return alternative text and caption by language; one query unless prefetched."""
        return {text.language: text for text in self.texts.all()}


class ImageText(models.Model):
    """What an image shows, in one language: for those who don't see it, and below it."""

    image = models.ForeignKey(Image, related_name="texts", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=[*settings.LANGUAGES, *settings.LOCAL_LANGUAGES])
    alternative = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("What is to be seen, in a sentence, for readers who don’t see it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True, default="")
    search_text = FoldedField(of=("alternative", "caption"))

    class Meta:
        verbose_name = _("text of an image")
        verbose_name_plural = _("texts of an image")
        ordering = ("language",)
        constraints = [models.UniqueConstraint(fields=["image", "language"], name="image_text_once")]

    def __str__(self) -> str:
        return self.alternative or self.caption

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save without spaces around the words."""
        self.alternative, self.caption = self.alternative.strip(), self.caption.strip()
        super().save(*args, **kwargs)
