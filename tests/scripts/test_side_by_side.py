"""The tests on both databases, at the same time."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.side_by_side import ROOT, Half, half_of_the_tests, side_by_side

SPEAK = "import os, time\nfor n in range(5): print(os.environ['HALF'], n, flush=True); time.sleep(0.05)"
# Says that it is there, then waits until the other is.
MEET = """
import pathlib, sys, time
mine, other = map(pathlib.Path, sys.argv[1:])
mine.touch()
ends = time.monotonic() + 30
while not other.exists():
    if time.monotonic() > ends: sys.exit("The other one never came.")
    time.sleep(0.01)
"""
STAY = """
import os, pathlib, sys, time
draft = pathlib.Path(sys.argv[1] + ".draft")
draft.write_text(str(os.getpid()))
draft.rename(sys.argv[1])
time.sleep(60)
"""


def half(name: str, code: str, *arguments: Path) -> Half:
    """Return a half that runs the code."""
    return Half(name, [sys.executable, "-c", code, *map(str, arguments)], {"HALF": name})


@pytest.fixture(autouse=True)
def _signals_as_they_were():
    """Leave this process its own answers to signals."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    kept = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_each_half_is_printed_whole_once_it_is_done(capfd):
    """Never line by line between each other."""
    assert side_by_side([half("One", SPEAK), half("Other", SPEAK)]) == 0
    said = capfd.readouterr().out
    for name in ("One", "Other"):
        assert "\n".join([f"— On {name} —", *(f"{name} {number}" for number in range(5))]) in said


def test_both_run_at_the_same_time(tmp_path):
    """One after the other, the first would wait in vain."""
    one, other = tmp_path / "one", tmp_path / "other"
    assert side_by_side([half("One", MEET, one, other), half("Other", MEET, other, one)]) == 0


@pytest.mark.parametrize(
    ("codes", "expected", "told"),
    [
        ((0, 0), 0, ""),
        ((1, 0), 1, "Failed on One.\n"),
        ((0, 2), 1, "Failed on Other.\n"),
        ((1, 1), 1, "Failed on One, Other.\n"),
    ],
)
def test_one_half_that_fails_fails_the_run(capfd, codes, expected, told):
    """Whichever ends last; the closing line names it."""
    halves = [half(name, f"raise SystemExit({code})") for name, code in zip(("One", "Other"), codes, strict=True)]
    assert side_by_side(halves) == expected
    assert capfd.readouterr().err == told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_ends_both(number, tmp_path):
    """Nothing goes on alone after a Ctrl-C, or after CI has lost its patience."""
    places = [tmp_path / "one", tmp_path / "other"]
    code = "import sys\nfrom scripts.side_by_side import Half, side_by_side\n"
    code += f"stay = [Half(place, [sys.executable, '-c', {STAY!r}, place], {{}}) for place in sys.argv[1:]]\n"
    code += "sys.exit(side_by_side(stay))"
    command = [sys.executable, "-c", code, *map(str, places)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as runner:  # noqa: S603 - our own command
        ends = time.monotonic() + 30
        while not all(place.exists() for place in places) and time.monotonic() < ends:
            time.sleep(0.01)
        runner.send_signal(number)
        assert runner.wait(30) == 130
    assert [place for place in places if Path("/proc", place.read_text()).exists()] == []


def test_the_halves_share_neither_database_nor_cache_nor_examples():
    """What one keeps, the other must not meet."""
    one, other = half_of_the_tests("SQLite", None, ["-q"]), half_of_the_tests("PostgreSQL", "postgres://x/y", ["-q"])
    assert (one.command[-1], other.command[-1]) == ("-q", "-q")
    assert other.environment["DATABASE_URL"] == "postgres://x/y"
    assert "DATABASE_URL" not in one.environment
    assert one.environment["HYPOTHESIS_STORAGE_DIRECTORY"] != other.environment["HYPOTHESIS_STORAGE_DIRECTORY"]
    assert not {word for word in one.command if "cache_dir" in word} & set(other.command)
