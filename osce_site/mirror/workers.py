"""Making many addresses, in this process or in several beside it, which end when this one does, however it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any

from osce_site.mirror.made import Made
from osce_site.mirror.making import Maker
from osce_site.mirror.state import Wanted

PROJECT = Path(__file__).resolve().parent.parent.parent
AT_ONCE = 10  # addresses that are handed over together
AHEAD = 2  # portions that each process has, so that none waits for this one
SLOW_START = 60  # addresses: for fewer, processes take longer to start than they save
PROGRAM = "from osce_site.mirror.worker import work; work()"

type Task = tuple[int, Wanted]
type Done = tuple[int, Made]


class EndedError(Exception):
    """A process that made pages has ended before its time."""


class Workers:
    """Processes that make addresses; they start once there is enough to do."""

    def __init__(self, maker: Maker, number: int) -> None:
        """Begin with none.

        Args:
            maker: makes what is too little for other processes.
            number: of processes; with 1 all is made in this one.
        """
        self.maker = maker
        self.number = number
        self.processes: dict[Connection, subprocess.Popen[bytes]] = {}

    def make(self, tasks: list[Task]) -> Iterator[Done]:
        """Yield what was made, in any order."""
        if self.number == 1 or (len(tasks) < SLOW_START and not self.processes):
            yield from ((number, self.maker.make(wanted)) for number, wanted in tasks)
            return
        while len(self.processes) < self.number:
            self._start()
        yield from self._share(batched(tasks, AT_ONCE))

    def _share(self, portions: Iterator[tuple[Task, ...]]) -> Iterator[Done]:
        waiting = 0
        for connection in list(self.processes) * AHEAD:
            waiting += _hand_over(connection, portions)
        while waiting:
            for ready in wait(list(self.processes)):
                made = _received(ready)
                waiting += _hand_over(ready, portions) - 1
                yield from made

    def _start(self) -> None:
        """Start a process afresh: a copy of this one would share its connection to the database."""
        ours, theirs = Pipe()
        told = [str(theirs.fileno()), str(self.maker.files.folder), str(self.maker.pages)]
        command = [sys.executable, "-c", PROGRAM, *told]
        process = subprocess.Popen(command, cwd=PROJECT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603 - our own module
        theirs.close()
        self.processes[ours] = process

    def end(self) -> None:
        """Let the processes go; each ends when nobody is there to ask it any more."""
        for connection, process in self.processes.items():
            connection.close()
            process.wait()


def _received(connection: Any) -> list[Done]:
    try:
        made: list[Done] = connection.recv()
    except (EOFError, OSError) as error:
        raise EndedError("A process that makes pages has ended. Run the command again: it goes on.") from error
    return made


def _hand_over(connection: Any, portions: Iterator[tuple[Task, ...]]) -> int:
    """Hand the next portion over, if there is one; return how many were."""
    portion = next(portions, None)
    if portion is None:
        return 0
    connection.send(list(portion))
    return 1


@contextmanager
def workers(maker: Maker, number: int | None) -> Iterator[Workers]:
    """Yield workers, as many as there are processors unless a number is given."""
    made = Workers(maker, number or len(os.sched_getaffinity(0)))
    try:
        yield made
    finally:
        made.end()
