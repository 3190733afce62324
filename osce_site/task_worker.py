"""Keeps the worker of tasks running beside a site that `make run` serves, and ends it with the site, however that ends.

Run as a program of its own by gunicorn.conf.py. Without Django, so that it takes next to no memory.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD_START = 3  # seconds that the site has to itself, so that its first page doesn't wait for a worker to load
LOOK_EVERY = 0.3  # seconds, whether the site and its worker still run
GRACE = 2  # seconds for the task at hand; if it is cut off, the next worker makes it anew
FIRST_WAIT, LONGEST_WAIT = 1, 60  # seconds before a worker that crashed is started again
STEADY = 60  # seconds after which a crash is no longer the start's fault


class Keeper:
    """Starts workers, one after the other, until it is told to stop or the site is gone."""

    def __init__(self) -> None:
        """Remember whose child this is: whoever dies without a word leaves it to another."""
        self.site = os.getppid()
        self.told_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: self.told_to_stop.set())

    @property
    def is_over(self) -> bool:
        """Say whether the worker is to end."""
        return self.told_to_stop.is_set() or os.getppid() != self.site

    def keep(self) -> None:
        """Run workers; one that crashes is started again, after a wait that grows while it crashes at once."""
        wait = FIRST_WAIT
        self.told_to_stop.wait(HEAD_START)
        while not self.is_over:
            began = time.monotonic()
            code = self.run_one()
            if self.is_over:
                return
            wait = FIRST_WAIT if time.monotonic() - began > STEADY else min(wait * 2, LONGEST_WAIT)
            sys.stderr.write(f"The worker of tasks ended with {code}; it starts again in {wait} seconds.\n")
            self.told_to_stop.wait(wait)

    def run_one(self) -> int | None:
        """Run a worker until it ends, or the site does."""
        worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"], cwd=ROOT)
        while worker.poll() is None and not self.is_over:
            self.told_to_stop.wait(LOOK_EVERY)
        if worker.returncode is None:
            end(worker)
        return worker.returncode


def end(worker: subprocess.Popen[bytes]) -> None:
    """Ask a worker to end, and end it."""
    worker.terminate()
    try:
        worker.wait(GRACE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


if __name__ == "__main__":
    Keeper().keep()
