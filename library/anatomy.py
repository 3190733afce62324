"""How the bytes of a picture are laid out: which format it is, and where that ends. Nothing is decoded."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from mmap import mmap

type Bytes = bytes | mmap

# A file of real pixels has fewer parts by far; reading millions of empty ones would take minutes.
MOST_PARTS = 500_000
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in a JPEG's scan, other than a byte that was stuffed, or a restart
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
AVIF_BRANDS = {b"avif", b"avis"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
BEGINNING = 4096  # bytes, of what may come before an SVG's first element


class CutOffError(ValueError):
    """The file ends before the picture does."""


class ConfusedError(ValueError):
    """No program writes a picture so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What the layout tells of a picture.

    Attributes:
        end: where its bytes end; None where the format says nothing of that.
        scans: how many times a JPEG goes over its pixels: more than once, and the decoder holds all in memory.
        exif: of a PNG, wherever it stands.
    """

    end: int | None = None
    scans: int = 1
    exif: bytes = b""


def format_of(data: Bytes) -> str:
    """Return the format by the first bytes: one of Image.Format's, or "svg", "heic", "pdf", or nothing."""
    for beginning, found in (
        (b"\xff\xd8\xff", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"II*\0", "tif"),
        (b"MM\0*", "tif"),
        (b"%PDF", "pdf"),
    ):
        if data[: len(beginning)] == beginning:
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return _by_brand(data[8:64])
    return "svg" if SVG.search(data[:BEGINNING]) else ""


def extent_of(data: Bytes, found: str) -> Extent:
    """Return where a picture ends. Raises CutOffError, ConfusedError."""
    read: Callable[[Bytes], Extent] | None = {
        "jpg": _jpeg,
        "png": _png,
        "gif": _gif,
        "webp": _webp,
        "avif": _avif,
    }.get(found)
    if read is None:
        return Extent()
    try:
        extent = read(data)
    except (IndexError, struct.error) as error:
        raise CutOffError from error
    if extent.end and extent.end > len(data):
        raise CutOffError
    return extent


def _by_brand(brands: bytes) -> str:
    named = {brands[:4], *(brands[at : at + 4] for at in range(8, len(brands), 4))}
    if named & AVIF_BRANDS:
        return "avif"
    return "heic" if named & HEIC_BRANDS else ""


def _jpeg(data: Bytes) -> Extent:
    """Go from marker to marker; in a scan, search for the next one."""
    at, scans = 2, 0
    for _part in range(MOST_PARTS):
        if data[at] != 0xFF:  # noqa: PLR2004 - what begins each marker
            raise ConfusedError
        marker = data[at + 1]
        if marker == END_OF_IMAGE:
            return Extent(end=at + 2, scans=scans)
        at = _after(data, at, marker)
        if marker == START_OF_SCAN:
            scans += 1
            at = _next_marker(data, at)
    raise ConfusedError


def _after(data: Bytes, at: int, marker: int) -> int:
    """Return where a JPEG's part ends; a byte may be repeated to fill up, before its marker."""
    if marker == 0xFF:  # noqa: PLR2004 - what fills up
        return at + 1
    return at + 2 if marker in ALONE else at + 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])


def _next_marker(data: Bytes, at: int) -> int:
    if found := MARKER.search(data, at):
        return found.start()
    raise CutOffError


def _png(data: Bytes) -> Extent:
    """Go from chunk to chunk up to the last one: length, type, data, check sum."""
    at, exif = 8, b""
    for _part in range(MOST_PARTS):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"eXIf":
            exif = bytes(data[at + 8 : at + 8 + length])
        at += 12 + length
        if kind == b"IEND":
            return Extent(end=at, exif=exif)
    raise ConfusedError


def _gif(data: Bytes) -> Extent:
    """Go through extensions and frames, each a row of blocks that say their length, up to the trailer."""
    at = 13 + _colours(data[10])
    for _part in range(MOST_PARTS):
        kind = data[at]
        if kind == 0x3B:  # noqa: PLR2004 - the trailer
            return Extent(end=at + 1)
        if kind == 0x21:  # noqa: PLR2004 - an extension
            at = _after_blocks(data, at + 2)
        elif kind == 0x2C:  # noqa: PLR2004 - a frame
            at = _after_blocks(data, at + 11 + _colours(data[at + 9]))
        else:
            raise ConfusedError
    raise ConfusedError


def _colours(flags: int) -> int:
    """Return how many bytes a GIF's table of colours has."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: Bytes, at: int) -> int:
    for _part in range(MOST_PARTS):
        if not data[at]:
            return at + 1
        at += 1 + data[at]
    raise ConfusedError


def _webp(data: Bytes) -> Extent:
    length = int(struct.unpack("<I", data[4:8])[0])
    return Extent(end=8 + length + length % 2)


def _avif(data: Bytes) -> Extent:
    """Go from box to box; the last one may say that it goes on to the end."""
    at = 0
    for _part in range(MOST_PARTS):
        if at >= len(data):
            return Extent(end=at)
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if not kind.isalnum():
            return Extent(end=at)
        at += _box(data, at, length)
    raise ConfusedError


def _box(data: Bytes, at: int, length: int) -> int:
    """Return how long a box is: 0 says to the end, 1 that a longer number follows."""
    if not length:
        return len(data) - at
    if length == 1:
        length = int(struct.unpack(">Q", data[at + 8 : at + 16])[0])
    return max(length, 8)
