"""Approvals without second eyes: each with its reason, flagged until somebody else has looked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.models.edition import Edition


class ForcedApproval(models.Model):
    """That somebody approved an edition in which they had a hand, or that nobody had submitted."""

    edition = models.OneToOneField(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="forced_approval"
    )
    reason = models.TextField(_("reason"))
    forced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("forced by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    forced_at = models.DateTimeField(_("forced"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)

    class Meta:
        verbose_name = _("forced approval")
        verbose_name_plural = _("forced approvals")
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(forced_by__isnull=True) | ~Q(reviewed_by=F("forced_by")),
                name="forced_approval_reviewed_by_someone_else",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="forced_approval_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.reason}"
