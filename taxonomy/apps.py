"""The app of taxonomy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    """What things are about."""

    name = "taxonomy"
    verbose_name = _("Navigation, countries and institutions")

    def ready(self) -> None:
        """Record every write."""
        from taxonomy.recorded import watch_taxonomy  # noqa: PLC0415 - models are loaded only now

        watch_taxonomy()
