"""An import that is killed goes on where it stopped, and ends where an uninterrupted one ends."""

import pytest
from django.db import connection

from tests.news.imports import killing
from tests.processes import empty_database

pytestmark = [pytest.mark.processes, pytest.mark.django_db]
ROWS, KILLS = 3_000, 3


def test_kills_leave_nothing_partial_and_change_nothing_of_the_end(tmp_path):
    """Looked at after each kill; the file has rows of every sort."""
    file = tmp_path / "rows.jsonl"
    file.write_text(killing.archive(ROWS), encoding="utf-8")
    folders = tmp_path / "whole", tmp_path / "killed"
    for folder in folders:
        folder.mkdir()
    with empty_database(folders[0]) as whole, empty_database(folders[1]) as broken:
        killing.prepare(whole)
        killing.prepare(broken)
        seconds = killing.timed(whole, file)
        expected = killing.look(whole)
        assert (expected["partial"], expected["state"]) == ([], "done")
        kills = 0
        for moment in killing.moments(KILLS, seconds):
            if killing.killed(broken, file, after=moment):
                kills += 1
                assert killing.look(broken)["partial"] == []
        killing.timed(broken, file)
        assert killing.look(broken) == expected
    assert kills, connection.vendor
