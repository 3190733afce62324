"""News items: the lasting identity behind every edition of a text in one language."""

from itertools import chain

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


def news_languages() -> list[tuple[str, str]]:
    """Return the languages in which news may be written: the interface's six and the local ones."""
    return list(chain(settings.LANGUAGES, settings.LOCAL_LANGUAGES))


class NewsItem(models.Model):
    """A text in one language; its primary key is the number in its one address."""

    language = models.CharField(_("language"), max_length=10, choices=news_languages, default="en")
    slug = models.SlugField(
        _("address"), max_length=150, help_text=_("The readable end of its address; the number before it leads there.")
    )
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        related_name="translations",
        on_delete=models.PROTECT,
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    imported_at = models.DateTimeField(_("imported"), null=True, editable=False)
    source = models.CharField(_("source"), max_length=200, blank=True, default="", editable=False)
    source_id = models.CharField(_("number at the source"), max_length=200, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id", "language"],
                condition=~Q(source_id=""),
                name="news_item_once_for_each_source",
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                name="news_item_one_translation_for_each_language",
                violation_error_message=_("There is already a translation into this language."),
            ),
            models.CheckConstraint(
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("pk")),
                name="news_item_is_not_its_own_translation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.slug}"

    def get_absolute_url(self) -> str:
        """Return the item's one address, under the prefix of its own language."""
        return news_address(number=self.pk, slug=self.slug, language=self.language)

    @property
    def story_id(self) -> int:
        """Return the number of the original, its own where it is one."""
        return self.translation_of_id or self.pk

    def clean(self) -> None:
        """Refuse a translation of a translation, and a translation into the original's own language."""
        if self.translation_of and self.translation_of.translation_of_id:
            raise ValidationError({"translation_of": _("Choose the original, not one of its translations.")})
        if self.translation_of and self.translation_of.language == self.language:
            raise ValidationError({"language": _("The original is in this language already.")})


def news_address(*, number: int, slug: str, language: str) -> str:
    """Return the one address of an item: `/fr/news/12/slug/`, without a prefix in English."""
    if language in dict(settings.LANGUAGES):
        with override(language):
            return reverse("news_item", args=[number, slug])
    return reverse("local_news_item", args=[language, number, slug])
