"""Reading the mapping file of another site's pages."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.importers.mapping import MappingError, read_mapping
from tests.news.importers.saved_files import SavedFile

BOTH = {"title": "h1.headline", "issued_at": {"selector": "time", "attribute": "datetime"}, "leave_out": ".share"}


def mapping(content: str, name: str = "mapping.json") -> dict:
    """Read a mapping."""
    return read_mapping(SavedFile(content=content.encode("utf-8", "surrogatepass"), name=name))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "mapping.json",
            '\ufeff{"title": "h1.headline", "issued_at": {"selector": "time", "attribute": "datetime"},'
            ' "leave_out": ".share"}',
        ),
        (
            "mapping.toml",
            'title = "h1.headline"\nleave_out = ".share"\n[issued_at]\nselector = "time"\nattribute = "datetime"\n',
        ),
    ],
)
def test_a_mapping_is_json_or_toml(name, content):
    """Which of the two its name says."""
    assert mapping(content, name) == BOTH


@pytest.mark.parametrize(
    "content",
    ["[" * 50_000, '{"a":' * 10_000, "9" * 10_000, "null", "{}", "\ud800", "", '{"title": "\\ud800"}', " " * 100_001],
)
@pytest.mark.parametrize("name", ["mapping.json", "mapping.toml"])
def test_what_is_no_mapping_is_refused(name, content):
    """However it is broken."""
    with pytest.raises(MappingError, match=rf"{name}:1"):
        mapping(content, name)


@given(st.binary(max_size=100), st.sampled_from(["a.json", "a.toml"]))
def test_no_file_makes_anything_else_of_it(content, name):
    """Random bytes."""
    with contextlib.suppress(MappingError):
        read_mapping(SavedFile(content=content, name=name))
