"""A small client: connections that ask for one page after the other for a while."""

import itertools
import socket
import threading
import time
from dataclasses import dataclass

from benchmarks.servers import Server


@dataclass(frozen=True)
class Figures:
    """What one window measured."""

    requests_per_second: float
    cpu_ms: float  # of the server, for a request


def measure(server: Server, paths: list[str], *, seconds: float, connections: int) -> Figures:
    """Ask for the paths in turn over so many connections, and return what came of it."""
    counts = [0] * connections
    cpu, began = server.cpu(), time.perf_counter()
    threads = [
        threading.Thread(target=_ask, args=(server.port, paths, number, counts, began + seconds))
        for number in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, requests = time.perf_counter() - began, sum(counts)
    return Figures(requests_per_second=requests / elapsed, cpu_ms=(server.cpu() - cpu) * 1000 / requests)


def _ask(port: int, paths: list[str], number: int, counts: list[int], until: float) -> None:
    """Ask until time is up; each connection begins elsewhere in the paths."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for path in paths]
    start = number * len(requests) // len(counts)
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        reader = connection.makefile("rb")
        for request in itertools.cycle(requests[start:] + requests[:start]):
            if time.perf_counter() > until:
                return
            connection.sendall(request)
            _read_answer(reader)
            counts[number] += 1


def _read_answer(reader: socket.SocketIO) -> None:
    """Read one answer to its end; any status but 200 ends the run."""
    status = reader.readline()
    if b" 200 " not in status:
        raise RuntimeError(f"The server answered {status!r}.")
    length = 0
    while (line := reader.readline()) not in {b"\r\n", b""}:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    reader.read(length)
