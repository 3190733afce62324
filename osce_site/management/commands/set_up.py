"""Prepare a site for serving, as each upgrade needs it."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError

from osce_site.checks import refuse_wrong_settings
from osce_site.set_up import DatabaseUnreachableError, expect_database, set_up


class Command(BaseCommand):
    """Does what is missing and nothing else; safe to run again."""

    requires_system_checks = ()  # some ask the database, and would end in a traceback where it doesn't answer
    help = "Bring the database, its reference data, the translations and the static files up to date."

    def handle(self, **_options: Any) -> None:
        """Run the steps."""
        try:
            refuse_wrong_settings()
            expect_database()
        except (ImproperlyConfigured, DatabaseUnreachableError) as error:
            raise CommandError(str(error)) from error
        self.check()
        set_up(self.stdout.write)
