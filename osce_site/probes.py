"""What machines ask of a process of the site: whether it lives, whether it is ready, and what it has counted.

They are answered before Django: under whatever name the balancer asks, and while the database hangs.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor

from news.facets import index, keeper
from osce_site import counters
from osce_site.page_cache.wrapper import PageCache

PATIENCE = 2.0  # seconds for the database
PLAIN = "text/plain; charset=utf-8"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
METHODS = {"GET", "HEAD"}

logger = logging.getLogger(__name__)

StartResponse = Callable[..., Any]
Answer = tuple[str, str, bytes]  # status, type, body


class Probes:
    """Answers the probes, and leaves all else to the site."""

    def __init__(self, site: PageCache) -> None:
        """Wrap the site."""
        self.site = site
        self.is_migrated = False
        self.probes: dict[str, Callable[[dict[str, Any]], Answer]] = {
            "/healthz": self._alive,
            "/readyz": self._ready,
            "/metrics": self._counted,
        }

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        probe = self.probes.get(environ.get("PATH_INFO", ""))
        if probe is None:
            return self.site(environ, start_response)
        method = environ["REQUEST_METHOD"]
        status, kind, body = probe(environ) if method in METHODS else ("405 Method Not Allowed", PLAIN, b"Use GET.\n")
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        headers += [("X-Content-Type-Options", "nosniff"), ("X-Robots-Tag", "noindex")]
        headers += [("Allow", "GET, HEAD")] if method not in METHODS else []
        start_response(status, headers)
        return [] if method == "HEAD" else [body]

    def _alive(self, _environ: dict[str, Any]) -> Answer:
        """Say that the process answers; nothing else is asked."""
        return "200 OK", PLAIN, b"ok\n"

    def _ready(self, _environ: dict[str, Any]) -> Answer:
        """Say of each thing that a page is made from whether it is there."""
        within(PATIENCE, self._look)
        told = dict(self._state())
        is_ready = all(problem is None for problem in told.values())
        lines = [f"{name}: {problem or 'ok'}" for name, problem in told.items()]
        place = self.site.log.place
        lines.append(f"position: {place.position if place else 'none'}")
        return ("200 OK" if is_ready else "503 Service Unavailable"), PLAIN, "\n".join([*lines, ""]).encode()

    def _counted(self, environ: dict[str, Any]) -> Answer:
        """Tell the counts to who knows the word; to others nothing stands here."""
        given = environ.get("HTTP_AUTHORIZATION", "")
        if not settings.METRICS_TOKEN or not compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
            return "404 Not Found", PLAIN, b"Nothing stands here.\n"
        return "200 OK", PROMETHEUS, counters.report()

    def _look(self) -> None:
        """Read on in the log, as every request does; at first also what must be there before the first page."""
        self.site.log.catch_up()
        if self.site.log.is_deaf or (self.is_migrated and keeper.kept is not None):
            return
        connection = connections[DEFAULT_DB_ALIAS]
        try:
            executor = MigrationExecutor(connection)
            self.is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
            index()
        except Error as error:
            logger.warning("The site is not ready: %s", error)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    def _state(self) -> Iterator[tuple[str, str | None]]:
        log = self.site.log
        yield "database", "no answer" if log.is_deaf or log.place is None else None
        yield "migrations", None if self.is_migrated else "missing, or not yet known: run manage.py migrate"
        yield "index", None if keeper.kept is not None else "not read yet"


def within(seconds: float, act: Callable[[], None]) -> None:
    """Do something, and go on after so many seconds whether it is done or not; it goes on behind."""
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    thread.join(seconds)
