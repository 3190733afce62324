"""A site of two processes whose database stops, hangs and comes back, and one of whose processes is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import builders
from tests.osce_site.page_cache.line import Line
from tests.processes import ROOT, environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

COPY = "copy, the database is away"


class Served:
    """Gunicorn with the site, and a line to its database."""

    def __init__(self, port: int, process: subprocess.Popen, line: Line) -> None:
        """Ask at the port."""
        self.port, self.process, self.line = port, process, line

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        """Return status, headers and text."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read().decode()

    def until(self, path: str, holds, *, seconds: float = 20) -> tuple[int, dict[str, str], str]:
        """Ask until the answer is as it should be, and return it."""
        end = time.monotonic() + seconds
        while True:
            answer = self.get(path)
            if holds(answer):
                return answer
            assert time.monotonic() < end, (answer[0], answer[1])
            time.sleep(0.1)

    def workers(self) -> list[int]:
        """Return the numbers of its processes."""
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]


@contextmanager
def serving(folder: Path):
    """Serve the test's own database over a line."""
    given = connection.settings_dict
    line = Line((given["HOST"] or "127.0.0.1", int(given["PORT"] or 5432)))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = f"postgres://{given['USER']}:{given['PASSWORD']}@127.0.0.1:{line.port}/{given['NAME']}"
    variables = environment(database) | {"PORT": str(port), "WEB_CONCURRENCY": "2", "OUTAGE_FOLDER": str(folder)}
    variables |= {
        "DJANGO_SETTINGS_MODULE": "tests.osce_site.page_cache.outage_settings",
        "GUNICORN_CMD_ARGS": "--log-level=critical",
    }
    with subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=variables) as process:
        try:
            yield Served(port, process, line)
        finally:
            line.close()
            process.terminate()


def took(act) -> float:
    """Return the seconds that an act took."""
    began = time.monotonic()
    act()
    return time.monotonic() - began


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could be away")
def test_a_site_goes_on_while_its_database_stops_and_hangs(tmp_path):
    """Visited pages stay with their date, the rest says when to ask again, and all of it ends by itself."""
    assert settings.DATABASES["default"]["OPTIONS"]["connect_timeout"] == 2
    page = builders.published("Bridge").get_absolute_url()
    with serving(tmp_path) as site:
        _wait_for(site)
        site.get(page)
        _stops(site, page)
        _hangs(site, page)
        _is_killed(site, page)


def _wait_for(site: Served) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            site.get("/news/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The site did not start.")


def _stops(site: Served, page: str) -> None:
    site.line.cut()
    copy = site.until(page, lambda answer: answer[1].get("X-Cache") == COPY)
    assert copy[0] == 200
    assert 'id="copy"' in copy[2]
    for path in ("/search/?q=bridge", "/fr/admin/login/"):
        status, headers, text = site.until(path, lambda answer: answer[0] == 503)
        assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
        assert "Content-Security-Policy" in headers
        assert 'class="masthead' in text or "masthead" in text
    assert site.get("/api/v1/news/")[0] == 503
    assert site.get("/robots.txt")[0] == 200
    site.line.mend()
    site.until("/search/?q=bridge", lambda answer: answer[0] == 200)
    assert 'id="copy"' not in site.until(page, lambda answer: answer[1].get("X-Cache") != COPY)[2]


def _hangs(site: Served, page: str) -> None:
    site.line.hang()
    for path in (page, "/search/?q=tunnel", page, "/news/"):
        assert took(lambda path=path: site.get(path)) < 4, path
    assert site.until(page, lambda answer: answer[1].get("X-Cache") == COPY)[0] == 200
    site.until("/search/?q=other", lambda answer: answer[0] == 503)
    assert took(lambda: [site.get(path) for path in [page, "/search/?q=again"] * 3]) < 3
    site.line.mend()
    site.until("/search/?q=bridge", lambda answer: answer[0] == 200)
    site.until(page, lambda answer: answer[1].get("X-Cache") != COPY)


def _is_killed(site: Served, page: str) -> None:
    os.kill(site.workers()[0], signal.SIGKILL)
    builders.published("Tunnel")
    time.sleep(1)  # the oldest answer that may be stale
    for _time in range(10):
        try:
            status, _headers, text = site.get("/news/")
        except OSError:  # the connection that the killed one had taken
            continue
        assert (status, "Tunnel" in text) == (200, True)
    assert site.get(page)[0] == 200
