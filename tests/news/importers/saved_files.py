"""Files in memory, for readers."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from news.importers.rows import ItemRow, ReadingOptions, RejectedRow, Row

type Reader = Callable[..., Iterator[Row]]
RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://www.example.org/</link>{}</channel></rss>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><link href="https://www.example.org/"/>{}</feed>'


@dataclass(frozen=True, kw_only=True)
class SavedFile:
    """A file with what is in it."""

    content: bytes
    name: str = "a.xml"

    def open(self) -> BinaryIO:
        """Open it."""
        return io.BytesIO(self.content)


def rows(reader: Reader, content: str | bytes, *, name: str = "a.xml", **options: object) -> list[Row]:
    """Return all rows of a file."""
    data = content.encode() if isinstance(content, str) else content
    return list(reader(SavedFile(content=data, name=name), ReadingOptions(**options)))


def item(reader: Reader, content: str | bytes, **options: object) -> ItemRow:
    """Return the one item of a file."""
    (row,) = rows(reader, content, **options)
    assert isinstance(row, ItemRow), [str(problem) for problem in row.problems]
    return row


def problems(found: list[Row]) -> list[str]:
    """Return all that is wrong, in words."""
    return [str(problem) for row in found if isinstance(row, RejectedRow) for problem in row.problems]


# For a process of its own: `ru_maxrss` begins with the memory of the process that started it.
MEMORY = """
def peak_megabytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
"""
