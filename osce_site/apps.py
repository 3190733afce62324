"""The wiring: what the apps say to each other without knowing of each other."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig


class OsceSiteConfig(AppConfig):
    """The site around the apps."""

    name = "osce_site"
    verbose_name = "OSCE site"

    def ready(self) -> None:
        """Register the checks, record what becomes of people's rights, and let memory follow the log of changes."""
        from django.contrib.auth.models import Group, User  # noqa: PLC0415 - models are loaded only now

        from news.changes import changes_seen  # noqa: PLC0415 - models are not loaded before
        from osce_site import checks, search_check  # noqa: F401, PLC0415 - registers them
        from record.watching import watch  # noqa: PLC0415 - models are not loaded before

        watch(User, ignored=["last_login"])  # when someone logged in is no act upon the person
        watch(Group)
        changes_seen.connect(forget_taxonomy, dispatch_uid="osce_site.forget_taxonomy")


class TasksConfig(TasksAppConfig):
    """The queue of Django's Tasks, in the words of those who run the site."""

    verbose_name = _("Running the site")  # type: ignore[assignment]  # the package says str where Django takes a promise

    def ready(self) -> None:
        """Name what the admin lists; a migration would be asked for by the names that a model is written with alone."""
        super().ready()
        tasks = self.get_model("DBTaskResult")._meta
        tasks.verbose_name, tasks.verbose_name_plural = _("background task"), _("background tasks")


def forget_taxonomy(*, subjects: set[str], **_signal: Any) -> None:
    """Drop the kept taxonomy and menu unless the changes were of news alone."""
    from taxonomy import catalogue  # noqa: PLC0415 - models are loaded only now

    if not all(subject.startswith("news item") for subject in subjects):
        catalogue.forget()
