"""The app of the record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """Every act on the site, for good."""

    name = "record"
    verbose_name = _("Record")
