"""Where a command writes much: to standard output as it comes, or to a file that is there as a whole or not at all."""

import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

STANDARD_OUTPUT = "-"


@contextmanager
def writing_to(name: str) -> Iterator[Any]:
    """Open what is written to, bytes; a name that ends in .gz is packed, the same lines to the same bytes.

    Raises:
        OSError: the file cannot be written. What stood there before stays until the last byte is written.
    """
    if name == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _replacing(Path(name)) as file, ExitStack() as packing:
        is_packed = name.endswith(".gz")
        # Without the name and the moment, which gzip would write in front.
        yield packing.enter_context(gzip.GzipFile("", "wb", 6, file, mtime=0)) if is_packed else file


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Write beside the file, and take its place at the end; nothing is left where that end is not reached."""
    if path.exists() and not path.is_file():  # a device, a pipe: nothing to be replaced
        with path.open("wb") as file:
            yield file
        return
    number, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode_of(path))
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _mode_of(path: Path) -> int:
    """Return the rights that the file has, or that a new one gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def hush_standard_output() -> None:
    """Let nothing more be written to a pipe that nobody reads any more, at the process's end either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
