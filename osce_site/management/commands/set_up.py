"""Prepare a site for serving, as each upgrade needs it."""

from typing import Any

from django.core.management import BaseCommand

from osce_site.set_up import set_up


class Command(BaseCommand):
    """Does what is missing and nothing else; safe to run again."""

    help = "Bring the database, its reference data, the translations and the static files up to date."

    def handle(self, **_options: Any) -> None:
        """Run the steps."""
        set_up(self.stdout.write)
