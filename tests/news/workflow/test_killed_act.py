"""An act is done, or it never began: killed at any point, it leaves the state before it or the one after it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import PATIENCE, ROOT, empty_database, environment, run

pytestmark = [pytest.mark.processes, pytest.mark.django_db]

PREPARE = """
from tests import builders
from news import workflow
first = builders.published("A story")
workflow.open_edition(first.item, by=None) if {is_open} else builders.next_edition(first, "A story")
"""
LOOK = """
import json
from news.models import Change, Edition, Removal
from record.models import Act
columns = ("number", "state", "visible_from", "visible_until", "is_retracted")
rows = [list(row) for row in Edition.objects.order_by("number").values_list(*columns)]
print(json.dumps([rows, Change.objects.count(), Act.objects.count(), Removal.objects.count()], default=str))
"""
PLACES = {
    "approve": [
        "news.workflow.approval.latest_approved",
        "news.workflow.approval.make_visible",
        "news.workflow.approval.record_change",
        "news.workflow.approval.record_act",
        "news.workflow.approval.tell",
    ],
    "error": ["news.workflow.removal.record_change", "news.workflow.removal.record_act", "news.workflow.removal.tell"],
    "consolidated": ["news.workflow.removal.record_change", "news.workflow.removal.tell"],
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Make a database of its own."""
    with empty_database(tmp_path) as address:
        assert run(address, "migrate", "-v0").returncode == 0
        yield address


def shell(database: str, code: str) -> str:
    """Run code in the site's shell, and return what it printed."""
    done = run(database, "shell", "-v0", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout


def act(database: str, name: str, place: str) -> int:
    """Do the act in a process that dies at the place; return how it ended."""
    command = [sys.executable, "-m", "tests.news.workflow.killed_act", name, place]
    done = subprocess.run(command, cwd=ROOT, env=environment(database), check=False, timeout=PATIENCE)  # noqa: S603 - our own command
    return done.returncode


@pytest.mark.parametrize("name", PLACES)
def test_an_act_that_is_killed_has_never_begun(database: str, name: str) -> None:
    """Whatever it had written by then; and it can be done afterwards, by the same command."""
    shell(database, PREPARE.format(is_open=name == "approve"))
    before = json.loads(shell(database, LOOK))
    for place in PLACES[name]:
        assert act(database, name, place) == -9, place
        assert json.loads(shell(database, LOOK)) == before, place
    assert act(database, name, "never") == 0
    after = json.loads(shell(database, LOOK))
    assert [kind_after > kind_before for kind_before, kind_after in zip(before[1:3], after[1:3], strict=True)] == [
        True
    ] * 2
    assert after[0] != before[0]
