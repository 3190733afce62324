"""The requests that Django is answering: those that wait for a database that hangs are freed after two seconds.

PostgreSQL's client has no limit of time for an answer, and a server that hangs still confirms each packet. So the
connection is cut from this side: whoever waits gets the same error as from a server that is gone.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

PATIENCE = 2.0  # seconds
LOOK_EVERY = 0.25  # seconds


class Running:
    """Who waits since when, and with which connection."""

    def __init__(self, *, look: Callable[[], None], hangs: Callable[[], bool]) -> None:
        """Begin with nobody.

        Args:
            look: lets somebody ask the database, and does not wait for the answer.
            hangs: says whether that has been waited for in vain.
        """
        self.look = look
        self.hangs = hangs
        self.waiting: dict[int, tuple[float, Any]] = {}

    @contextmanager
    def one(self) -> Iterator[None]:
        """Answer a request of this thread inside."""
        me = threading.get_ident()
        self.waiting[me] = (time.monotonic(), connections[DEFAULT_DB_ALIAS])
        try:
            yield
        finally:
            self.waiting.pop(me, None)

    def watch(self) -> None:
        """Free who waits in vain, for ever."""
        while True:
            time.sleep(LOOK_EVERY)
            self.free()

    def free(self) -> None:
        """Free those who have waited for longer than two seconds, where the database hangs."""
        now = time.monotonic()
        late = [connection for began, connection in list(self.waiting.values()) if now - began > PATIENCE]
        if late:
            self.look()
        if late and self.hangs():
            for connection in late:
                cut(connection)


def cut(connection: Any) -> None:
    """End a connection to PostgreSQL from outside the thread that waits for it; its owner gets an OperationalError."""
    held = connection.connection
    if connection.vendor != "postgresql" or held is None:
        return
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(held.pgconn.socket)) as line:
        line.shutdown(socket.SHUT_RDWR)
