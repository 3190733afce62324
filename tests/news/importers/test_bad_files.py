"""What is said of files that are wrong: `bad_files/messages.json` has the sentences for each file beside it."""

import json
from pathlib import Path

import pytest

from tests.news.importers.files import said_of

FOLDER = Path(__file__).parent / "bad_files"
MESSAGES = json.loads((FOLDER / "messages.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir() if path.name != "messages.json"))
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_bad_file_is_told_by_all_that_is_wrong_with_it(name):
    """With file, line and letter, the value and what to do; a message may go on behind a bracket that it ends with."""
    said, expected = said_of(FOLDER / name, name), MESSAGES[name]
    assert len(said) == len(expected), said
    for sentence, wanted in zip(said, expected, strict=True):
        assert sentence.startswith(wanted) if wanted.endswith("(") else sentence == wanted


def test_every_message_has_its_file():
    """A file that was renamed takes its messages along."""
    assert set(MESSAGES) == {path.name for path in FOLDER.iterdir()} - {"messages.json"}
