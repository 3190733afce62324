"""The examples of docs/import-format-web.md."""

import re

import pytest
from django.conf import settings

from news.importers import feeds, html_page, mapping, markup, wordpress, xml_stream
from tests.news.importers.saved_files import SavedFile, item

DOCUMENT = (settings.ROOT / "docs" / "import-format-web.md").read_text(encoding="utf-8")
SECTIONS = dict(zip(*[iter(re.split(r"^## (.*)$", DOCUMENT, flags=re.MULTILINE)[1:])] * 2, strict=True))
READERS = {
    "RSS": feeds.read_rss,
    "Atom": feeds.read_atom,
    "WordPress": wordpress.read,
    "Saved HTML page": html_page.read,
}


def examples(section: str) -> list[str]:
    """Return the examples of a section."""
    return re.findall(r"```\w+\n(.*?)```", SECTIONS[section], re.DOTALL)


@pytest.mark.parametrize("section", READERS)
def test_an_example_is_read_without_a_note(section):
    """All four tell the same story."""
    (content,) = examples(section)
    row = item(READERS[section], content)
    edition = row.newest
    assert edition.title == "Two banks count the same cracks"
    assert edition.summary == "Engineers from both sides agree."
    assert re.sub("<[^>]+>", "", edition.body).strip() == "A crack is a crack."
    assert edition.issued_at.isoformat() in {"2025-11-25T10:00:00+01:00", "2025-11-25T09:00:00+00:00"}
    assert row.source.endswith("example.org")
    assert row.former_addresses[0] in {"/node/12", "/2025/11/cracks"}
    assert row.notes == ()


def test_the_two_mappings_are_the_same():
    """And name only fields that the page lists."""
    as_json, as_toml = examples("Mapping file")
    found = mapping.read_mapping(SavedFile(content=as_json.encode(), name="a.json"))
    assert found == mapping.read_mapping(SavedFile(content=as_toml.encode(), name="a.toml"))


def test_each_field_of_a_mapping_is_documented():
    """And each limit."""
    assert all(f"`{name}`" in SECTIONS["Mapping file"] for name in mapping.FIELDS)
    in_xml = f"{xml_stream.MOST_LETTERS // 10**6} million letters, {xml_stream.MOST_ELEMENTS:,} elements"
    in_html = f"{markup.MOST_LETTERS // 10**6} million letters, {markup.MOST_TAGS:,} tags, {markup.MOST_DEPTH} elements"
    assert f"{in_xml}, {xml_stream.MOST_DEPTH} in each other" in DOCUMENT
    assert f"{in_html} in each other" in DOCUMENT
    assert f"{html_page.MOST_BYTES // 10**6} MB" in DOCUMENT
