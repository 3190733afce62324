"""Start the site from a fresh clone, as a newcomer would, and ask it for pages; then start it again.

Prints how long each start took to the first page, and fails when one took longer than it may.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("/", "/news/", "/countries/", "/institutions/", "/fields-of-work/", "/fr/", "/admin/login/")
FIRST_START = 60  # seconds, with a package index that has been asked before
NEXT_START = 5
SETTINGS = {"DATABASE_URL", "CACHE_URL", "SITE_URL", "ALLOWED_HOSTS", "DEBUG", "MEDIA_ROOT", "SECRET_KEY", "HOST"}
OVERTIME = 240  # seconds more until we stop waiting: a slow machine is told apart from a broken site


def main() -> None:
    """Start twice, and ask for every page in the second run."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "site"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        expect_within(FIRST_START, start(clone, FIRST_START, ()))
        seconds = start(clone, NEXT_START, PAGES)
        if seconds > NEXT_START:
            seconds = start(clone, NEXT_START, ())  # once more: others may have been busy on this machine
        expect_within(NEXT_START, seconds)


def expect_within(limit: int, seconds: float) -> None:
    """Exit with a sentence when a start took longer than it may."""
    if seconds > limit:
        sys.exit(f"The start took {seconds:.1f} s, more than the {limit} s that it may.")


def start(clone: Path, limit: int, pages: tuple[str, ...]) -> float:
    """Run `make run`, ask for the pages, and stop it as Ctrl-C does; return the seconds to the first page."""
    port = free_port()
    began = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS} | {"PORT": str(port)}
    command = ["make", "run"]
    with subprocess.Popen(
        command, cwd=clone, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            wait_for_first_page(f"http://127.0.0.1:{port}/", server, began + limit + OVERTIME)
            seconds = time.monotonic() - began
            print(f"The first page came after {seconds:.1f} s; {limit} s are allowed.", flush=True)
            for page in pages:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=30) as answer:
                    print(f"{answer.status} {page}", flush=True)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            ended = server.wait(timeout=40)
    print(f"Stopped, exit code {ended}.", flush=True)
    return seconds


def wait_for_first_page(address: str, server: subprocess.Popen, until: float) -> None:
    """Ask until the page is there; exit when the server has ended or time is up."""
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit(f"make run ended with exit code {server.returncode}.")
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except urllib.error.HTTPError as error:
            sys.exit(f"The first page answered {error.code}.")
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("No page came in time.")


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    main()
