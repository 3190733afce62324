"""The native form, one item on each line, as rows."""

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.importers.rows import ReadingOptions, Reference, RemovalRow
from tests.news.importers.files import item_of, problems_of, rows_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=8), children, max_size=4),
    max_leaves=12,
)
FULL: dict[str, Any] = {
    "source": "osce.org",
    "source_id": "n-12",
    "id": 12,
    "language": "fr",
    "slug": "un-titre",
    "url": "https://www.osce.org/fr/node/12/",
    "former_addresses": ["/node/12", "https://www.osce.org/fr/a/12"],
    "translation_of": {"source_id": "n-12", "language": "en"},
    "kind": "press-release",
    "title": "Un titre",
    "summary": "En bref.\nEt plus.",
    "body_html": "<p>Le texte</p>",
    "dateline": "VIENNE",
    "issued_at": "2025-11-25",
    "issued_by": ["secretariat"],
    "countries": ["serbia", "Ukraine"],
    "topics": ["youth"],
    "related": ["n-11", {"id": 7}, {"source": "x.org", "source_id": "9"}],
    "images": [{"url": "https://www.osce.org/1.jpg"}, {"url": "https://www.osce.org/2.jpg"}],
    "state": "approved",
    "visible_from": "2025-11-25T09:30:00Z",
    "is_minor": True,
    "change_note": "Un mot",
    "renders": 2,
    "removal": {"kind": "consolidated", "explanation": "Doublon.", "leads_to": "/fr/news/", "removed_at": "2025-12-01"},
}


def line_of(**fields: Any) -> str:
    """Return a line with these fields, which has a number and a title unless they say otherwise."""
    fields = {"source_id": "1", "title": "T"} | fields
    return json.dumps({name: value for name, value in fields.items() if value is not ...}, ensure_ascii=False) + "\n"


def test_each_field_is_read():
    """By the names of docs/import-format.md."""
    row = item_of(json.dumps(FULL))
    edition = row.newest
    assert (row.source, row.source_id, row.number, row.language, row.slug) == ("osce.org", "n-12", 12, "fr", "un-titre")
    assert row.translation_of == Reference(source_id="n-12", language="en")
    assert row.former_addresses == ("/node/12", "/fr/a/12", "/fr/node/12")
    assert (edition.kind, edition.title, edition.summary) == ("press-release", "Un titre", "En bref.\nEt plus.")
    assert (edition.body, edition.dateline, edition.issued_by) == ("<p>Le texte</p>", "VIENNE", ("secretariat",))
    assert (edition.countries, edition.topics) == (("serbia", "Ukraine"), ("youth",))
    assert edition.related == (
        Reference(source_id="n-11"),
        Reference(number=7),
        Reference(source="x.org", source_id="9"),
    )
    assert (edition.state, edition.is_minor, edition.change_note, edition.renders) == ("approved", True, "Un mot", 2)
    assert row.given == FULL.keys()
    assert row.notes == ("2 images are left out: imports take no pictures yet",)


def test_a_day_is_its_beginning_in_vienna_and_a_moment_without_zone_is_viennas():
    """In summer as in winter."""
    edition = item_of(line_of(issued_at="2025-07-01", visible_from="2025-12-01T10:00")).newest
    utc = datetime.UTC
    assert edition.issued_at == datetime.datetime(2025, 6, 30, 22, tzinfo=utc)
    assert edition.visible_from == datetime.datetime(2025, 12, 1, 9, tzinfo=utc)


def test_a_removal_leads_to_a_path_or_to_an_item():
    """An item by its number at the same source, or by id."""
    assert item_of(json.dumps(FULL)).removals[0].leads_to == "/fr/news/"
    removal = {"kind": "error", "leads_to": "n-13"}
    assert item_of(line_of(removal=removal)).removals == (
        RemovalRow(kind="error", leads_to=Reference(source_id="n-13")),
    )


def test_removals_that_were_undone_stand_before_the_one_that_stands():
    """The history of an item is whole."""
    undone = {"kind": "withdrawn", "removed_at": "2020-01-01", "undone_at": "2020-02-01"}
    row = item_of(line_of(undone_removals=[undone], removal={"kind": "error"}))
    assert [removal.kind for removal in row.removals] == ["withdrawn", "error"]
    assert row.removals[0].undone_at is not None


def test_what_an_entry_of_the_editions_does_not_say_the_row_says():
    """The row has the newest text; only what was otherwise before is written again."""
    entries = [
        {"number": 1, "state": "approved", "title": "Old", "visible_from": "2025-01-02"},
        {"number": 3, "state": "draft", "remark": "Why?"},
    ]
    first, last = item_of(line_of(body_html="<p>x</p>", issued_at="2025-01-01", editions=entries)).editions
    assert (first.number, first.title, first.body, first.state) == (1, "Old", "<p>x</p>", "approved")
    assert (last.number, last.title, last.body, last.state, last.remark) == (3, "T", "<p>x</p>", "draft", "Why?")


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        ({"source": "a", "source_id": "1"}, ("a", "1", 0)),
        ({"source_id": "1"}, ("import", "1", 0)),
        ({"source_id": "1", "url": "https://www.osce.org/node/1"}, ("osce.org", "1", 0)),
        ({"source_id": ..., "url": "https://www.osce.org/node/1"}, ("osce.org", "https://www.osce.org/node/1", 0)),
        ({"source_id": ..., "id": 5}, ("", "", 5)),
        ({"source_id": ..., "id": 5, "url": "https://www.osce.org/news/5/t/"}, ("", "", 5)),
        ({"source_id": ..., "id": 5, "source": "a"}, ("a", "5", 5)),
        ({"source_id": None, "id": 5}, ("", "", 5)),
    ],
)
def test_an_item_is_known_again_by_its_number_its_address_or_its_id(fields, identity):
    """In this order; the source is the row's own, that of the address, or “import”."""
    row = item_of(line_of(**fields))
    assert (row.source, row.source_id, row.number) == identity


def test_whoever_imports_names_the_source_and_the_language_of_rows_that_do_not():
    """What a row says counts more."""
    options = ReadingOptions(source="archive", language="de")
    rows = rows_of(line_of() + line_of(source="b", language="fr") + line_of(source_id=..., id=3), options=options)
    assert [(row.source, row.source_id, row.language) for row in rows] == [
        ("archive", "1", "de"),
        ("b", "1", "fr"),
        ("archive", "3", "de"),
    ]


def test_fields_that_a_row_does_not_have_are_not_given():
    """They stay as they are; null and an empty value empty the field, and are given."""
    row = item_of('{"source_id":"1","summary":null,"countries":[],"kind":null,"language":""}')
    assert row.given == {"source_id", "summary", "countries"}
    assert (row.newest.summary, row.newest.countries, row.language) == ("", (), "en")


def test_marks_that_turn_the_direction_of_a_title_are_left_out_and_shown_by_number():
    """A title is stored as it reads; a text may need them."""
    row = item_of(line_of(title="A \u202ebad\u202c title", body_html="<p>\u2067עברית\u2069</p>"))
    assert row.newest.title == "A bad title"
    assert row.newest.body == "<p>\u2067עברית\u2069</p>"
    assert row.notes == (r"title: marks that turn the direction of letters are left out of “A \u202ebad\u202c title”",)


def test_an_escaped_letter_of_two_halves_is_one_letter():
    """As JSON writes it in ASCII."""
    assert item_of(r'{"source_id":"1","title":"\ud83d\ude00 \n"}'.replace(r" \n", "")).newest.title == "😀"


def test_the_same_number_in_another_language_or_at_another_source_is_another_item():
    """A translation bears the number of its original."""
    rows = rows_of(line_of() + line_of(language="fr") + line_of(source="x") + line_of(source_id=..., id=1))
    assert problems_of(rows) == []


def test_a_name_that_the_site_does_not_know_can_be_told_with_its_letter():
    """By whoever looks it up, long after the row was read."""
    line = line_of(issued_by=["a", "b"], editions=[{"number": 1, "issued_by": ["é", "c"]}, {"number": 2}])
    row = item_of(line)
    place = row.whereabouts.place("issued_by", 1)
    assert line[place.column - 1 :].startswith('"b"')
    place = row.whereabouts.place("editions.0.issued_by", 1)
    assert line[place.column - 1 :].startswith('"c"')
    assert str(row.whereabouts.place()) == "news.jsonl:1"


def test_no_more_than_twenty_faults_of_a_row_are_told():
    """Nobody reads a thousand."""
    assert len(problems_of(rows_of(line_of(issued_by=[1] * 50)))) == 20


@given(st.dictionaries(st.sampled_from([*FULL, "editions", "undone_removals", "tittle"]), VALUES, max_size=8))
def test_any_object_is_a_row_or_refused_with_sentences(fields):
    """No other error ever reaches whoever imports; and each sentence names a place."""
    rows = rows_of("\n" + json.dumps(fields))
    assert len(rows) == 1
    assert all(problem.startswith("news.jsonl:2") for problem in problems_of(rows))


@given(st.binary(max_size=300) | st.text('{}[]",:\\u0d8a \n').map(str.encode))
def test_garbage_is_refused_and_nothing_else(garbage):
    """Whatever bytes."""
    rows_of(b"{" + garbage)
