"""A small client: connections that ask for one page after the other for a while."""

import io
import itertools
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.servers import Server


@dataclass(frozen=True)
class Figures:
    """What one window measured."""

    requests_per_second: float
    cpu_ms: float  # of the server, for a request


def measure(server: Server, paths: list[str], *, seconds: float, connections: int) -> Figures:
    """Ask for the paths in turn over so many connections, and return what came of it."""
    cpu, began = server.cpu(), time.perf_counter()
    starts = [number * len(paths) // connections for number in range(connections)]
    with ThreadPoolExecutor(connections) as pool:
        asked = [pool.submit(_ask, server.port, paths[start:] + paths[:start], began + seconds) for start in starts]
        requests = sum(one.result() for one in asked)
    elapsed = time.perf_counter() - began
    return Figures(requests_per_second=requests / elapsed, cpu_ms=(server.cpu() - cpu) * 1000 / requests)


def _ask(port: int, paths: list[str], until: float) -> int:
    """Ask for one page after the other until time is up; return how many came."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for path in paths]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        reader = connection.makefile("rb")
        for count, request in enumerate(itertools.cycle(requests)):
            if time.perf_counter() > until:
                return count
            connection.sendall(request)
            _read_answer(reader)
    return 0


def _read_answer(reader: io.BufferedReader) -> None:
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
