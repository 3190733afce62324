"""What was packed, as a stream that cannot swell without end: gzip files and the members of a zip archive.

Nothing is unpacked to disk. A name within an archive is a name for errors, never a path.
"""

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from gzip import GzipFile
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

GZIP_MARK = b"\x1f\x8b"
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
BLOCK = 1 << 17  # bytes read at a time

MOST_SWELLING = 200  # times the packed size; archives of news swell 4 to 30 times
SWELLS_FREELY = 50_000_000  # bytes; so far, any swelling is harmless
MOST_UNPACKED = 20_000_000_000  # bytes
MOST_DIRECTORY_BYTES = 4_000_000  # of a zip archive's list of members: some 30,000 names

ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNPACK_IT = "If you trust it, unpack it yourself and import what was in it."
END_OF_DIRECTORY, END_OF_LARGE_DIRECTORY = b"PK\x05\x06", b"PK\x06\x06"
LONGEST_END = 65_557 + 76  # bytes: the record at the end of an archive with its comment, and that of a large one
NO_ANSWER = 0xFFFFFFFF  # the record of a large archive has it instead


class UnreadableError(OSError):
    """A source that cannot be read, or no further: a sentence with what to do."""


class _Translated(io.RawIOBase):
    """A stream whose errors are sentences, and that ends with one where it swells beyond measure."""

    def __init__(self, inner: BinaryIO, consumed: Callable[[], int], owned: tuple[Any, ...] = ()) -> None:
        super().__init__()
        self.inner, self.consumed, self.owned = inner, consumed, owned
        self.unpacked = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes.

        Raises:
            UnreadableError: the packed data are damaged, or swell as no text does.
        """
        try:
            data = self.inner.read(len(buffer))
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
            raise UnreadableError(f"the packed data are damaged ({error}). Fetch the file again.") from error
        self.unpacked += len(data)
        if self.unpacked > max(SWELLS_FREELY, MOST_SWELLING * self.consumed()) or self.unpacked > MOST_UNPACKED:
            raise UnreadableError(f"it unpacks to more than {MOST_SWELLING} times its size. {UNPACK_IT}")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what it reads from."""
        if not self.closed:
            for stream in (self.inner, *self.owned):
                stream.close()
        super().close()


def open_gzip(path: Path) -> BinaryIO:
    """Return the unpacked content as a stream."""
    packed = path.open("rb")
    unpacking: Any = GzipFile(fileobj=packed, mode="rb")
    return io.BufferedReader(_Translated(unpacking, packed.tell, (packed,)), BLOCK)


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    """Return a member of the archive as a stream.

    Raises:
        UnreadableError: the archive is damaged.
    """
    try:
        inner: Any = archive.open(member)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(f"the archive is damaged ({error}). Fetch it again.") from error
    return io.BufferedReader(_Translated(inner, lambda: member.file_size), BLOCK)


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip archive, and look at no more than its list of members.

    Raises:
        UnreadableError: it is none, or its list is too long.
    """
    if _directory_bytes(path) > MOST_DIRECTORY_BYTES:
        raise UnreadableError("it has too many members, more than some 30,000. Unpack it and import the folder.")
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"it is no zip archive that can be read ({error}). Fetch it again.") from error


def _directory_bytes(path: Path) -> int:
    """Return how long the list of members says that it is, before anything of it is held in memory."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - LONGEST_END))
        end = stream.read()
    at = end.rfind(END_OF_DIRECTORY)
    size = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    large = end.rfind(END_OF_LARGE_DIRECTORY)
    return int.from_bytes(end[large + 40 : large + 48], "little") if size == NO_ANSWER and large >= 0 else size


def members_of(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the members that are files and not hidden, by their names."""
    members = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]
    return sorted(members, key=lambda member: member.filename)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts)


def flaws_of(archive: zipfile.ZipFile, *, bytes_on_disk: int) -> list[tuple[str, str]]:
    """Return what forbids to read the archive: the member, or "" for the archive, and a sentence."""
    members = archive.infolist()
    times = Counter(member.filename for member in members)
    if "[Content_Types].xml" in times:
        return [("", "it is a file of Excel or Word. Save the table as CSV in UTF-8 and import that.")]
    flaws = [(member.filename, flaw) for member in members if (flaw := _flaw_of(member))]
    flaws += [(name, "two members have this name. Pack the archive again.") for name in times if times[name] > 1]
    total = sum(member.file_size for member in members)
    if total > min(MOST_UNPACKED, max(SWELLS_FREELY, MOST_SWELLING * bytes_on_disk)):
        flaws.append(("", f"it unpacks to {total:,} bytes, from {bytes_on_disk:,}. {UNPACK_IT}"))
    return flaws


def _flaw_of(member: zipfile.ZipInfo) -> str:
    """Return what is wrong with a member: "" for nothing."""
    name = member.filename.replace("\\", "/")
    swells = member.file_size > max(SWELLS_FREELY, MOST_SWELLING * member.compress_size)
    flaws = {
        "its name leads out of the archive. Pack the folder itself, without “..”.": ".." in name.split("/"),
        "its name is an absolute path. Pack the folder itself.": name.startswith("/") or name[1:2] == ":",
        "it is a link. Pack the file itself.": stat.S_ISLNK(member.external_attr >> 16),
        "it is encrypted. Unpack it with its password first.": bool(member.flag_bits & ENCRYPTED),
        "it is packed in a way other than “deflate”. Pack it as an ordinary zip.": member.compress_type not in METHODS,
        f"it unpacks to more than {MOST_SWELLING} times its size. {UNPACK_IT}": swells,
    }
    return next((flaw for flaw, is_so in flaws.items() if is_so), "")


def gzip_size(path: Path) -> int:
    """Return the bytes that a gzip file says it unpacks to: the remainder of 4 GB, of its last part."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - 4, 0))
        return int.from_bytes(stream.read(4), "little")
