"""Eight processes that write to one tree at once: whole with the lock, broken without it, or this proves nothing."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.processes import PATIENCE, ROOT, empty_database, environment, run

PROCESSES = 8
WRITES = 50  # for each process

pytestmark = [pytest.mark.processes, pytest.mark.django_db]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Make an empty database of the kind that the tests run on; yield its address."""
    with empty_database(tmp_path) as address:
        yield address


PREPARE = """
from django.contrib.auth.models import User
from taxonomy.models import Topic
User.objects.create_superuser("editor-of-trees")
for name in "abcdef":
    Topic.objects.create(name=name, slug=name)
"""


def start_writer(database: str, way: str, seed: int) -> "subprocess.Popen[str]":
    """Start a process that says when it is ready, and writes when it is told to go."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.taxonomy.tree_writers", str(seed), str(WRITES), way],
        cwd=ROOT,
        env=environment(database),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def write_at_once(database: str, way: str) -> Counter[str]:
    """Let the processes write, all from the same moment on; return what they did."""
    assert run(database, "migrate", "-v0").returncode == 0
    assert run(database, "shell", "-v0", "-c", PREPARE).returncode == 0
    writers = [start_writer(database, way, seed) for seed in range(PROCESSES)]
    done: Counter[str] = Counter()
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n", writer.communicate()[1]
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        for writer in writers:
            written, errors = writer.communicate(timeout=PATIENCE)
            assert writer.returncode == 0, errors
            done.update(json.loads(written))
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    return done


def test_eight_processes_break_nothing(database: str) -> None:
    """400 inserts, moves, renames and deletes, half of them through the admin's forms."""
    done = write_at_once(database, "guarded")
    assert sum(done.values()) == PROCESSES * WRITES
    assert all(done[act] for act in ("insert", "move", "rename", "delete")), done
    proof = run(database, "check_tree")
    assert proof.returncode == 0, proof.stderr


def test_without_the_lock_the_same_writes_break_the_tree_and_the_repair_mends_it(database: str) -> None:
    """The control."""
    if connections["default"].vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time with or without our lock; the control needs PostgreSQL.")
    write_at_once(database, "unguarded")
    proof = run(database, "check_tree")
    assert proof.returncode == 1, "Nothing broke without the lock, so the test with it proves nothing."
    assert re.search(r"\d+ faults? in the trees", proof.stderr)
    assert run(database, "check_tree", "--fix").returncode == 0
    assert run(database, "check_tree").returncode == 0
