"""Several processes that send at once, and one that dies while it does: no mail is lost, hardly one comes twice."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.taxonomy.test_tree_concurrency import ROOT, database, environment, run  # noqa: F401 - a fixture among them

NOTICES = 30
SENDERS = 4
PREPARE = f"""
from django.contrib.auth.models import User
from news.models import Notice, Person
for name in ("anna", "boris", "chloe"):
    user = User.objects.create_user(name, email=name + "@example.org")
    Person.objects.filter(user=user).update(mail="MAIL")
    for number in range({NOTICES} // 3):
        Notice.objects.create(person=user, subject="Submitted", text=name + str(number))
"""

pytestmark = [pytest.mark.processes, pytest.mark.django_db]


def prepare(address: str, mail: str) -> None:
    """Make the tables, three people, and what waits for them."""
    for command in (["migrate", "--verbosity=0"], ["shell", "--verbosity=0", "-c", PREPARE.replace("MAIL", mail)]):
        done = run(address, *command)
        assert done.returncode == 0, done.stderr


def start(address: str, folder: Path, way: str, last: int = 0) -> "subprocess.Popen[str]":
    """Start a sender that says when it is ready."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.news.notices.sender", str(folder), way, str(last)],
        cwd=ROOT,
        env=environment(address),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def send_together(senders: "list[subprocess.Popen[str]]") -> list[int]:
    """Let the senders go at the same moment; return how they ended."""
    for sender in senders:
        assert sender.stdout
        assert sender.stdout.readline() == "ready\n", sender.stderr and sender.stderr.read()
    for sender in senders:
        assert sender.stdin
        sender.stdin.write("go\n")
        sender.stdin.flush()
    return [sender.wait(timeout=120) for sender in senders]


def mails(folder: Path) -> Counter[str]:
    """Count the mails by their Message-IDs."""
    return Counter(path.name.partition(" ")[0] for path in folder.iterdir())


def test_four_senders_share_what_waits(database, tmp_path):  # noqa: F811 - the fixture
    """Each notice goes out once."""
    folder = tmp_path / "mails"
    folder.mkdir()
    prepare(database, "at-once")
    assert send_together([start(database, folder, "at-once") for _number in range(SENDERS)]) == [0] * SENDERS
    assert len(mails(folder)) == NOTICES
    assert set(mails(folder).values()) == {1}


def test_four_senders_of_digests_send_each_person_one(database, tmp_path):  # noqa: F811 - the fixture
    """With all that waits."""
    folder = tmp_path / "mails"
    folder.mkdir()
    prepare(database, "digest")
    assert send_together([start(database, folder, "digest") for _number in range(SENDERS)]) == [0] * SENDERS
    assert sum(mails(folder).values()) == 3
    texts = sorted(path.read_text() for path in folder.iterdir())
    assert [sum(f"{name}{number}" in text for number in range(10)) for name, text in zip(
        ("anna", "boris", "chloe"), texts, strict=True
    )] == [10, 10, 10]  # fmt: skip


def test_a_sender_that_dies_loses_nothing_and_one_mail_comes_twice(database, tmp_path):  # noqa: F811 - the fixture
    """The one that it could not mark any more; both bear one Message-ID, by which a mailbox knows them."""
    folder = tmp_path / "mails"
    folder.mkdir()
    prepare(database, "at-once")
    assert send_together([start(database, folder, "at-once", last=7)]) == [9]
    assert sum(mails(folder).values()) == 7
    assert send_together([start(database, folder, "at-once")]) == [0]
    assert len(mails(folder)) == NOTICES
    assert sorted(mails(folder).values()) == [1] * (NOTICES - 1) + [2]
