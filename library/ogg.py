"""The comments of Ogg recordings (Vorbis, Opus, Theora, Speex), which may name a place and hold pictures: blanked.

An Ogg file is a row of pages, each with a check sum; a packet may lie in several of them, and each stream's second
packet holds its comments.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import IO

from library.parts import CutOffError, ForeignTrackError, read_at

HEAD = 27  # bytes of a page before the lengths of its pieces
CHECK_SUM = slice(22, 26)
WHOLE = 255  # a piece of that length goes on in the next one
MOST_PAGES = 2_000_000
MOST_OF_COMMENTS = 20_000_000  # bytes; a picture of an album's cover has less
# How the second packet begins, before the name of the program that wrote it.
MARKS = (b"\x03vorbis", b"OpusTags", b"\x81theora")
SPEEX, FLAC = b"Speex   ", b"\x7fFLAC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: where it begins, which stream it is of, and where its pieces lie, with the mark of those that end one."""

    start: int
    stream: bytes
    pieces: list[tuple[int, int, bool]]
    end: int


@dataclass(slots=True)
class Stream:
    """What is known of a stream: its first packet, how many packets are complete, the pieces of the second one."""

    first: bytes = b""
    packets: int = 0
    comments: list[tuple[int, int]] = field(default_factory=list)
    pages: dict[int, Page] = field(default_factory=dict)  # by their beginnings


def blank_comments(file: IO[bytes], size: int) -> None:
    """Blank the comments of all streams. Raises CutOffError, ForeignTrackError."""
    streams: dict[bytes, Stream] = {}
    for page in _pages(file, size):
        stream = streams.setdefault(page.stream, Stream())
        if stream.packets < 2:  # noqa: PLR2004 - the first one tells what it is, the second one holds the comments
            _take(file, stream, page)
            if stream.packets >= 2:  # noqa: PLR2004 - as above
                _blank(file, stream)


def _pages(file: IO[bytes], size: int) -> Iterator[Page]:
    at = 0
    for _one in range(MOST_PAGES):
        if at >= size:
            return
        yield (page := _page(file, at))
        at = page.end
    raise CutOffError


def _page(file: IO[bytes], at: int) -> Page:
    """Return the page that begins here; what ends behind the file cannot be read."""
    head = read_at(file, at, HEAD)
    if head[:4] != b"OggS":
        raise CutOffError
    lengths = read_at(file, at + HEAD, head[26])
    begin = at + HEAD + len(lengths)
    ends = [begin + total for total in accumulate(lengths)]
    pieces = [(end - length, end, length < WHOLE) for length, end in zip(lengths, ends, strict=True)]
    return Page(start=at, stream=head[14:18], pieces=pieces, end=ends[-1] if ends else begin)


def _take(file: IO[bytes], stream: Stream, page: Page) -> None:
    """Note what a page has of a stream's first two packets."""
    for start, end, is_last in page.pieces:
        if stream.packets == 0:
            stream.first = stream.first or read_at(file, start, end - start)[:16]
        elif stream.packets == 1:
            stream.comments.append((start, end))
            stream.pages[page.start] = page
        stream.packets += is_last
    if sum(end - start for start, end in stream.comments) > MOST_OF_COMMENTS:
        raise CutOffError


def _blank(file: IO[bytes], stream: Stream) -> None:
    """Write spaces in place of each comment, which keeps its length, and the check sums anew."""
    packet = bytearray(b"".join(read_at(file, start, end - start) for start, end in stream.comments))
    if stream.first.startswith(FLAC):
        raise ForeignTrackError
    mark = next((mark for mark in MARKS if packet.startswith(mark)), b"")
    if not mark and not stream.first.startswith(SPEEX):
        return  # what describes other streams, and has no comments
    end = _spaces(packet, _after(packet, len(mark)))
    if mark == MARKS[1]:
        packet[end:] = bytes(len(packet) - end)  # Opus may carry anything behind its comments
    _write(file, stream, packet)


def _write(file: IO[bytes], stream: Stream, packet: bytearray) -> None:
    """Put the comments back where they were, and sign their pages."""
    for start, end in stream.comments:
        file.seek(start)
        file.write(packet[: end - start])
        del packet[: end - start]
    for page in stream.pages.values():
        _sign(file, page)


def _spaces(packet: bytearray, at: int) -> int:
    """Write spaces over each comment from the place on that tells their number, and return where the last one ends."""
    count, at = _number(packet, at), at + 4
    for _comment in range(count):
        begin, at = at + 4, _after(packet, at)
        packet[begin:at] = b" " * (at - begin)
    return at


def _number(packet: bytearray, at: int) -> int:
    if at + 4 > len(packet):
        raise CutOffError
    return int.from_bytes(packet[at : at + 4], "little")


def _after(packet: bytearray, at: int) -> int:
    """Return where a text ends that begins with its length."""
    end = at + 4 + _number(packet, at)
    if end > len(packet):
        raise CutOffError
    return end


def _sign(file: IO[bytes], page: Page) -> None:
    content = bytearray(read_at(file, page.start, page.end - page.start))
    content[CHECK_SUM] = bytes(4)
    file.seek(page.start + CHECK_SUM.start)
    file.write(check_sum(content).to_bytes(4, "little"))


def check_sum(page: bytes | bytearray) -> int:
    """Return Ogg's check sum of a page whose own one is zero."""
    table, total = _table(), 0
    for byte in page:
        total = (total << 8 ^ table[total >> 24 ^ byte]) & 0xFFFFFFFF
    return total


@cache
def _table() -> list[int]:
    table = []
    for number in range(256):
        total = number << 24
        for _bit in range(8):
            total = (total << 1 ^ (0x04C11DB7 if total & 1 << 31 else 0)) & 0xFFFFFFFF
        table.append(total)
    return table
