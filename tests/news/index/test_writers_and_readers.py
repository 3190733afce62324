"""Eight processes that publish and answer at once: none skips a change, and none is more than a second behind."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from tests.processes import PATIENCE, ROOT, empty_database, environment, run

PROCESSES = 8
ACTS = 12  # for each process
A_SECOND = 1.0

pytestmark = pytest.mark.processes

PREPARE = """
from tests import builders
from taxonomy.models import Institution, Topic
top = builders.institution()
builders.institution(parent=builders.institution(parent=top))
for _number in range(3):
    builders.institution(), builders.topic(), builders.country()
builders.topic(parent=Topic.objects.first())
for institution in Institution.objects.all():
    builders.published(issued_by=[institution.pk], topics=[Topic.objects.first().pk])
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:  # noqa: ARG001 - opens
    """Make a database with a few items; SQLite has one writer at a time anyway."""
    if connections["default"].vendor == "sqlite":
        pytest.skip("What happens between writers is PostgreSQL's.")
    with django_db_blocker.unblock(), empty_database(tmp_path_factory.mktemp("site")) as address:
        for command in (["migrate", "-v0"], ["shell", "-v0", "-c", PREPARE]):
            done = run(address, *command)
            assert done.returncode == 0, done.stderr
        yield address


def start(database: str, way: str, seed: int) -> "subprocess.Popen[str]":
    """Start a process that publishes and answers."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.news.index.writers", str(seed), str(ACTS), way],
        cwd=ROOT,
        env=environment(database),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hear(process: "subprocess.Popen[str]", word: str) -> None:
    """Wait for the process's word."""
    assert process.stdout is not None
    assert process.stdout.readline() == f"{word}\n", process.communicate()[1]


def say(process: "subprocess.Popen[str]", word: str) -> None:
    """Give the process a word."""
    assert process.stdin is not None
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def work_at_once(database: str, way: str) -> list[dict[str, Any]]:
    """Let the processes work from the same moment on, and until all have written; return what each tells."""
    processes = [start(database, way, seed) for seed in range(PROCESSES)]
    try:
        for word, reply in (("ready", "go"), ("done", "stop")):
            for process in processes:
                hear(process, word)
            time.sleep(A_SECOND if word == "done" else 0)
            for process in processes:
                say(process, reply)
        told = [process.communicate(timeout=PATIENCE) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert all(process.returncode == 0 for process in processes), [errors for _output, errors in told]
    return [json.loads(output) for output, _errors in told]


def test_every_answer_is_true_and_none_is_a_second_behind(database: str) -> None:
    """Of each commit it is known what SQL counts; an answer of that place in the log counts the same."""
    told = work_at_once(database, "guarded")
    commits = [commit for process in told for commit in process["commits"]]
    truth = {commit["position"]: commit["truth"] for commit in commits}
    assert set(Counter(commit["act"] for commit in commits)) == {"publish", "retag", "remove", "restore", "move"}
    compared = 0
    for process in told:
        assert process["last"] == process["truth"]
        for answer in process["answers"]:
            behind = [c for c in commits if c["position"] > answer["position"] and c["at"] < answer["at"] - A_SECOND]
            assert not behind
            if answer["is_newest"] and answer["position"] in truth:
                assert answer["counted"] == truth[answer["position"]]
                compared += 1
    assert compared > len(commits), (compared, len(commits))


def test_without_the_lock_processes_skip_changes(database: str) -> None:
    """The control: a row that is committed after a later one is never read."""
    told = work_at_once(database, "unguarded")
    assert any(process["last"] != process["truth"] for process in told)
