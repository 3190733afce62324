"""Starting gunicorn with the site or the bare view, and reading what CPU its workers have used."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")  # of /proc, in a second
CPU_FIELDS = slice(11, 13)  # of /proc/<pid>/stat after the name: utime and stime


@dataclass(frozen=True)
class Server:
    """A gunicorn that runs."""

    port: int
    master: int

    def cpu(self) -> float:
        """Return the seconds of CPU that the master and its workers have used."""
        workers = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        return sum(_seconds(int(pid)) for pid in [self.master, *workers])

    def get(self, path: str) -> bytes:
        """Return the page at the path."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.read()


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[CPU_FIELDS]) / TICKS


@contextmanager
def serving(application: str, *, first_path: str, environment: dict[str, str]) -> Iterator[Server]:
    """Run gunicorn with the application while the block lasts."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--log-level", "error", "--workers", str(WORKERS), application]
    variables = os.environ | environment | {"PORT": str(port), "HOST": "127.0.0.1"}
    with subprocess.Popen(command, cwd=ROOT, env=variables) as process:
        try:
            server = Server(port=port, master=process.pid)
            _wait_for(server, first_path, process)
            yield server
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(server: Server, path: str, process: subprocess.Popen[bytes]) -> None:
    """Ask until the server answers; give up when it has ended."""
    while process.poll() is None:
        try:
            server.get(path)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server ended before it answered.")
