"""Who had a hand in an edition: whoever wrote or submitted it cannot approve it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.edition import Edition


class Contribution(models.Model):
    """That a person wrote or submitted an edition."""

    class Part(models.TextChoices):
        """What the person did."""

        WROTE = "wrote", _("wrote")
        SUBMITTED = "submitted", _("submitted")

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="contributions", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="contributions"
    )
    part = models.CharField(_("part"), max_length=10, choices=Part)
    contributed_at = models.DateTimeField(_("last time"), auto_now=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [models.UniqueConstraint(fields=["edition", "person", "part"], name="contribution_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.part} {self.edition_id}"
