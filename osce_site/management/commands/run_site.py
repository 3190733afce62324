"""Set up and serve a site on this machine: what `make run` calls."""

import errno
import os
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError
from django.db import connections

from osce_site.checks import refuse_wrong_settings
from osce_site.local_site import is_writable, why_not_free
from osce_site.set_up import (
    DatabaseUnreachableError,
    add_sample_news,
    create_first_administrator,
    expect_database,
    set_up,
)

HIGHEST_PORT = 65_535


class Command(BaseCommand):
    """Ends by becoming gunicorn: one process to watch, one to stop."""

    help = "Set everything up, with sample news and an administrator on the first run, and serve the site."
    requires_system_checks = ()  # a sentence on what is in the way, and no list; `migrate` runs them all

    def handle(self, **_options: Any) -> None:
        """Prepare, say where the site is, and serve."""
        expect_local_site()
        host, port = os.environ.get("HOST") or "127.0.0.1", chosen_port()
        if error := why_not_free(host, port):
            raise CommandError(f"Nothing can be served at {host}:{port}: {error.strerror}. {way_out(error, port)}")
        set_up(self.say)
        add_sample_news(self.say)
        self.say_where(f"http://{host}:{port}", password=create_first_administrator())
        connections.close_all()
        become_server(f"http://{host}:{port}")

    def say(self, text: str) -> None:
        """Print at once: the steps take seconds, and `exec` drops what is still in the buffer."""
        self.stdout.write(text)
        self.stdout.flush()

    def say_where(self, address: str, *, password: str) -> None:
        """Print the address of the site and of the admin, and a new password the only time it is known."""
        if password:
            self.say(f"\nAdmin: {address}/admin/\n  name: admin\n  password: {password}  (shown this once)")
        self.say(f"\nThe site is at {address}/ and its admin at {address}/admin/. Ctrl-C stops it.")


def expect_local_site() -> None:
    """Raise `CommandError` where another command is to be used, or the folder, a setting or the database is wrong."""
    if settings.IS_PRODUCTION:
        raise CommandError(f"SITE_URL is {settings.SITE_URL}: for production, docs/operators.md says what to run.")
    if not is_writable(settings.VAR):
        raise CommandError(f"The folder {settings.VAR} cannot be written: make it yours, and try again.")
    try:
        refuse_wrong_settings()
        expect_database()
    except (ImproperlyConfigured, DatabaseUnreachableError) as error:
        raise CommandError(str(error)) from error


def chosen_port() -> int:
    """Return the number in PORT, 8000 without it."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) <= HIGHEST_PORT:
        raise CommandError(f"PORT is {given!r}: use a number from 1 to {HIGHEST_PORT}.")
    return int(given)


def way_out(error: OSError, port: int) -> str:
    """Return what to do where a server cannot listen."""
    if error.errno == errno.EADDRINUSE:
        return f"Try another: make run PORT={port + 1 if port < HIGHEST_PORT else port - 1}"
    if error.errno == errno.EACCES:
        return "Ports as low as this are not everybody's: make run PORT=8000"
    return "Name an address of this machine, or none: make run HOST=127.0.0.1"


def become_server(address: str) -> None:
    """Replace this process by gunicorn, which reads gunicorn.conf.py."""
    os.environ.setdefault("SITE_URL", address)
    os.environ.setdefault("WITH_WORKER", "1")  # a task waits for no second terminal
    os.chdir(settings.ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--log-level", "warning", "osce_site.wsgi"])  # noqa: S606 - a fixed command
