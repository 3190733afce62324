"""docs/import-format.md says what the readers do: its examples are read, its schema has their fields and limits."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from news.importers.edition_fields import ENTRY_CHECKS
from news.importers.field_checks import Text
from news.importers.fields import FIELDS
from news.importers.linked import REFERENCE_CHECKS, REMOVAL_CHECKS
from news.importers.native_form import ITEM_CHECKS
from news.importers.recognition import READERS
from tests.news.importers.files import problems_of, rows_of
from tests.news.importers.test_json_lines import FULL, line_of

PAGE = (Path(__file__).parents[3] / "docs" / "import-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SCHEMA: dict[str, Any] = json.loads(next(text for kind, text in EXAMPLES if kind == "json"))
NAMES = {"jsonl": "a.jsonl", "csv": "a.csv", "": "a.txt"}
VALID = [line_of(**FULL), *next(text for kind, text in EXAMPLES if kind == "jsonl").splitlines()]
INVALID = [
    line_of(tittle="T"),
    line_of(title=""),
    line_of(title="x" * 301),
    line_of(source_id=...),
    line_of(kind="pres-release"),
    line_of(issued_by="Secretariat"),
    line_of(id=0),
    line_of(related=[{"source": "x"}]),
    line_of(removal={"explanation": "?"}),
    line_of(editions=[]),
    line_of(editions=[{"title": "T"}]),
    line_of(undone_removals=[{"kind": "error"}]),
]


@pytest.mark.parametrize(("kind", "text"), [example for example in EXAMPLES if example[0] in NAMES])
def test_each_example_is_read_without_a_word(kind, text):
    """Whoever copies one imports it."""
    rows = rows_of(text, NAMES[kind])
    assert rows
    assert problems_of(rows) == []
    assert all(row.notes == () for row in rows)


def test_the_schema_has_the_fields_that_are_read_in_the_order_in_which_they_are_written():
    """No more, no less, in all of its objects."""
    assert list(SCHEMA["properties"]) == list(ITEM_CHECKS) == list(FIELDS)
    definitions = SCHEMA["$defs"]
    assert definitions["edition"]["properties"].keys() == ENTRY_CHECKS.keys()
    assert definitions["undone_removal"]["properties"].keys() == REMOVAL_CHECKS.keys()
    assert definitions["reference"]["anyOf"][1]["properties"].keys() == REFERENCE_CHECKS.keys()


def test_the_schema_has_the_limits_of_the_reader():
    """A text that it lets through is not too long."""
    limits = {name: check.longest for name, check in ITEM_CHECKS.items() if isinstance(check, Text)}
    for name, longest in limits.items():
        assert SCHEMA["properties"][name].get("maxLength", longest) == longest


@pytest.mark.parametrize("line", VALID)
def test_what_the_reader_reads_the_schema_allows(line):
    """Both say the same."""
    jsonschema_rs.validate(SCHEMA, json.loads(line))
    assert problems_of(rows_of(line)) == []


@pytest.mark.parametrize("line", INVALID)
def test_what_the_schema_refuses_the_reader_refuses(line):
    """With a sentence."""
    assert not jsonschema_rs.is_valid(SCHEMA, json.loads(line))
    assert problems_of(rows_of(line))


def test_every_format_and_every_field_is_explained():
    """In a table, by its name."""
    assert all(f"`{name}`" in PAGE for name in (*READERS, *FIELDS))
