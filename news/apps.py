"""The app of the newsroom."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """The newsroom, from draft to reader."""

    name = "news"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        """Let each change of taxonomy write its row into the log of changes, guard editions, and index search."""
        from news import immutability  # noqa: PLC0415 - models are loaded only now
        from news.changes import record_taxonomy_change  # noqa: PLC0415
        from news.search import engine  # noqa: PLC0415
        from taxonomy.writing import taxonomy_changed  # noqa: PLC0415

        taxonomy_changed.connect(record_taxonomy_change, dispatch_uid="news.record_taxonomy_change")
        post_migrate.connect(immutability.install, sender=self, dispatch_uid="news.immutability")
        post_migrate.connect(engine.install, sender=self, dispatch_uid="news.search")
