"""One of the processes that make pages for the mirror: it makes what it is handed until nobody hands it anything."""

import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from osce_site.mirror.making import Maker


def work() -> None:
    """Make pages: the arguments are the number of the pipe, the mirror's folder, and how many pages a list has."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears of it, and lets this one go
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
    django.setup()
    from osce_site.mirror.files import Files  # noqa: PLC0415 - Django is ready only now
    from osce_site.mirror.making import Maker, take_files_themselves  # noqa: PLC0415 - as above

    take_files_themselves()
    pipe, folder, pages = sys.argv[1:]
    answer(Connection(int(pipe)), Maker(Files(Path(folder)), pages=int(pages)))


def answer(connection: Connection, maker: "Maker") -> None:
    """Make each portion and hand the results back."""
    while True:
        try:
            tasks = connection.recv()
            connection.send([(number, maker.make(wanted)) for number, wanted in tasks])
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
