"""The command line: who runs a management command is who acts."""

import os
import pwd

from django.core.management import execute_from_command_line

from record.actors import acting


def run(arguments: list[str]) -> None:
    """Run a management command under the name that the record keeps of it; its arguments may hold what is secret."""
    command = arguments[1] if len(arguments) > 1 else "help"
    with acting(f"manage.py {command}, run by {system_user()}"):
        execute_from_command_line(arguments)


def system_user() -> str:
    """Return the name of the machine's user that this process runs as; in a container it may have a number alone."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
