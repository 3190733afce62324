"""The log of publishing acts, from which everything kept in memory is derived."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One publishing act, written in its own transaction under the publishing lock."""

    subject = models.CharField(_("concerns"), max_length=60)  # "news item 12", "country 3", "navigation"
    old_edition = models.ForeignKey(
        "news.Edition", null=True, related_name="+", on_delete=models.DO_NOTHING, db_constraint=False
    )
    new_edition = models.ForeignKey(
        "news.Edition", null=True, related_name="+", on_delete=models.DO_NOTHING, db_constraint=False
    )
    matters_at = models.JSONField(_("moments at which it matters"), default=list)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"
