"""What may be named to an import: files, folders, archives, standard input; what is said where one cannot be read."""

import gzip
import hashlib
import io
import os
import sys
import threading
import zipfile
from pathlib import Path

from news.importers.sources import open_sources

ROW = b'{"source_id":"1","title":"T"}\n'


def contents(names: list[str]) -> list[tuple[str, bytes]]:
    """Return the files with their names, each read twice with the same outcome."""
    sources = open_sources(names)
    assert not sources.problems
    first, second = ([(file.name, file.open().read()) for file in sources.files] for _time in range(2))
    assert first == second
    return first


def write(path: Path, content: bytes = ROW) -> Path:
    """Write a file, and the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(path: Path, **members: bytes) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_folder_is_read_with_all_below_it_in_the_order_of_names_without_what_is_hidden(tmp_path):
    """The same order each time: a run that was killed goes on where it stopped."""
    for name in ("b.jsonl", "a/z.jsonl", "a/b/c.jsonl", ".hidden", ".git/x.jsonl", "a/.DS_Store"):
        write(tmp_path / name)
    names = [name.removeprefix(f"{tmp_path}/") for name, _content in contents([str(tmp_path)])]
    assert names == ["a/b/c.jsonl", "a/z.jsonl", "b.jsonl"]


def test_gzip_is_told_by_its_first_bytes_whatever_its_name(tmp_path):
    """Servers hand out packed files under plain names."""
    path = write(tmp_path / "news.jsonl", gzip.compress(ROW))
    assert contents([str(path)]) == [(str(path), ROW)]


def test_the_members_of_an_archive_are_files_with_the_name_of_the_archive_before_theirs(tmp_path):
    """Sorted; what Mac archives add beside them is none."""
    path = zipped(
        tmp_path / "a.zip", **{"2020.jsonl": b"2", "2019.jsonl": b"1", "__MACOSX/._2019.jsonl": b"x", ".x": b""}
    )
    assert contents([str(path)]) == [(f"{path}/2019.jsonl", b"1"), (f"{path}/2020.jsonl", b"2")]


def test_the_members_of_an_archive_can_be_read_in_turns(tmp_path):
    """One is not disturbed by the other."""
    first, second = open_sources([str(zipped(tmp_path / "a.zip", a=b"1\n2\n", b=b"3\n4\n"))]).files
    with first.open() as one, second.open() as other:
        assert [one.readline(), other.readline(), one.readline(), other.readline()] == [b"1\n", b"3\n", b"2\n", b"4\n"]


def test_standard_input_can_be_read_twice_and_may_be_packed(monkeypatch, tmp_path):
    """What came through the pipe lies in a temporary file, which is gone with the last who needs it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(ROW))))
    sources = open_sources(["-"], spool=tmp_path)
    (file,) = sources.files
    assert (file.name, file.open().read(), file.open().read()) == ("stdin", ROW, ROW)
    assert len(list(tmp_path.iterdir())) == 1
    del file, sources
    assert list(tmp_path.iterdir()) == []


def test_a_named_pipe_is_read_as_standard_input_is(tmp_path):
    """A shell makes one for <(zcat a.gz)."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[ROW])
    writer.start()
    assert contents([str(pipe)]) == [(str(pipe), ROW)]
    writer.join()


def test_the_checksum_is_that_of_what_lies_on_disk(tmp_path):
    """One for all members of an archive."""
    path = zipped(tmp_path / "a.zip", a=b"1", b=b"2")
    first, second = open_sources([str(path)]).files
    assert first.checksum() is second.checksum()
    assert first.checksum().sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (first.checksum().bytes, first.checksum().name) == (path.stat().st_size, str(path))


def test_what_cannot_be_read_is_told_and_the_others_are_read(tmp_path):
    """All in one go."""
    good, empty = write(tmp_path / "good.jsonl"), tmp_path / "empty"
    empty.mkdir()
    sources = open_sources([str(tmp_path / "none.jsonl"), str(good), str(empty), "/dev/null"])
    assert [file.name for file in sources.files] == [str(good)]
    assert [str(problem) for problem in sources.problems] == [
        f"{tmp_path}/none.jsonl:1: there is no such file. Look at the name.",
        f"{empty}:1: the folder has no files in it, hidden ones aside. Name another one.",
        "/dev/null:1: it is no file, but a device or a socket. Name a file.",
    ]


def test_a_file_that_one_may_not_read_is_told(monkeypatch, tmp_path):
    """With the remedy. (Root may read all: the refusal is the system's in this test alone.)"""

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "a.jsonl")
    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = open_sources([str(path)]).problems
    assert str(problem) == f"{path}:1: you may not read it. Change its permissions, or import as somebody who may."
