"""What an import is given, files, folders, archives and standard input, as files to be opened as often as needed."""

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO

from news.importers import packed
from news.importers.packed import UnreadableError
from news.importers.rows import Place, Problem, shown

STANDARD_INPUT = "-"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file as it lies on disk: what a batch keeps of its source. The members of an archive share one."""

    name: str
    path: Path
    keep: Any = None  # what must live as long: the temporary file that standard input was written to

    @cached_property
    def checksum(self) -> "Checksum":
        """Return how long it is, and its SHA-256; read once."""
        with self.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
            return Checksum(name=self.name, bytes=stream.tell(), sha256=digest.hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """What tells whether a file is the same again."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file for a reader.

    Attributes:
        name: as errors show it: "a.zip/2019.jsonl", "stdin".
        stored: what of it lies on disk.
        opener: returns it from its beginning, unpacked.
        size: bytes of it, unpacked; of a gzip file a guess, for a bar that shows how far it is.
    """

    name: str
    stored: Stored
    opener: Callable[[], BinaryIO]
    size: int = 0

    def open(self) -> BinaryIO:
        """Return its content from the beginning, as often as it is asked for.

        Raises:
            OSError: it cannot be opened; reading may raise `UnreadableError`, an OSError whose text is a sentence.
        """
        return self.opener()

    def checksum(self) -> Checksum:
        """Return the length and the SHA-256 of what lies on disk, of a member those of its archive."""
        return self.stored.checksum


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files that were named, in the order of reading, and what cannot be read."""

    files: list[SourceFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def open_sources(names: Sequence[str], *, spool: Path | None = None) -> Sources:
    """Return the files behind the names: files, folders, gzip files, zip archives, `-` for standard input.

    Args:
        names: as they were given.
        spool: the folder for what is read twice from a pipe; None for the system's own.
    """
    sources = Sources()
    for name in names:
        try:
            for shown_name, path in _paths_of(name):
                _add(sources, shown_name, path, spool=spool)
        except OSError as error:
            sources.problems.append(_unreadable(name, error))
    return sources


def _paths_of(name: str) -> Iterator[tuple[str, Path | None]]:
    """Return the files behind a name, None for standard input."""
    if name == STANDARD_INPUT:
        yield "stdin", None
    elif Path(name).is_dir():
        yield from ((str(path), path) for path in _files_below(Path(name)))
    else:
        yield name, Path(name)


def _files_below(folder: Path) -> list[Path]:
    """Return the files in a folder and those below it, by their paths, without hidden ones.

    Raises:
        UnreadableError: there are none.
        OSError: a folder cannot be read.
    """
    found = []
    for place, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in files if not name.startswith(".")]
    if not found:
        raise UnreadableError("the folder has no files in it, hidden ones aside. Name another one.")
    return sorted(found)


def _raise(error: OSError) -> None:
    raise error


def _add(sources: Sources, name: str, path: Path | None, *, spool: Path | None) -> None:
    """Add a file, or the members of an archive, or what is wrong with it."""
    try:
        stored = _stored(name, path, spool)
        with stored.path.open("rb") as stream:
            mark = stream.read(4)
        if mark in packed.ZIP_MARKS:
            _add_members(sources, stored)
            return
        is_gzip = mark.startswith(packed.GZIP_MARK)
        size = packed.gzip_size(stored.path) if is_gzip else stored.path.stat().st_size
        opener = partial(packed.open_gzip if is_gzip else _open_plain, stored.path)
        sources.files.append(SourceFile(name=name, stored=stored, opener=opener, size=size))
    except OSError as error:
        sources.problems.append(_unreadable(name, error))


def _open_plain(path: Path) -> BinaryIO:
    return path.open("rb", buffering=packed.BLOCK)


def _stored(name: str, path: Path | None, spool: Path | None) -> Stored:
    """Return a file as it lies on disk, of a pipe what came through it."""
    if path is None:
        return _spooled(name, sys.stdin.buffer, spool)
    mode = path.stat().st_mode
    if stat.S_ISFIFO(mode):
        with path.open("rb") as pipe:
            return _spooled(name, pipe, spool)
    if not stat.S_ISREG(mode):
        raise UnreadableError("it is no file, but a device or a socket. Name a file.")
    return Stored(name=name, path=path)


def _spooled(name: str, pipe: BinaryIO, spool: Path | None) -> Stored:
    """Write what comes through a pipe to a temporary file, which goes when nobody needs it any more."""
    file = tempfile.NamedTemporaryFile(dir=spool, prefix="import-")  # noqa: SIM115 - it lives as long as the source
    shutil.copyfileobj(pipe, file, packed.BLOCK)
    file.flush()
    return Stored(name=name, path=Path(file.name), keep=file)


def _add_members(sources: Sources, stored: Stored) -> None:
    """Add the members of a zip archive, or all that forbids to read it: then nothing of it is read."""
    archive = packed.open_archive(stored.path)
    flaws = packed.flaws_of(archive, bytes_on_disk=stored.path.stat().st_size)
    members = packed.members_of(archive)
    if not flaws and not members:
        flaws = [("", "the archive has no files in it.")]
    for member, flaw in flaws:
        name = f"{stored.name}/{shown(member)}" if member else stored.name
        sources.problems.append(Problem(place=Place(file=name, line=1), text=flaw))
    if flaws:
        archive.close()
        return
    sources.files.extend(
        SourceFile(
            name=f"{stored.name}/{shown(member.filename)}",
            stored=stored,
            opener=partial(packed.open_member, archive, member),
            size=member.file_size,
        )
        for member in members
    )


def _unreadable(name: str, error: OSError) -> Problem:
    """Return what is wrong with a file that cannot be opened."""
    if isinstance(error, UnreadableError):
        text = str(error)
    elif isinstance(error, FileNotFoundError):
        text = "there is no such file. Look at the name."
    elif isinstance(error, PermissionError):
        text = "you may not read it. Change its permissions, or import as somebody who may."
    else:
        text = f"it cannot be read: {error.strerror or error}."
    return Problem(place=Place(file=name, line=1), text=text)
