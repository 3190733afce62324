"""No picture makes a process hold 150 MB more than it holds idle: the largest of each kind, and the bombs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.library import memory_of

REFUSED = {"400 megapixels of PNG", "100 megapixels of PNG"}


@pytest.mark.processes
def test_no_picture_takes_more_than_150_megabytes(tmp_path):
    """Whatever is taken or refused, in the request and in the worker."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", memory_of.__name__, *memory_of.PICTURES],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(settings.ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert {name for name, outcome, _held in lines if outcome == "refused"} == REFUSED
    assert {name for name, *_rest in lines} == set(memory_of.PICTURES)
    assert [line for line in lines if int(line[2]) > 150] == []
    assert max(int(held) for _name, _outcome, held in lines) > 60  # the measure itself would find more
