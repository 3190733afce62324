"""Word to people of what others did: kept until it is sent, so that no mail is lost with a mail server."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One message to one person, alone or as part of a digest."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="notices"
    )
    subject = models.CharField(_("subject"), max_length=400)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, db_index=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.subject
