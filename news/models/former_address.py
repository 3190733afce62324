"""Addresses at which an item stood elsewhere, or before: each leads to its one address by one redirect."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.news_item import NewsItem

LONGEST_PATH = 500


class FormerAddress(models.Model):
    """A path, or a number of the legacy scheme (`/node/12345`, `/ru/ukraine/12345`), where the number alone decides."""

    item = models.ForeignKey(
        NewsItem, verbose_name=_("news item"), on_delete=models.CASCADE, related_name="former_addresses"
    )
    # As it was written, without a slash at its end: what an export gives back.
    path = models.CharField(_("former address"), max_length=LONGEST_PATH, unique=True)
    number = models.BigIntegerField(_("legacy number"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10)  # the item's: a number may stand for a text in several

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ("path",)
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["number", "language"], condition=Q(number__isnull=False), name="former_address_number")
        ]

    def __str__(self) -> str:
        return self.path
