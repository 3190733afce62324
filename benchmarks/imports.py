"""Measure an import of a large archive: the first run, the second, which writes nothing, and the bare rows beside them.

    TEST_DATABASE_URL=postgres://… python -m benchmarks.imports [--items 100000]

Generates JSON Lines, imports them on PostgreSQL and on SQLite by `manage.py import_news`, each into a database of its
own, then writes the same rows into another one by nothing but COPY or executemany, indexes and triggers in place.
Memory is the most that the command and its second process held, added up.
"""

import argparse
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SEED = 1
BATCH_TABLE = "news_importbatch"
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
VERSIONS = "SELECT concat_ws(' ', count(*), max(xmin::text::bigint), max(xmax::text::bigint)) FROM {}"
SAMPLED_EVERY = 0.2  # seconds
GOALS = {"first": {"postgresql": 1500, "sqlite": 1000}, "second": {"postgresql": 4000, "sqlite": 4000}}


@dataclass
class Took:
    """What a command has used."""

    seconds: float
    cpu: float
    megabytes: float


def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--only", choices=("postgresql", "sqlite"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="import-bench-") as folder:
        for vendor in ("postgresql", "sqlite"):
            if options.only in {None, vendor}:
                measure(vendor, Path(folder), options.items)


def measure(vendor: str, folder: Path, items: int) -> None:
    """Generate, import twice, and write the bare rows."""
    with database(vendor, folder, "bench_import") as address:
        manage(address, "load_reference_data", "--verbosity", "0")
        archive = folder / f"{items}.jsonl"
        if not archive.exists():
            generated = manage(address, "generate_archive", f"--items={items}", f"--seed={SEED}", f"--output={archive}")
            say(vendor, "generate_archive", items, generated)
        command = ("import_news", str(archive), "--publish", "--verbosity", "0")
        say(vendor, "first import", items, manage(address, *command, exits={0, 3}), GOALS["first"][vendor])
        before = contents(address)
        say(vendor, "second import", items, manage(address, *command, exits={0, 3}), GOALS["second"][vendor])
        changed = [table for table, state in contents(address).items() if before[table] != state]
        print(f"{vendor:11} tables that the second import has written: {', '.join(changed)}")
        with database(vendor, folder, "bench_import_bare") as bare:
            remove_guards(bare)
            begun = time.perf_counter()
            rows = copy(address, bare)
            seconds = time.perf_counter() - begun
            print(f"{vendor:11} the same {rows:,} rows bare: {items / seconds:,.0f} items/s")


def say(vendor: str, what: str, items: int, took: Took, goal: int = 0) -> None:
    """Print a line."""
    rate = items / took.seconds
    aim = f" (at least {goal:,})" if goal else ""
    print(
        f"{vendor:11} {what:18} {items:,} items in {took.seconds:.1f} s: {rate:,.0f} items/s{aim},"
        f" {took.cpu / items * 1000:.2f} ms CPU each without the server, {took.megabytes:.0f} MB",
        flush=True,
    )


@contextmanager
def database(vendor: str, folder: Path, name: str) -> Iterator[str]:
    """Make an empty database with all tables, and remove it at the end."""
    if vendor == "sqlite":
        address = f"sqlite:///{folder}/{name}.sqlite3"
        manage(address, "migrate", "--verbosity", "0")
        yield address
        return
    server = os.environ.get("TEST_DATABASE_URL") or sys.exit("TEST_DATABASE_URL names no PostgreSQL server.")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            address = urlsplit(server)._replace(path=f"/{name}").geturl()
            manage(address, "migrate", "--verbosity", "0")
            yield address
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def manage(address: str, *words: str, exits: frozenset[int] | set[int] = frozenset({0})) -> Took:
    """Run a management command, and watch what it uses."""
    begun, before = time.perf_counter(), os.times()
    with subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        peaks: dict[int, int] = {}
        watcher = threading.Thread(target=watch, args=(process, peaks), daemon=True)
        watcher.start()
        _out, errors = process.communicate()
        watcher.join()
    if process.returncode not in exits:
        sys.exit(errors[-2000:])
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(seconds=time.perf_counter() - begun, cpu=cpu, megabytes=sum(peaks.values()) / 1024)


def watch(process: subprocess.Popen[str], peaks: dict[int, int]) -> None:
    """Keep the highest memory of a process and of those that it starts, in kilobytes."""
    while process.poll() is None:
        try:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            for pid in [process.pid, *map(int, children)]:
                peaks[pid] = max(peaks.get(pid, 0), highest(pid))
        except OSError:
            pass  # it has ended meanwhile
        time.sleep(SAMPLED_EVERY)


def highest(pid: int) -> int:
    """Return the most memory that a process has held, in kilobytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    return 0


def contents(address: str) -> dict[str, str]:
    """Return for each table what tells whether one of its rows was written: row versions, or all of it."""
    if address.startswith("sqlite"):
        with sqlite3.connect(address.removeprefix("sqlite:///")) as connection:
            return {table: sqlite_state(connection, table) for table in tables_of_sqlite(connection)}
    with psycopg.connect(address) as connection:
        found = {}
        for (table,) in connection.execute(TABLES).fetchall():
            found[table] = str(connection.execute(VERSIONS.format(table)).fetchone())
        return found


def sqlite_state(connection: sqlite3.Connection, table: str) -> str:
    """Return a fingerprint of a table."""
    return str(hash(tuple(connection.execute(f"SELECT * FROM {table}"))))  # noqa: S608 - a table of ours


def tables_of_sqlite(connection: sqlite3.Connection) -> list[str]:
    """Return the tables that Django has made, parents before children."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%index%'")
    return [name for (name,) in found if not name.startswith("sqlite_")]


def remove_guards(address: str) -> None:
    """Take away the triggers that let only the site itself write the record."""
    manage(address, "shell", "--command", "from record import immutability; immutability.remove(using='default')")


def copy(full: str, empty: str) -> int:
    """Write all rows of the one database into the other, and return how many they were."""
    return copy_sqlite(full, empty) if full.startswith("sqlite") else copy_postgresql(full, empty)


def copy_postgresql(full: str, empty: str) -> int:
    """By COPY, in one transaction, checks at its end."""
    rows = 0
    with psycopg.connect(full) as source, psycopg.connect(empty) as target:
        target.execute("ALTER INDEX searchdocument_words SET (fastupdate = on)")  # as an import does, and so does this:
        target.execute("SET enable_seqscan = off")  # triggers would read whole tables, which look empty yet
        tables = source.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname !~ '^(django|auth)_' ORDER BY relname ~ '^news_edition$'"
        ).fetchall()
        target.execute(f"TRUNCATE {', '.join(table for (table,) in tables)} CASCADE")  # what migrations have written
        for (table,) in tables:
            columns = source.execute(
                "SELECT string_agg(quote_ident(attname), ',') FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                [table],
            ).fetchone()[0]  # type: ignore[index] # an aggregate has a row
            with (
                source.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as out,
                target.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as into,
            ):
                for data in out:
                    rows += data.count(b"\n") if isinstance(data, bytes) else bytes(data).count(b"\n")
                    into.write(data)
    return rows


def copy_sqlite(full: str, empty: str) -> int:
    """By executemany, in one transaction."""
    rows = 0
    source = sqlite3.connect(full.removeprefix("sqlite:///"))
    target = sqlite3.connect(empty.removeprefix("sqlite:///"), isolation_level=None)
    target.create_function("REGEXP", 2, lambda pattern, text: re.search(pattern, text or "") is not None)  # as Django's
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("BEGIN IMMEDIATE")
    tables = [name for name in tables_of_sqlite(source) if not name.startswith(("django_", "auth_"))]
    for table in tables:  # what migrations have written
        target.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
    for table in sorted(tables, key=lambda name: name == "news_edition"):
        found = source.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table of ours
        marks = ", ".join("?" * len(found.description))
        rows += target.executemany(f"INSERT INTO {table} VALUES ({marks})", found).rowcount  # noqa: S608 - a table of ours
    target.execute("COMMIT")
    return rows


if __name__ == "__main__":
    main()
