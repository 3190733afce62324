"""What is kept for searching: the words of each edition that is or will be listed, and words that were asked for."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from news.models.edition import Edition


class SearchWordsField(models.Field):
    """The words of a text in the form of its database: a vector on PostgreSQL, plain words on SQLite."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Name the column's type."""
        return "tsvector" if connection.vendor == "postgresql" else "text"


class SearchDocument(models.Model):
    """The words of an edition that is listed now or will be; made from the edition, and gone when it no longer is."""

    edition = models.OneToOneField(Edition, primary_key=True, on_delete=models.CASCADE, related_name="+")
    words: Any = SearchWordsField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")

    def __str__(self) -> str:
        return f"words of edition {self.pk}"


class SearchHead(models.Model):
    """Language, title and summary of a document, as its rank needs them; apart, so that documents stay narrow."""

    document = models.OneToOneField(SearchDocument, primary_key=True, on_delete=models.CASCADE, related_name="+")
    head = models.TextField()

    class Meta:
        verbose_name = _("head of a search document")
        verbose_name_plural = _("heads of search documents")

    def __str__(self) -> str:
        return f"head of edition {self.pk}"


class SpellingKey(models.Model):
    """A word of a title or a summary, to be found by how it may be misspelled: one letter fewer, or none."""

    key = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="spelling_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.word}"


class SearchCount(models.Model):
    """How often words were searched for on a day; nothing of who asked."""

    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=100)
    times = models.PositiveIntegerField(_("searches"), default=0)
    times_without_result = models.PositiveIntegerField(_("without a result"), default=0)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="search_count_once")]

    def __str__(self) -> str:
        return self.words
