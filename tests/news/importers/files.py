"""What the tests of readers read: files that lie in memory, and the rows of a reader in short."""

from functools import partial
from io import BytesIO
from pathlib import Path

from news.importers.recognition import read
from news.importers.rows import ItemRow, ReadingOptions, RejectedRow, Row
from news.importers.sources import SourceFile, Stored, open_sources


def file_of(content: bytes | str, name: str = "news.jsonl") -> SourceFile:
    """Return a file with this content."""
    data = content.encode() if isinstance(content, str) else content
    return SourceFile(name=name, stored=Stored(name=name, path=Path(name)), opener=partial(BytesIO, data))


def rows_of(content: bytes | str, name: str = "news.jsonl", options: ReadingOptions | None = None) -> list[Row]:
    """Return the rows of a file, read by the reader of the format that it is recognised as."""
    return list(read(file_of(content, name), options or ReadingOptions()))


def item_of(content: bytes | str, name: str = "news.jsonl", options: ReadingOptions | None = None) -> ItemRow:
    """Return the one item that a file holds."""
    (row,) = rows_of(content, name, options)
    assert isinstance(row, ItemRow), problems_of([row])
    return row


def problems_of(rows: list[Row]) -> list[str]:
    """Return all that is wrong with the rows, as a person is told."""
    return [str(problem) for row in rows if isinstance(row, RejectedRow) for problem in row.problems]


def said_of(path: Path, name: str) -> list[str]:
    """Return all that is said of a file on disk, by the name alone."""
    sources = open_sources([str(path)])
    problems = [str(problem) for problem in sources.problems]
    problems += problems_of([row for file in sources.files for row in read(file, ReadingOptions())])
    return [problem.replace(str(path), name) for problem in problems]
