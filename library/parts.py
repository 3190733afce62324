"""Reading and blanking parts of a file that may be large and hostile: no more than what is asked for is in memory."""

from typing import IO

PORTION = 1 << 16  # bytes


class CutOffError(ValueError):
    """A part ends behind the file's own end, or is none."""


class ForeignTrackError(ValueError):
    """Beside sound and picture runs a track of data."""


def read_at(file: IO[bytes], at: int, length: int) -> bytes:
    """Return so many bytes from a place. Raises CutOffError."""
    file.seek(at)
    found = file.read(length)
    if len(found) < length:
        raise CutOffError
    return found


def blank(file: IO[bytes], start: int, end: int) -> None:
    """Write zeros from one place to another."""
    file.seek(start)
    while start < end:
        start += file.write(bytes(min(PORTION, end - start)))
