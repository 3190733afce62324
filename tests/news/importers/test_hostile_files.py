"""Files that are made to do harm: read or refused within two seconds and 150 MB, the process itself included."""

import gzip
import io
import struct
import zipfile
from typing import Any

import pytest

from tests.news.importers.hostile import read_alone

MOST_SECONDS, MOST_MEGABYTES = 2, 150
ROW = b'{"source_id":"1","title":"T"}\n'
BEFORE, BEHIND = b'{"source_id":"1","title":"T","body_html":"', b'"}\n'


def bomb(member: int = 100_000_000) -> bytes:
    """Return a zip whose member is so many zeros."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.jsonl", "w") as stream:
        for _part in range(member // 1_000_000):
            stream.write(bytes(1_000_000))
    return packed.getvalue()


def lying_bomb() -> bytes:
    """Return a zip whose member is larger than its list of members says."""
    data = bytearray(bomb())
    listed = data.find(b"PK\x01\x02")
    data[listed + 24 : listed + 28] = struct.pack("<I", 1000)
    data[22:26] = struct.pack("<I", 1000)
    return bytes(data)


def crowd(members: int = 60_000) -> bytes:
    """Return a zip with very many members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(members):
            archive.writestr(zipfile.ZipInfo(f"{number:060}.jsonl"), b"")
    return packed.getvalue()


HOSTILE = {
    "a line of 100 MB.jsonl": (lambda: BEFORE + b"x" * 100_000_000 + BEHIND + ROW, "longer than 7.5 MB", 2),
    "a line without an end.jsonl": (lambda: BEFORE + b"x" * 100_000_000, "longer than 7.5 MB", 1),
    "a line of 7.4 MB that is read.jsonl": (lambda: BEFORE + "😀".encode() + b"x" * 7_400_000 + BEHIND, "", 1),
    "lists a million deep.jsonl": (lambda: b'{"title":' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}\n", "too deep", 1),
    "objects a million deep.jsonl": (lambda: b'{"a":' * 1_000_000 + b"1" + b"}" * 1_000_000 + b"\n", "too deep", 1),
    "elements a million deep.jsonl": (lambda: BEFORE + b"<div>" * 1_000_000 + BEHIND, "500 deep in each other", 1),
    "elements closed by others.jsonl": (lambda: BEFORE + b"<i></a>" * 1_000_000 + BEHIND, "500 deep", 1),
    "a million elements beside each other.jsonl": (lambda: BEFORE + b"<i></i>" * 1_000_000 + BEHIND, "", 1),
    "millions of lists.jsonl": (lambda: b'{"title":[' + b"[]," * 2_000_000 + b"1]}\n", "more than 200,000 values", 1),
    "many names twice.jsonl": (lambda: b"{" + b'"a":1,' * 150_000 + b'"b":1}\n', "has 150,001 fields", 1),
    "many unknown names.jsonl": (
        lambda: b"{" + b",".join(b'"n%d":1' % n for n in range(150_000)) + b"}",
        "has 150,000 fields",
        1,
    ),
    "a number of a million digits.jsonl": (lambda: b'{"id":' + b"9" * 1_000_000 + b"}\n", "digits", 1),
    "a million faults.jsonl": (lambda: b"{\n" * 1_000, "over several lines", 1),
    "wide.jsonl": (lambda: ("\ufeff" + "x" * 60_000_000).encode("utf-16-le"), "longer than 7.5 MB", 1),
    "a bomb.jsonl.gz": (lambda: gzip.compress(ROW + b" " * 100_000_000, 1), "more than 200 times its size", 2),
    "a bomb.zip": (bomb, "more than 200 times its size", 0),
    "a bomb that lies.zip": (lying_bomb, "the packed data are damaged", 1),
    "a crowd.zip": (crowd, "too many members", 0),
    "a quote without end.csv": (lambda: b'source_id,title\n1,"' + b"x,y\n" * 20_000_000, "has no partner", 1),
    "a hundred thousand columns.csv": (lambda: b"title," * 100_000 + b"\n", "already", 1),
    "a cell of 7 MB.csv": (lambda: b"source_id,title,body_html\n1,T,%s\n" % (b"x" * 7_000_000), "", 1),
    "quotes.csv": (lambda: b'source_id,title\n1,"' + b'""' * 3_000_000 + b'"\n', "at most 300 letters", 1),
    "a page of 100 MB.txt": (lambda: b"News Item\n" + b"x" * 100_000_000, "at most 7.5 MB", 1),
    "a title of 7 MB.txt": (lambda: b"News Item\n" + b"x" * 7_000_000, "at most 300 letters", 1),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return what became of each file, read one after the other in a process of their own."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, _sentence, _rows) in HOSTILE.items():
        (folder / name).write_bytes(content())
    return read_alone(sorted(folder.iterdir()))


@pytest.mark.processes
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_little_time_and_memory(name: str, found: dict[str, dict[str, Any]]):
    """Whoever sends it stops nobody's work."""
    _content, sentence, rows = HOSTILE[name]
    became = found[name]
    assert became["seconds"] < MOST_SECONDS, became
    assert became["megabytes"] < MOST_MEGABYTES, became
    assert became["rows"] == rows, became
    assert sentence in " ".join(became["said"]) if sentence else not became["said"], became
