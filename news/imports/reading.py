"""What an import is given: files with their formats, their rows one after the other, and how far they are read."""

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from news.importers import recognition
from news.importers.recognition import NotRecognised, recognise
from news.importers.rows import InLine, Problem, ReadingOptions, Row, rejected
from news.importers.sources import SourceFile, open_sources

UNKNOWN = "unknown"


@dataclass(kw_only=True)
class Input:
    """The files of an import, and what is wrong with those that cannot be read."""

    files: list[SourceFile]
    problems: list[Problem]
    form: str
    options: ReadingOptions
    bytes_read: int = field(default=0)

    @classmethod
    def of(cls, names: Sequence[str], *, form: str, options: ReadingOptions) -> Self:
        """Open what is named; `form` is the format of all of it, "" to recognise each."""
        opened = open_sources(names)
        return cls(files=opened.files, problems=opened.problems, form=form, options=options)

    def sources(self) -> list[dict[str, Any]]:
        """Return what a batch keeps of its files."""
        found = []
        for file in self.files:
            checksum = file.checksum()
            found.append(
                {"name": file.name, "bytes": checksum.bytes, "sha256": checksum.sha256, "format": self._form_of(file)}
            )
        return found

    @property
    def size(self) -> int:
        """Return how many bytes there are to be read, unpacked."""
        return sum(file.size for file in self.files)

    def rows(self) -> Iterator[Row]:
        """Yield what is wrong with files, then the rows of each file."""
        for problem in self.problems:
            yield rejected(InLine(at=problem.place), [problem])
        for file in self.files:
            yield from recognition.read(replace(file, opener=self._counting(file)), self.options, form=self.form)

    def _counting(self, file: SourceFile) -> Any:
        return lambda: io.BufferedReader(_Counting(file.open(), self), 1 << 17)

    def _form_of(self, file: SourceFile) -> str:
        try:
            return self.form or recognise(file)
        except (NotRecognised, OSError):
            return UNKNOWN


class _Counting(io.RawIOBase):
    """A stream that tells its input how much of it was read."""

    def __init__(self, inner: BinaryIO, given: Input) -> None:
        super().__init__()
        self.inner, self.given = inner, given

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        data = self.inner.read(len(buffer))
        buffer[: len(data)] = data
        self.given.bytes_read += len(data)
        return len(data)

    def close(self) -> None:
        """Close what it reads."""
        self.inner.close()
        super().close()


class Progressing:
    """How far an import is, on a terminal only: rows, rate, time left by the bytes that were read."""

    def __init__(self, given: Input) -> None:
        """Draw nothing yet."""
        self.given = given
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rows]:,} rows"),
            TextColumn("{task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self.rows = 0

    def __enter__(self) -> Self:
        """Begin to draw."""
        self.progress.start()
        self.task = self.progress.add_task("Import", total=self.given.size or None, rows=0, rate=0)
        return self

    def __exit__(self, *_error: object) -> None:
        """Take the bar away."""
        self.progress.stop()

    def advance(self, rows: int) -> None:
        """Show that so many more rows are done."""
        self.rows += rows
        elapsed = self.progress.tasks[0].elapsed or 0
        self.progress.update(
            self.task, completed=self.given.bytes_read, rows=self.rows, rate=self.rows / elapsed if elapsed else 0
        )
