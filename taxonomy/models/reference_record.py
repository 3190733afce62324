"""What `load_reference_data` last wrote, so that it can tell an editor's change from its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceRecord(models.Model):
    """One record of the data files, the row that it became, and the values that the load last wrote there."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("name in the data files"), max_length=400)
    record_id = models.BigIntegerField(_("number of the record"))
    written = models.JSONField(_("last written"), default=dict)

    class Meta:
        verbose_name = _("reference record")
        verbose_name_plural = _("reference records")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="reference_record_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
