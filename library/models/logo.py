"""Logos of institutions. Taxonomy knows nothing of pictures, so it is the library that says whose logo an image is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from library.models.image import Image
from taxonomy.models import Institution


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
