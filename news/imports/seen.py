"""What earlier rows of a run have named: in a file of its own, so that a million rows take no memory.

A row may stand once in a run. A plan, which writes nothing, also asks here for what earlier rows would have written.
"""

import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from news.importers.rows import ItemRow

SCHEMA = """
CREATE TABLE rows (source TEXT, source_id TEXT, language TEXT, number INTEGER, row INTEGER, place TEXT,
                   PRIMARY KEY (source, source_id, language, number)) WITHOUT ROWID;
CREATE TABLE items (number INTEGER PRIMARY KEY, source TEXT, source_id TEXT, language TEXT, original INTEGER);
CREATE INDEX items_source ON items (source, source_id);
CREATE TABLE translations (original INTEGER, language TEXT, number INTEGER, PRIMARY KEY (original, language));
CREATE TABLE addresses (path TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
"""


class SeenRows:
    """The rows so far; a context that removes its file at the end."""

    def __init__(self) -> None:
        """Make the file, in the folder for temporary ones."""
        self.folder = tempfile.TemporaryDirectory(prefix="import-")
        self.database = sqlite3.connect(Path(self.folder.name) / "seen.sqlite3", isolation_level=None)
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.executescript(SCHEMA)
        self.is_plan = False  # until something is noted that a plan would write: an import need not ask
        self.database.execute("BEGIN")  # never committed: the file is for this run alone

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Remove the file."""
        self.database.close()
        self.folder.cleanup()

    def first_place(self, row: ItemRow, position: int, place: str) -> str:
        """Note the row, and return where another one of the same identity stood before, or an empty text.

        A row that waits, or that is tried again, is met more than once: its position over all sources tells it.
        """
        key = (row.source, row.source_id, row.language, 0 if row.source_id else row.number)
        found = self.database.execute("INSERT OR IGNORE INTO rows VALUES (?, ?, ?, ?, ?, ?)", (*key, position, place))
        if found.rowcount:
            return ""
        where = "source = ? AND source_id = ? AND language = ? AND number = ? AND row <> ?"
        return str(self._one(f"SELECT place FROM rows WHERE {where}", (*key, position)) or "")  # noqa: S608 - a condition of our own

    def plan_item(self, row: ItemRow, number: int, original: int) -> None:
        """Note an item that would be created."""
        self.is_plan = True
        self.database.execute(
            "INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?)",
            (number, row.source, row.source_id, row.language, original),
        )
        if original:
            self.database.execute(
                "INSERT OR IGNORE INTO translations VALUES (?, ?, ?)", (original, row.language, number)
            )

    def plan_addresses(self, paths: Iterable[str], number: int) -> None:
        """Note former addresses that would be kept."""
        self.is_plan = True
        self.database.executemany("INSERT OR IGNORE INTO addresses VALUES (?, ?)", [(path, number) for path in paths])

    def planned_items(self, source: str, source_id: str) -> list[tuple[int, str, int]]:
        """Return number, language and original of items that would be created."""
        sql = "SELECT number, language, original FROM items WHERE source = ? AND source_id = ?"
        return [] if not self.is_plan else self.database.execute(sql, (source, source_id)).fetchall()

    def planned_number(self, number: int) -> tuple[int, str, int] | None:
        """Return number, language and original of an item that would be created under the number."""
        sql = "SELECT number, language, original FROM items WHERE number = ?"
        found: tuple[int, str, int] | None = self.database.execute(sql, (number,)).fetchone()
        return found

    def planned_translation(self, original: int, language: str) -> int:
        """Return the translation that would be created, or 0."""
        sql = "SELECT number FROM translations WHERE original = ? AND language = ?"
        return self._planned(sql, (original, language))

    def planned_address(self, path: str) -> int:
        """Return the item that would be found at the path, or 0."""
        return self._planned("SELECT number FROM addresses WHERE path = ?", (path,))

    def _planned(self, sql: str, values: tuple[Any, ...]) -> int:
        return int(self._one(sql, values) or 0) if self.is_plan else 0

    def _one(self, sql: str, values: tuple[Any, ...]) -> Any:
        found = self.database.execute(sql, values).fetchone()
        return found[0] if found else None
