"""A management command acts under its name and that of the machine's user who runs it."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connections

from osce_site.command_line import run, system_user
from record.actors import current_actor
from record.models import Act


@pytest.mark.django_db
def test_what_a_command_writes_is_recorded_under_its_name(monkeypatch):
    """Of its arguments nothing, which may hold what is secret."""
    monkeypatch.setattr(connections, "close_all", lambda: None)  # as a command does at its end: the test's goes on
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct horse battery")
    run(["manage.py", "createsuperuser", "--noinput", "--username=anna", "--email=anna@example.org"])
    (act,) = Act.objects.filter(model="auth.user")
    assert User.objects.get().username == act.title == "anna"
    assert act.actor == f"manage.py createsuperuser, run by {pwd.getpwuid(os.getuid()).pw_name}"
    assert current_actor().name == "system"


def test_a_user_without_a_name_is_told_by_number(monkeypatch):
    """As in many containers."""
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_001)
    assert system_user() == "user 2000000001"


def test_a_developer_can_start_with_debug():
    """Django then looks closer at what is connected to its signals."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
