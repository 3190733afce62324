"""The worker: makes what is made off the request's path, one task after the other."""

import logging
from typing import Any

from django.core.management import call_command
from django_tasks_db.management.commands import db_worker

from library.making import stale
from library.models import Image
from library.tasks import AT_LEISURE, make_renditions_of

KEPT_DAYS = 14  # of tasks that are done


class Command(db_worker.Command):
    """django-tasks-db's worker, which first asks for what a killed one left behind, and logs as the site does."""

    help = "Run the worker that makes renditions and cards; any number of them may run at once."

    def handle(self, **options: Any) -> None:
        """Forget old tasks, ask for renditions that are missing, and work until told to stop."""
        call_command("prune_db_task_results", min_age_days=KEPT_DAYS, verbosity=0)
        for number in stale(Image.objects.filter(problem="")):
            make_renditions_of.using(priority=AT_LEISURE).enqueue(number)
        super().handle(**options)

    def configure_logging(self, verbosity: int) -> None:  # noqa: ARG002 - how the command calls it
        """Tell what fails; that a task begins and ends well, or that the worker is stopped, is no news."""
        logging.getLogger("django.tasks").setLevel(logging.WARNING)
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
