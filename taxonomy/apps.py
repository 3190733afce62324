"""The app of taxonomy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    """What things are about."""

    name = "taxonomy"
    verbose_name = _("Navigation, countries and institutions")
