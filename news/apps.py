"""The app of the newsroom."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """The newsroom, from draft to reader."""

    name = "news"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        """Follow taxonomy in the log of changes, guard editions, index search, ship groups, make and record people."""
        from django.contrib.auth.models import User  # noqa: PLC0415 - models are loaded only now

        from library.holders import add_holder, keep_time_by  # noqa: PLC0415 - models are loaded only now
        from news import groups, immutability, people  # noqa: PLC0415 - models are loaded only now
        from news.changes import record_taxonomy_change  # noqa: PLC0415 - models are loaded only now
        from news.clock import clock  # noqa: PLC0415 - models are loaded only now
        from news.files_held import HOLDER  # noqa: PLC0415 - models are loaded only now
        from news.models import Person  # noqa: PLC0415 - models are loaded only now
        from news.search import engine  # noqa: PLC0415 - models are loaded only now
        from news.workflow import VERBS  # noqa: PLC0415 - models are loaded only now
        from record.verbs import name_verbs  # noqa: PLC0415 - models are loaded only now
        from record.watching import watch  # noqa: PLC0415 - models are loaded only now
        from taxonomy.writing import taxonomy_changed  # noqa: PLC0415 - models are loaded only now

        watch(Person, concerns="user")
        name_verbs(VERBS)
        add_holder("editions", HOLDER)
        keep_time_by(clock.now)
        taxonomy_changed.connect(record_taxonomy_change, dispatch_uid="news.record_taxonomy_change")
        post_migrate.connect(immutability.install, sender=self, dispatch_uid="news.immutability")
        post_migrate.connect(groups.ship, sender=self, dispatch_uid="news.groups")
        post_save.connect(people.make_person, sender=User, dispatch_uid="news.people")
        post_migrate.connect(engine.install, sender=self, dispatch_uid="news.search")
