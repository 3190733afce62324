"""The worker of tasks beside the site that `make run` serves: one, restarted when it dies, gone with the site."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes import PATIENCE, empty_database, environment

pytestmark = [pytest.mark.processes, pytest.mark.django_db]
ROOT = Path(settings.ROOT)
PICTURE = """
from django.core.files.base import ContentFile
from library.keeping import take_in
from library.samples import draw_sample_picture
take_in(ContentFile(draw_sample_picture(1)), name="a.jpg", credit="OSCE", by=None)
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the environment of a site with an empty database and a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with empty_database(tmp_path) as database:
        yield environment(database) | {
            "DJANGO_SETTINGS_MODULE": "osce_site.settings",
            "MEDIA_ROOT": str(tmp_path / "media"),
            "PORT": str(port),
            "WEB_CONCURRENCY": "2",
            "WITH_WORKER": "1",
        }


def manage(surroundings: dict[str, str], *command: str) -> str:
    """Run a command of the site to its end."""
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "manage.py", *command], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True
    )
    return done.stdout


def workers(surroundings: dict[str, str]) -> list[int]:
    """Return the processes of this test's site that run as its worker, or keep it running."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0") if folder.name.isdecimal() else []
            if {b"run_worker", b"osce_site.task_worker"} & set(words):
                of_this_site = f"MEDIA_ROOT={surroundings['MEDIA_ROOT']}".encode()
                found += [int(folder.name)] if of_this_site in (folder / "environ").read_bytes() else []
        except OSError:  # it has ended meanwhile
            continue
    return sorted(found)


def wait_until(is_so: Callable[[], object], *, what: str) -> None:
    """Wait for something that another process does."""
    patience = time.monotonic() + PATIENCE / 4
    while not is_so():
        assert time.monotonic() < patience, f"It never came to this: {what}"
        time.sleep(0.2)


def serve(surroundings: dict[str, str]) -> subprocess.Popen[bytes]:
    """Serve the site."""
    return subprocess.Popen([sys.executable, "-m", "gunicorn", "--log-level", "error"], cwd=ROOT, env=surroundings)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda number: number.name)
def test_the_worker_ends_with_the_site(surroundings, end):
    """However that ends: asked to, by Ctrl-C, or killed."""
    manage(surroundings, "migrate", "--verbosity", "0")
    site = serve(surroundings)
    try:
        wait_until(lambda: len(workers(surroundings)) == 2, what="one keeper and one worker, for two processes")
        site.send_signal(end)
        site.wait(timeout=PATIENCE / 4)
        wait_until(lambda: not workers(surroundings), what="no worker without its site")
    finally:
        site.kill()


def test_a_worker_that_is_killed_is_followed_by_another_that_takes_up_its_work(surroundings):
    """Renditions that were asked for before the kill are made after it."""
    manage(surroundings, "migrate", "--verbosity", "0")
    manage(surroundings, "shell", "--verbosity", "0", "-c", PICTURE)
    made = "from library.models import Image; print(Image.objects.exclude(rendered_by='').count())"
    site = serve(surroundings)
    try:
        wait_until(lambda: len(workers(surroundings)) == 2, what="a keeper and a worker")
        first = workers(surroundings)[-1]
        os.kill(first, signal.SIGKILL)
        wait_until(
            lambda: len(workers(surroundings)) == 2 and first not in workers(surroundings), what="another worker"
        )
        wait_until(
            lambda: manage(surroundings, "shell", "--verbosity", "0", "-c", made).strip() == "1", what="renditions"
        )
    finally:
        site.terminate()
        site.wait(timeout=PATIENCE / 4)


def test_without_being_asked_the_site_starts_no_worker(surroundings):
    """In production it is a service of its own."""
    del surroundings["WITH_WORKER"]
    site = serve(surroundings)
    try:
        time.sleep(2)
        assert workers(surroundings) == []
    finally:
        site.terminate()
        site.wait(timeout=PATIENCE / 4)
