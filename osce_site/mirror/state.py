"""What the mirror's folder holds and as of when: in a file of SQLite beside the pages, so that a kill loses nothing.

A file of the mirror has its row before it is written, and keeps it until it is gone: what has no row is not ours.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from osce_site.mirror.addresses import FILES, Address
from osce_site.mirror.made import Kind, Made

APPLICATION = 0x6D697272  # "mirr": says whose file of SQLite it is
FORM = 1  # of the tables; another one is refused
AT_ONCE = 5_000  # rows
MOST_KNOWN = 20_000  # answers that are remembered
FRESH, STALE, FAILED = 0, 1, 2  # what failed is tried again with the next run
TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE page (
    number INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL UNIQUE,
    is_root INTEGER NOT NULL,
    is_stale INTEGER NOT NULL DEFAULT 1,
    kind TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX page_stale ON page (number) WHERE is_stale;
CREATE TABLE tag (tag TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (tag, page)) WITHOUT ROWID;
CREATE INDEX tag_page ON tag (page);
CREATE TABLE mention (page INTEGER NOT NULL, address TEXT NOT NULL, PRIMARY KEY (page, address)) WITHOUT ROWID;
CREATE INDEX mention_address ON mention (address);
"""
REACHED = """
CREATE TEMP VIEW reached (number) AS WITH RECURSIVE found (number) AS (
    SELECT number FROM page WHERE is_root
    UNION
    SELECT page.number FROM found JOIN mention ON mention.page = found.number
    JOIN page ON page.address = mention.address
) SELECT number FROM found
"""


class RefusedError(Exception):
    """The folder is none that the mirror may be written to; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be made.

    Attributes:
        address: where.
        digest: of what stands in the file; empty where nothing does.
    """

    address: Address
    digest: str


class State:
    """The tables, open."""

    def __init__(self, path: Path) -> None:
        """Open the file, or begin it.

        Raises:
            RefusedError: it is none of ours.
        """
        self.known_roots: dict[str, bool] = {}
        is_new = not path.exists()
        self.database = sqlite3.connect(path, isolation_level=None, cached_statements=50)
        try:
            self._open(path, is_new=is_new)
        except sqlite3.DatabaseError as error:
            raise RefusedError(f"{path} cannot be read ({error}). Export into an empty folder.") from error

    def _open(self, path: Path, *, is_new: bool) -> None:
        if is_new:
            self.database.executescript(
                f"BEGIN; {TABLES} PRAGMA application_id={APPLICATION}; PRAGMA user_version={FORM}; COMMIT;"
            )
        (application,) = self.database.execute("PRAGMA application_id").fetchone()
        (form,) = self.database.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION:
            raise RefusedError(f"{path} was not written by export_site. Export into an empty folder.")
        if form != FORM:
            raise RefusedError(
                f"{path} has form {form}, and this release writes form {FORM}. Export into an empty folder."
            )
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=NORMAL")
        self.database.execute("PRAGMA temp_store=MEMORY")
        self.database.execute(REACHED)

    def close(self) -> None:
        """Leave one file."""
        self.database.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all of what is inside, or nothing."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def fact(self, name: str) -> str:
        """Return what is known under the name, empty where nothing is."""
        row = self.database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def keep_fact(self, name: str, value: str) -> None:
        """Remember it."""
        self.database.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def add(self, addresses: Iterable[Address], *, is_root: bool) -> list[Address]:
        """Take addresses in, and return those that are new; what stood there as a mention may become a root."""
        new = []
        for address in addresses:
            given = (str(address), address.file, is_root)
            added = self.database.execute(
                "INSERT INTO page (address, file, is_root) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", given
            )
            if added.rowcount:
                new.append(address)
            elif is_root:
                self.database.execute("UPDATE page SET is_root = 1 WHERE address = ? AND NOT is_root", (str(address),))
        return new

    def keep_roots(self, addresses: Iterable[Address]) -> list[Address]:
        """Let these be all that is wanted for itself; return the new ones."""
        self.database.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (address TEXT PRIMARY KEY) WITHOUT ROWID")
        self.database.execute("DELETE FROM wanted")
        new: list[Address] = []
        self.known_roots.clear()
        for address in addresses:
            self.database.execute("INSERT OR IGNORE INTO wanted VALUES (?)", (str(address),))
            new += self.add([address], is_root=True)
        self.database.execute(
            "UPDATE page SET is_root = 0 WHERE is_root AND address NOT IN (SELECT address FROM wanted)"
        )
        return new

    def stale(self, *, after: int, are_files: bool) -> list[tuple[int, Wanted]]:
        """Return some of what has to be made, by number, from one on: of the library's files, or of all else."""
        rows = self.database.execute(
            "SELECT number, address, digest FROM page WHERE is_stale = 1 AND number > ? "
            "AND (address GLOB ?) = ? AND number IN reached ORDER BY number LIMIT ?",
            (after, f"{FILES}*", are_files, AT_ONCE),
        )
        return [(number, Wanted(Address.read(address), digest)) for number, address, digest in rows]

    def count_stale(self) -> int:
        """Return how much has to be made, as far as it is known."""
        return int(self.database.execute("SELECT count(*) FROM page WHERE is_stale = 1").fetchone()[0])

    def keep(self, number: int, made: Made, mentions: set[str]) -> None:
        """Take in what was made; what it mentions is wanted too, and files that it mentioned are asked for again."""
        self.database.execute(
            "UPDATE page SET is_stale = ?, kind = ?, digest = ?, target = ?, position = ?, due = ? WHERE number = ?",
            (
                FAILED if made.kind == Kind.FAILED else FRESH,
                made.kind,
                made.digest,
                made.target,
                made.position,
                made.due,
                number,
            ),
        )
        self.database.execute("DELETE FROM tag WHERE page = ?", (number,))
        self.database.executemany("INSERT INTO tag VALUES (?, ?)", ((tag, number) for tag in made.tags))
        before = {address for (address,) in self._mentions(number)}
        for address in before - mentions:
            self.database.execute("DELETE FROM mention WHERE page = ? AND address = ?", (number, address))
        self.database.executemany("INSERT INTO mention VALUES (?, ?)", ((number, one) for one in mentions - before))
        files = [one for one in before | mentions if one.startswith(FILES)]
        self.database.executemany("UPDATE page SET is_stale = 1 WHERE address = ?", ((one,) for one in files))

    def is_root(self, address: str) -> bool:
        """Say whether the mirror holds the address for itself; the frame's links are asked about again and again."""
        if (known := self.known_roots.get(address)) is None:
            found = self.database.execute("SELECT 1 FROM page WHERE address = ? AND is_root", (address,)).fetchone()
            if len(self.known_roots) >= MOST_KNOWN:
                self.known_roots.clear()
            known = self.known_roots[address] = found is not None
        return known

    def _mentions(self, number: int) -> Iterator[tuple[str]]:
        return self.database.execute("SELECT address FROM mention WHERE page = ?", (number,))

    def unreached(self) -> list[tuple[int, str]]:
        """Return numbers and files of what nothing leads to any more."""
        return self.database.execute("SELECT number, file FROM page WHERE number NOT IN reached").fetchall()

    def forget(self, numbers: Iterable[int]) -> None:
        """Drop rows whose files are gone."""
        for number in numbers:
            for table, column in (("page", "number"), ("tag", "page"), ("mention", "page")):
                self.database.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608 - our own names
