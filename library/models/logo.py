"""Logos of institutions. Taxonomy knows nothing of pictures, so it is the library that says whose logo an image is."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.models.image import Image
from taxonomy.models import Institution
from taxonomy.writing import taxonomy_changed, taxonomy_writing


class Logo(models.Model):
    """The image that stands for an institution on its page."""

    institution = models.OneToOneField(
        Institution, verbose_name=_("institution"), related_name="+", on_delete=models.CASCADE
    )
    image = models.ForeignKey(Image, verbose_name=_("image"), related_name="logos", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        ordering = ("institution",)

    def __str__(self) -> str:
        return str(self.institution)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the pages of the institution be drawn anew."""
        with taxonomy_writing():
            super().save(*args, **kwargs)
            self._tell()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let the pages of the institution be drawn anew."""
        with taxonomy_writing():
            self._tell()
            return super().delete(*args, **kwargs)

    def _tell(self) -> None:
        taxonomy_changed.send(Institution, subject=self.institution.change_subject())
