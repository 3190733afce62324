"""Tables as Excel and others write them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.news.importers.files import item_of, problems_of, rows_of

EXCEL = (
    "\ufeffSource_ID;Title;Issued_At;Countries;Body_HTML;Is_Minor;Removal_Kind\r\n"
    '1;"A ""quoted"" title";25.11.2025;"Serbia; Ukraine;";"<p>a</p>\r\n<p>b; c</p>";yes;\r\n'
    ";;;;;;\r\n"
    "2;Plain, with a comma;25 November 2025 14:30;;;;withdrawn\r\n"
)
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


def test_a_table_of_excel_is_read():
    """Semicolons, a byte order mark, Windows' line ends, quotation marks, line breaks in a cell, an empty row."""
    first, second = rows_of(EXCEL, "export.csv")
    assert first.newest.title == 'A "quoted" title'
    assert first.newest.issued_at.isoformat() == "2025-11-25T00:00:00+01:00"
    assert first.newest.countries == ("Serbia", "Ukraine")
    assert first.newest.body == "<p>a</p>\n<p>b; c</p>"
    assert first.newest.is_minor
    assert first.removals == ()
    assert second.newest.title == "Plain, with a comma"
    assert second.newest.issued_at.isoformat() == "2025-11-25T14:30:00+01:00"
    assert second.removals[0].kind == "withdrawn"
    assert first.given == {"source_id", "title", "issued_at", "countries", "body_html", "is_minor", "removal"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "sep=;\r\n"])
def test_the_separator_is_told_by_the_names_of_the_columns(separator, first):
    """Which one Excel writes depends on the country."""
    names, cells = separator.join(["source_id", "title"]), separator.join(["1", "T"])
    assert item_of(f"{first}{names}\n{cells}\n", "a.csv").newest.title == "T"


def test_an_empty_cell_empties_the_field_and_a_missing_column_leaves_it():
    """As in JSON Lines; kind, language and id are never empty."""
    row = item_of("source_id,title,summary,kind,id,language\n1,T,,,,\n", "a.csv")
    assert row.given == {"source_id", "title", "summary"}


def test_a_removal_has_columns_of_its_own():
    """With where it leads to."""
    names = "source_id,removal_kind,removal_explanation,removal_leads_to,removal_removed_at"
    (removal,) = item_of(f"{names}\n1,consolidated,Twice.,/news/,1.2.2020\n", "a.csv").removals
    assert (removal.kind, removal.explanation, removal.leads_to) == ("consolidated", "Twice.", "/news/")
    assert removal.removed_at.isoformat() == "2020-02-01T00:00:00+01:00"


def test_the_place_of_a_cell_is_where_it_begins_even_behind_cells_of_several_lines():
    """With its quotation mark."""
    text = 'source_id,title,body_html,issued_by\n1,"a, ""b""","x\ny, z",No such\n'
    row = item_of(text, "a.csv")
    assert [str(row.whereabouts.place(name)) for name in ("title", "body_html", "issued_by", "slug")] == [
        "a.csv:2:3",
        "a.csv:2:14",
        "a.csv:3:7",
        "a.csv:2",
    ]


def test_the_second_of_two_rows_with_the_same_number_is_refused_with_the_line_of_the_first():
    """Lines are the file's, however many a row has."""
    rows = rows_of('source_id,title,body_html\n1,A,"x\ny"\n2,B,\n1,C,\n', "a.csv")
    assert problems_of(rows) == ["a.csv:5:1: source_id: “1” in “en” stands on line 2 already. Keep one of the two."]


def test_a_row_with_a_broken_byte_is_refused_and_the_others_are_read():
    """With the line and the letter."""
    content = "source_id,title\n1,Größe\n".encode() + b"2,\xff\n" + "3,Übermut\n".encode()
    rows = rows_of(content, "a.csv")
    assert [problem[:10] for problem in problems_of(rows)] == ["a.csv:3:3:"]
    assert [row.source_id for row in (rows[0], rows[2])] == ["1", "3"]


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_whatever_python_writes_as_a_table_comes_back(cells, delimiter):
    """Quotation marks, separators and all."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["source_id", "title", "summary"])
    writer.writerows([number, *pair] for number, pair in enumerate(cells, 1))
    rows = rows_of("\ufeff" + stream.getvalue(), "a.csv")
    told = problems_of(rows)
    if not told:
        assert [row.newest.summary for row in rows] == [summary for _title, summary in cells]
    assert all("U+" in problem for problem in told)


@given(st.text('",;\n\rab= ', max_size=80))
def test_garbage_is_read_or_refused_and_nothing_else(garbage):
    """No other error ever reaches whoever imports."""
    rows_of("source_id,title\n" + garbage, "a.csv")
