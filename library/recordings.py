"""What recordings say besides sound and picture: where and by whom they were made. All of that is blanked in place.

Nothing is encoded anew and nothing moves: what a part held becomes zeros, and its name that of an empty part.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from library.ogg import blank_comments
from library.parts import CutOffError, ForeignTrackError, blank, read_at

# A recording of ten hours in parts of half a second has 100,000 or so.
MOST_PARTS = 1_000_000

# ISO base media files (MP4, M4A): boxes in boxes, each with its length and four letters.
TOP = frozenset({b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"ssix", b"mfra", b"pdin", b"prft", b"wide"})
IN_MOVIE = frozenset({b"mvhd", b"trak", b"mvex", b"iods", b"pssh"})
IN_TRACK = frozenset({b"tkhd", b"tref", b"trgr", b"edts", b"mdia", b"tapt", b"clip", b"matt", b"load", b"imap"})
TELLING = frozenset({b"udta", b"meta", b"uuid", b"meco", b"free", b"skip"})  # wherever they are
OPENED = {b"moov": IN_MOVIE, b"trak": IN_TRACK, b"mdia": None, b"minf": None, b"moof": None, b"traf": None}
HANDLED = frozenset({b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint"})  # kinds of tracks
DEEPEST = 6  # boxes in boxes
LONG, TO_THE_END = 1, 0  # what a length says instead of being one

# Matroska (WebM): elements in elements, by the bytes of their names.
SEGMENT, CLUSTER, INFO = 0x18538067, 0x1F43B675, 0x1549A966
TAGS, ATTACHMENTS, TITLE, FILE_NAME, CHECK_SUM, VOID = 0x1254C367, 0x1941A469, 0x7BA9, 0x7384, 0xBF, 0xEC
EMPTIED = frozenset({TAGS, ATTACHMENTS, TITLE, FILE_NAME, CHECK_SUM})
UNKNOWN = -1  # as long as what is in it

# MP3: a tag before the sound, and up to two behind it.
ID3_HEAD, ID3_LAST, APE_FOOT = 10, 128, 32


def strip(file: IO[bytes], form: str, size: int) -> None:
    """Blank what a recording says besides sound and picture.

    Args:
        file: it is written to; its length stays.
        form: "mp4", "m4a", "webm", "mp3" or "ogg".
        size: in bytes.

    Raises:
        CutOffError: its parts don't fit into it.
        ForeignTrackError: beside sound and picture runs something that cannot be blanked: a camera's places.
    """
    _STRIPPERS[form](file, size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of an MP4: where it begins, where its content does, and where both end."""

    kind: bytes
    start: int
    content: int
    end: int


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    for _part in range(MOST_PARTS):
        if start >= end:
            return
        yield (box := _box(file, start, end))
        start = box.end
    raise CutOffError


def _box(file: IO[bytes], start: int, end: int) -> Box:
    """Return the box that begins at a place, and ends before another one."""
    length, kind = struct.unpack(">I4s", read_at(file, start, 8))
    content = start + 8
    if length == LONG:
        length, content = struct.unpack(">Q", read_at(file, content, 8))[0], content + 8
    stop = end if length == TO_THE_END else start + length
    if not content <= stop <= end:
        raise CutOffError
    return Box(kind=kind, start=start, content=content, end=stop)


def _mp4(file: IO[bytes], size: int) -> None:
    kinds = {box.kind for box in _boxes(file, 0, size)}
    if b"moov" not in kinds:  # without it nothing can be played
        raise CutOffError
    _clear(file, 0, size, TOP)


def _clear(file: IO[bytes], start: int, end: int, known: frozenset[bytes] | None, depth: int = 0) -> None:
    """Blank the boxes between two places that tell something, and those within them; `known` names all that stay."""
    if depth > DEEPEST:
        raise CutOffError
    for box in _boxes(file, start, end):
        if _tells(box, known):
            blank(file, box.content, box.end)
            _write(file, box.start + 4, b"free")
        elif box.kind == b"hdlr":
            _expect_sound_or_picture(file, box)
        elif box.kind in OPENED:
            _clear(file, box.content, box.end, OPENED[box.kind], depth + 1)


def _tells(box: Box, known: frozenset[bytes] | None) -> bool:
    """Say whether a box may tell something; where it is known what stays, all else may."""
    return box.kind in TELLING or (known is not None and box.kind not in known)


def _expect_sound_or_picture(file: IO[bytes], box: Box) -> None:
    """Refuse a track of data, in which cameras write where they are; a `hdlr` of `minf` says where the data lie."""
    component, kind = struct.unpack("4s4s", read_at(file, box.content + 4, 8))
    if kind not in HANDLED and component != b"dhlr":
        raise ForeignTrackError


def _write(file: IO[bytes], at: int, what: bytes) -> None:
    file.seek(at)
    file.write(what)


def _webm(file: IO[bytes], size: int) -> None:
    """Go through the segment's elements; segments and clusters of a live recording have no length of their own."""
    at = 0
    for _part in range(MOST_PARTS):
        if at >= size:
            return
        name, length, content = _element(file, at)
        if name in {SEGMENT, INFO} or (name == CLUSTER and length == UNKNOWN):
            at = content
        else:
            at = _passed(file, at, name=name, content=content, length=length, size=size)
    raise CutOffError


def _passed(file: IO[bytes], at: int, *, name: int, content: int, length: int, size: int) -> int:
    """Empty an element if it may tell more than sound and picture, and return where it ends."""
    end = content + length
    if length == UNKNOWN or end > size:
        raise CutOffError
    if name in EMPTIED:
        _void(file, at, end)
    return end


def _element(file: IO[bytes], at: int) -> tuple[int, int, int]:
    """Return an element's name, its length, and where its content begins."""
    head = read_at(file, at, 1)[0]
    name_size = 9 - head.bit_length()
    if name_size > 4:  # noqa: PLR2004 - bytes of the longest name
        raise CutOffError
    first = read_at(file, at + name_size, 1)[0]
    length_size = 9 - first.bit_length()
    if length_size > 8:  # noqa: PLR2004 - bytes of the longest number
        raise CutOffError
    name = int.from_bytes(read_at(file, at, name_size))
    most = (1 << 7 * length_size) - 1
    length = int.from_bytes(read_at(file, at + name_size, length_size)) & most
    return name, UNKNOWN if length == most else length, at + name_size + length_size


def _void(file: IO[bytes], start: int, end: int) -> None:
    """Make of an element an empty one of the same length, whose own length is told in one byte or in eight."""
    size_of_length = 8 if end - start > 9 else 1  # noqa: PLR2004 - bytes of the name and of the longest number
    length = end - start - 1 - size_of_length
    mark = 1 << 7 * size_of_length
    blank(file, start, end)
    _write(file, start, bytes([VOID]) + (length | mark).to_bytes(size_of_length))


def _mp3(file: IO[bytes], size: int) -> None:
    """Empty the tags of ID3 and APE; the sound lies between them."""
    at = 0
    while size - at > ID3_HEAD and read_at(file, at, 3) == b"ID3":
        length = 0
        for byte in read_at(file, at + 6, 4):  # seven bits each
            length = length << 7 | byte & 0x7F
        end = at + ID3_HEAD + length
        if end > size:
            raise CutOffError
        blank(file, at + ID3_HEAD, end)
        _write(file, at + 5, b"\0")  # no flags: nothing in it needs to be undone
        at = end
    _clear_behind(file, size)


def _clear_behind(file: IO[bytes], size: int) -> None:
    if size > ID3_LAST and read_at(file, size - ID3_LAST, 3) == b"TAG":
        blank(file, size - ID3_LAST, size)
        size -= ID3_LAST
    if size > APE_FOOT and read_at(file, size - APE_FOOT, 8) == b"APETAGEX":
        length = int.from_bytes(read_at(file, size - APE_FOOT + 12, 4), "little")
        if not APE_FOOT <= length <= size:
            raise CutOffError
        has_head = size - length >= APE_FOOT and read_at(file, size - length - APE_FOOT, 8) == b"APETAGEX"
        blank(file, size - length - APE_FOOT * has_head, size)


_STRIPPERS: dict[str, Callable[[IO[bytes], int], None]] = {
    "mp4": _mp4,
    "m4a": _mp4,
    "webm": _webm,
    "mp3": _mp3,
    "ogg": blank_comments,
}
