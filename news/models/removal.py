"""Removals: why an item left the lists or the site, and where its readers are led."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.models.news_item import NewsItem
from news.models.noted_query import NotedRemovalQuery


class RemovalQuerySet(models.QuerySet):
    """Questions about removals."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        """Let the question note what it is narrowed to."""
        super().__init__(model, query or NotedRemovalQuery(model), using, hints)

    def standing(self) -> "RemovalQuerySet":
        """Keep those that have not been undone."""
        return self.filter(undone_at__isnull=True)


class Removal(models.Model):
    """That an item was removed at a moment, perhaps until one; at most one stands for an item."""

    class Kind(models.TextChoices):
        """What is removed, and what stays."""

        ERROR = "error", _("published in error")  # nothing stays: every address says so, past moments included
        CONSOLIDATED = "consolidated", _("consolidated")  # its address leads to another page; its record stays
        WITHDRAWN = "withdrawn", _("withdrawn")  # the page stays, under a dated notice; it leaves lists and feeds

    item = models.ForeignKey(NewsItem, verbose_name=_("news item"), on_delete=models.PROTECT, related_name="removals")
    kind = models.CharField(_("kind of removal"), max_length=12, choices=Kind)
    explanation = models.TextField(
        _("explanation"), blank=True, default="", help_text=_("For readers: shown where the text stood.")
    )
    # "news_item 12", "country 3": by identity, so that a rename of that page costs no second redirect.
    leads_to = models.CharField(_("leads to"), max_length=200, blank=True, default="")
    removed_at = models.DateTimeField(_("removed"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering = ("-removed_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(undone_at__isnull=True), name="removal_one_standing_for_an_item"
            ),
            models.CheckConstraint(
                condition=~Q(kind="consolidated") | ~Q(leads_to=""), name="removal_consolidated_leads_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(kind="withdrawn") | Q(leads_to=""), name="removal_withdrawn_leads_nowhere"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("removed_at")), name="removal_undone_later"
            ),
        ]
        indexes = [models.Index(fields=["leads_to"], name="removal_leads_to_index")]

    def __str__(self) -> str:
        return f"{self.item} ({self.kind})"
