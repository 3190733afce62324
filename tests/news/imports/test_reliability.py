"""What may go wrong in a run: the database refuses a row, somebody interrupts it, two run at once, it fails."""

import signal
import subprocess
import sys
import time

import pytest
from django.db import IntegrityError, connection

from news.imports import batches, writing
from news.models import ImportBatch, NewsItem
from tests import builders, processes
from tests.news.imports import killing
from tests.news.imports.files import last_batch, lines, run, story, take
from tests.processes import ROOT, empty_database, environment

pytestmark = pytest.mark.django_db
INTERRUPTED = "Interrupted. What is stored stays; the same command goes on where this one stopped."


@pytest.fixture(autouse=True)
def secretariat(db: None) -> int:  # noqa: ARG001 - opens the database
    """Have the institution that rows name."""
    return builders.institution("Secretariat").pk


@pytest.fixture
def file(tmp_path):
    """Return the path of a file to import."""
    return tmp_path / "rows.jsonl"


def stumbling_at(monkeypatch, title, error):
    """Let the writing of a step with this title fail, once it has begun."""
    create = writing.Writer._create  # noqa: SLF001 - the middle of a transaction

    def stumble(writer, new, now):
        create(writer, new, now)
        if any(decision.title == title for decision, _work in new):
            raise error

    monkeypatch.setattr(writing.Writer, "_create", stumble)


def test_a_row_that_the_database_refuses_is_the_only_one(file, monkeypatch):
    """The others of its step go in, and those that count on it are told."""
    stumbling_at(monkeypatch, "Story 2", IntegrityError("UNIQUE constraint failed\nDETAIL: none"))
    told = take(file, [story(1), story(2), story(3), story(4, translation_of="2", language="de")])
    by_place = {one["place"].rpartition(":")[2]: one for one in told}
    assert [by_place[line]["act"] for line in "1234"] == ["create", "rejected", "create", "rejected"]
    assert by_place["2"]["problems"] == [f"{file}:2: the database refuses it: UNIQUE constraint failed"]
    assert (by_place["2"]["id"], last_batch().counts) == (None, {"create": 2, "rejected": 2})
    assert set(NewsItem.objects.values_list("source_id", flat=True)) == {"1", "3"}


def test_a_run_that_fails_says_so_and_is_gone_on_with(file, monkeypatch):
    """What was stored stays."""
    with monkeypatch.context() as patch:
        stumbling_at(patch, "Story 1", RuntimeError("the disk is full"))
        with pytest.raises(RuntimeError, match="the disk is full"):
            take(file, [story(1)])
    failed = last_batch()
    assert (failed.state, NewsItem.objects.count()) == ("failed", 0)
    take(file, [story(1)])
    assert (last_batch().pk, last_batch().state, NewsItem.objects.count()) == (failed.pk, "done", 1)


def test_an_interrupted_run_says_so_and_is_gone_on_with(file, monkeypatch):
    """Exit code 130."""
    with monkeypatch.context() as patch:
        stumbling_at(patch, "Story 1", KeyboardInterrupt())
        file.write_text(lines([story(1)]), encoding="utf-8")
        code, _out, err = run(file)
    assert (code, INTERRUPTED in err, last_batch().state) == (130, True, "running")
    code, _out, err = run(file)
    assert (code, "was interrupted; it goes on after row 0" in err, ImportBatch.objects.count()) == (0, True, 1)


def test_a_number_stands_once_in_a_run_even_across_steps(file, monkeypatch):
    """A plan says the same."""
    monkeypatch.setattr("news.imports.run.FIRST_STEP", 1)
    rows = [story(1), story(2, related=["3"]), story(1, title="Again"), story(2), story(3)]
    planned = take(file, rows, "--plan")
    assert sorted(one["act"] for one in planned) == ["create", "create", "create", "rejected", "rejected"]
    assert [one["problems"] for one in take(file, rows)] == [one["problems"] for one in planned]


def test_numbers_that_rows_bring_are_theirs_where_they_are_free(file, monkeypatch):
    """Whatever the size of the steps."""
    monkeypatch.setattr("news.imports.run.FIRST_STEP", 2)
    rows = [story(1), story(2, id=5_000_000), story(3), story(4, id=5_000_001), story(5, id=5_000_000), story(6)]
    planned = take(file, rows, "--plan")
    done = take(file, rows)
    assert [one["notes"] for one in planned] == [one["notes"] for one in done]
    first = done[0]["id"]
    wanted = [first, 5_000_000, 5_000_001, 5_000_002, 5_000_003, 5_000_004]
    assert [one["id"] for one in done] == wanted
    assert done[3]["notes"] == ["the number 5000001 is taken here: it gets another"]


@pytest.mark.processes
def test_a_second_import_waits_its_turn_and_an_interrupted_one_ends_cleanly(tmp_path):
    """As a person at a terminal sees it, who presses Ctrl-C."""
    file = tmp_path / "rows.jsonl"
    file.write_text(killing.archive(20_000), encoding="utf-8")
    with empty_database(tmp_path) as database:
        killing.prepare(database)
        command = [sys.executable, "manage.py", "import_news", str(file), "--verbosity", "0"]
        started = {"cwd": ROOT, "env": environment(database), "text": True, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, **started) as first:  # noqa: S603 - our own command
            _wait_until_begun(database)
            second = subprocess.run(command, **started, check=False)  # noqa: S603 - our own command
            first.send_signal(signal.SIGINT)
            _out, err = first.communicate()
        assert (second.returncode, "Another import is running." in second.stderr) == (1, True)
        assert (first.returncode, INTERRUPTED in err) == (130, True)
        assert "Traceback" not in err
        assert killing.look(database)["partial"] == []


def _wait_until_begun(database: str) -> None:
    for _attempt in range(60):
        if killing.has_begun(database):
            return
        time.sleep(0.2)
    raise AssertionError("the import has not begun")


def test_the_only_right_to_import_is_given_back():
    """Also after an error."""
    with pytest.raises(RuntimeError), batches.alone():
        raise RuntimeError
    with batches.alone():
        assert connection.vendor


READER = """
import os, subprocess, sys
from news.changes import follower
from tests.news.index.truth import counted_by_index, counted_by_sql
before = counted_by_index()
assert before == counted_by_sql()
done = subprocess.run([sys.executable, "manage.py", "import_news", FILE, "--publish", "--verbosity", "0"])
assert done.returncode in {0, 3}
follower.next_look = 0.0
follower.catch_up()
after = counted_by_index()
assert after == counted_by_sql() != before, "the counts are not those of the database"
print("as in the database")
"""


@pytest.mark.processes
def test_another_process_counts_what_an_import_has_published(tmp_path):
    """It follows the log: new items, updates, histories, removals."""
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    rows = [story(number, state="approved", visible_from="2020-05-04") for number in range(20)]
    first.write_text(lines(rows), encoding="utf-8")
    gone = {"removal": {"kind": "withdrawn", "explanation": "It was wrong."}}
    changed = [story(number, title="Mended", **(gone if number % 3 else {})) for number in range(10)]
    second.write_text(lines([*changed, story(30), story(31, translation_of="30", language="de")]), encoding="utf-8")
    with empty_database(tmp_path) as database:
        killing.prepare(database)
        for file in (first, second):
            told = processes.run(database, "shell", "-v", "0", "-c", f"FILE = {str(file)!r}\n{READER}")
            assert (told.returncode, told.stdout.strip()) == (0, "as in the database"), told.stderr
