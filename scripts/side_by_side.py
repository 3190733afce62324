"""Run the tests on SQLite and on PostgreSQL at the same time; scripts/test.sh calls this with pytest's arguments.

Each half is a process of its own that shares no file with the other. What it says is printed whole once it is done;
until then a line a minute tells how far both are. An interrupt ends both.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY, TELL_EVERY = 0.2, 60  # seconds
PATIENCE = 60  # seconds that an interrupted half has to put its databases and browsers away
INTERRUPTED = 130  # what a shell says of it: 128 and the number of SIGINT


@dataclass
class Half:
    """One run of the tests."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)
    said: IO[bytes] = field(init=False)

    def start(self) -> None:
        """Begin, in a session of its own: an interrupt from the terminal reaches it once, through us."""
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 - it is read until the end
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=self.said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def stop(self) -> None:
        """Interrupt it as a person would, and after a while with everything that it has started."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def text(self) -> str:
        """Return all that it has said until now."""
        said = self.said.fileno()
        return os.pread(said, os.fstat(said).st_size, 0).decode(errors="replace")  # the place where it writes stays

    def progress(self) -> str:
        """Return how far it is, as pytest tells it."""
        told = re.findall(r"\[ *(\d+)%\]", self.text())
        return f"{self.name} {told[-1] if told else 0} %"


def side_by_side(halves: list[Half]) -> int:
    """Run all at once, print each when it is done, and return the exit code of all: 0 when each has passed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        for half in halves:
            half.start()
        _tell_as_they_end(halves)
    except KeyboardInterrupt:
        for half in halves:
            half.stop()
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    failed = [half.name for half in halves if half.process.returncode]
    if failed:
        print(f"Failed on {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def _tell_as_they_end(halves: Iterable[Half]) -> None:
    """Print what each half says in the moment when it ends, and meanwhile how far they are."""
    running, began, told = list(halves), time.monotonic(), 0
    while running:
        time.sleep(LOOK_EVERY)
        for half in [half for half in running if half.process.poll() is not None]:
            running.remove(half)
            print(f"— On {half.name} —\n{half.text()}", flush=True)
        minutes = int(time.monotonic() - began) // TELL_EVERY
        if running and minutes > told:
            told = minutes
            print(f"{minutes} min: {', '.join(half.progress() for half in running)}", flush=True)


def half_of_the_tests(name: str, database: str | None, arguments: list[str]) -> Half:
    """Return the run on one database: with a cache, and examples of Hypothesis, of its own."""
    folder = name.lower()
    command = [sys.executable, "-m", "pytest", "-o", f"cache_dir=.pytest_cache/{folder}", *arguments]
    environment = {"HYPOTHESIS_STORAGE_DIRECTORY": f".hypothesis/{folder}"}
    return Half(name, command, environment | ({"DATABASE_URL": database} if database else {}))


# What axe finds on a page is the same whatever database the page comes from, and takes minutes: it is asked once.
WITHOUT_AXE = ["-m", "not axe"]

if __name__ == "__main__":
    sys.exit(
        side_by_side(
            [
                half_of_the_tests("SQLite", None, sys.argv[1:]),
                half_of_the_tests("PostgreSQL", os.environ["TEST_DATABASE_URL"], [*WITHOUT_AXE, *sys.argv[1:]]),
            ]
        )
    )
