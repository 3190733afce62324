"""Sends the mails that wait."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news.notices.sending import send_digests, send_what_waits


class Command(BaseCommand):
    """Safe to run again, and twice at the same time."""

    help = "Send the mails of the newsroom that wait: those due at once, or with --digest one a day to who wishes that."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the choice."""
        parser.add_argument("--digest", action="store_true", help="send the mails that come once a day")

    def handle(self, *, digest: bool, **_options: Any) -> None:
        """Send, and fail where something waits for a reason that an operator can mend."""
        outcome = send_digests() if digest else send_what_waits()
        self.stdout.write(f"Sent: {outcome.sent}")
        if outcome.problem:
            raise CommandError(f"The mail server cannot be used; what is not sent waits. {outcome.problem}")
        if outcome.refused:
            raise CommandError(f"Refused, and waiting: {outcome.refused}. The log says why.")
