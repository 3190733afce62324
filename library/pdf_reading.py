"""Prints what the PDF on its standard input holds. Run as a program of its own, never imported.

The first line names what a reader's machine would run or unpack, or "unknown" where that cannot be seen; the second one
says how many pages it has, if that can be counted. A hostile file may ask for endless time or memory: this process has
little of either.
"""

import io
import re
import resource
import sys
import zlib
from collections.abc import Iterator

SECONDS = 8
MEMORY = 512_000_000  # bytes of address space
MOST_UNPACKED = 50_000_000  # bytes of one stream that holds objects
STREAM = re.compile(rb"stream\r?\n")
STREAM_END = b"endstream"
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter of a name
OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
ENCRYPTED = re.compile(rb"/Encrypt\s+\d")
FORBIDDEN = {
    "javascript": re.compile(rb"/(?:JavaScript\b|JS\s*(?:[(<]|\d+\s+\d+\s+R\b))"),
    "launch": re.compile(rb"/S\s*/Launch\b"),
    "embedded": re.compile(rb"/(?:EmbeddedFiles?\b|EF\s*(?:<<|\d+\s+\d+\s+R\b))"),
}


class UnreadableError(ValueError):
    """Objects lie in what cannot be unpacked."""


def objects_of(data: bytes) -> Iterator[bytes]:
    """Yield all that is written outside of streams, and what is packed in the streams that hold objects."""
    at = 0
    for begin in STREAM.finditer(data):
        if begin.start() < at or data[begin.start() - 3 : begin.start()] == b"end":
            continue
        yield (between := data[at : begin.start()])
        at = data.find(STREAM_END, begin.end())
        if at < 0:
            return
        if OBJECTS.search(plain(between[between.rfind(b" obj") :])):
            yield unpacked(data[begin.end() : at])
    yield data[at:]


def unpacked(packed: bytes) -> bytes:
    """Return what a stream holds, as every program packs objects. Raises UnreadableError."""
    reader = zlib.decompressobj()
    try:
        held = reader.decompress(packed, MOST_UNPACKED)
    except zlib.error as error:
        raise UnreadableError from error
    if reader.unconsumed_tail:
        raise UnreadableError
    return held


def plain(written: bytes) -> bytes:
    """Return what names say whose letters are escaped."""
    return ESCAPED.sub(lambda letter: bytes([int(letter[1], 16)]), written)


def verdict(data: bytes) -> str:
    """Return what the file holds that is refused: a key of FORBIDDEN, "encrypted", "unknown", or "nothing"."""
    try:
        for written in objects_of(data):
            if name := _forbidden(plain(written)):
                return name
    except UnreadableError:
        return "encrypted" if ENCRYPTED.search(data) else "unknown"
    return "nothing"


def _forbidden(said: bytes) -> str:
    return next((name for name, pattern in FORBIDDEN.items() if pattern.search(said)), "")


def main() -> None:
    """Look first, and then count; say nothing of what cannot be counted: an encrypted file, a broken one."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data = sys.stdin.buffer.read()
    sys.stdout.write(f"{verdict(data)}\n")
    sys.stdout.flush()
    from pypdf import PdfReader  # noqa: PLC0415 - under the limits

    reader = PdfReader(io.BytesIO(data))
    if not reader.is_encrypted:
        sys.stdout.write(str(len(reader.pages)))


if __name__ == "__main__":
    main()
