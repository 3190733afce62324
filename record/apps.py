"""The app of the record."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """Every act on the site, for good."""

    name = "record"
    verbose_name = _("Record")

    def ready(self) -> None:
        """Guard the record."""
        from record import immutability  # noqa: PLC0415 - models are loaded only now

        post_migrate.connect(immutability.install, sender=self, dispatch_uid="record.immutability")
