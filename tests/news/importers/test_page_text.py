"""Reading the page-text form."""

import contextlib
import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.importers.page_text import read
from news.importers.rows import NewsRow, ReadingError
from tests import builders
from tests.reference import OWN_PAGE, REAL_PAGE, both_pages, needs_reference

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=80).map(
    lambda text: " ".join(text.split()).strip("-\ufeff ") or "x"
)


def read_one(text: str | bytes, *, language: str = "en") -> NewsRow:
    """Read a page that holds one item."""
    data = text.encode() if isinstance(text, str) else text
    (row,) = read(data, file="page.txt", language=language)
    return row


def problem_of(text: str | bytes) -> str:
    """Return what the reader says about a page that it refuses."""
    with pytest.raises(ReadingError) as refused:
        read_one(text)
    return str(refused.value)


@both_pages
def test_the_menu_of_the_page_has_its_142_entries_of_which_133_are_leaves(page):
    """A lone dash opens a branch."""
    row = read_one(page.read_bytes())
    assert (len(row.menu), sum(not entry.is_branch for entry in row.menu)) == (142, 133)


def test_the_own_page_is_read_to_the_letter():
    """The summary is there once, the list and both sorts of quotation marks are kept."""
    row = read_one(OWN_PAGE.read_bytes())
    assert row.kind == "news"
    assert row.title == "Bridge inspectors of two banks agree to count the same cracks"
    assert row.summary.startswith("Engineers from both sides")
    assert [value.text for value in row.issued_by] == ["OSCE Secretariat"]
    assert row.issued_on is None
    assert row.body[0].startswith("TRIESTE, 12 March 2024 – A crack")
    assert '"surface wear"' in row.body[0]
    assert "“damage”" in row.body[0]
    assert sum(line.startswith("- ") for line in row.body) == 3
    assert row.opening.dateline == "TRIESTE"
    assert row.opening.written_on == datetime.date(2024, 3, 12)


@needs_reference
def test_the_real_page_is_read_to_the_letter():
    """Its date of issue is empty, and stays so."""
    row = read_one(REAL_PAGE.read_bytes())
    lines = REAL_PAGE.read_text(encoding="utf-8").splitlines()
    assert row.kind == "news"
    assert (row.title, row.summary) == (lines[152], lines[153])
    assert [(value.text, value.place.line) for value in row.issued_by] == [("OSCE Secretariat", 157)]
    assert row.issued_on is None
    assert list(row.body) == [line.strip() for line in lines[158:]]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("News Item", "news"),
        ("Press Release", "press-release"),
        ("STATEMENT", "statement"),
        ("Spot  report", "spot-report"),
        ("Daily report", "daily-report"),
        ("Media advisory", "media-advisory"),
        ("Speech", "speech"),
    ],
)
def test_content_types_are_known_however_they_are_capitalised(written, kind):
    """Sites write them in several ways."""
    assert read_one(builders.page_text(kind=written)).kind == kind


def test_facts_are_read_on_the_line_of_the_label_and_below_it():
    """Several values make several issuers."""
    facts = ["- Issued on: 25 November 2025", "- Issued by:", "- Mission to Serbia", "- OSCE Secretariat"]
    facts += ["- Countries: Serbia", "- Fields of work:", "- Youth", "- Dateline:", "- Belgrade"]
    row = read_one(builders.page_text(facts=facts))
    assert row.issued_on == datetime.date(2025, 11, 25)
    assert [value.text for value in row.issued_by] == ["Mission to Serbia", "OSCE Secretariat"]
    assert [value.text for value in row.countries] == ["Serbia"]
    assert [value.text for value in row.topics] == ["Youth"]
    assert row.dateline == "Belgrade"


def test_an_unknown_label_is_left_out_with_a_note():
    """Nobody has to guess what became of it."""
    row = read_one(builders.page_text(facts=["- Issued by: OSCE Secretariat", "- Tags:", "- bridges"]))
    assert [value.text for value in row.issued_by] == ["OSCE Secretariat"]
    assert "page.txt:8: the label “Tags:” is not known" in row.notes[0]


def test_the_page_may_have_no_summary_and_no_text():
    """What is missing is said when the draft is to be approved."""
    row = read_one(builders.page_text(summary="", body=[]))
    assert (row.summary, row.body) == ("", ())


def test_a_summary_that_is_not_repeated_leaves_the_body_whole():
    """Only the very same words are taken away."""
    row = read_one("News\nTitle\nA summary.\n- Issued by: X\nAnother beginning.\nThe end.")
    assert row.body == ("Another beginning.", "The end.")


@pytest.mark.parametrize(
    ("paragraph", "opening"),
    [
        ("KYIV, 25 November 2025 – The text.", ("KYIV", datetime.date(2025, 11, 25))),
        ("NEW YORK/GENEVA, 3 May 2019 - The text.", ("NEW YORK/GENEVA", datetime.date(2019, 5, 3))),
        ("OSCE – an organisation of 57 States – met.", None),
        ("Kyiv, 25 November 2025 – The text.", None),
        ("VIENNA, on a Monday – The text.", None),
    ],
)
def test_an_opening_is_a_place_in_capitals_with_a_full_date(paragraph, opening):
    """Anything less may be a sentence."""
    found = read_one(builders.page_text(body=[paragraph])).opening
    assert (found and (found.dateline, found.written_on)) == opening


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "page.txt:1: expected the content type"),
        ("Dear reader,\nhello", "page.txt:1: expected the content type (News Item, Press release"),
        ("-\nOur work\n- X\nRecipe\nSoup", "page.txt:4: expected the content type"),
        ("-", "page.txt:1: expected a text on the line below the lone dash, but the file ends here."),
        ("-\n- X", "page.txt:2: expected a text below the lone dash"),
        ("News Item", "page.txt:1: expected the title, but the file ends here."),
        ("News Item\n- Issued on:", "page.txt:2: expected the title"),
        ("News Item\n" + "x" * 301, "page.txt:2: expected the title, of at most 300 letters"),
        ("News Item\nTitle\nSummary\n\nText", "page.txt:5: expected the labelled facts"),
        ("News Item\nTitle\n- OSCE Secretariat", "page.txt:3: expected a label such as"),
        ("News Item\nTitle\n- Issued on: tomorrow", "page.txt:3: expected one date of issue"),
        ("News Item\nTitle\n- Issued on:\n- 1 May 2020\n- 2 May 2020", "page.txt:5: expected one date of issue"),
        ("News Item\nTitle\n- Dateline: " + "X" * 101, "page.txt:3: expected a dateline of at most 100 letters"),
        ("News Item\nTi\x00tle", "page.txt:2: expected text, found the control character U+0000."),
        ("News Item\nIt’s".encode("cp1252"), "page.txt:2: expected text in UTF-8, found the byte 0x92"),
        ("News Item\nTitle".encode("utf-16-le"), "page.txt:1: expected text, found the control character U+0000."),
        (b"\xff\xfeN", "page.txt:1: expected text in UTF-8"),
        ("- x\n" * 20_001, "page.txt:20000: expected a page of at most 20,000 lines."),
        (b"x" * 8_000_001, "page.txt:1: expected a page of at most 8 MB."),
    ],
)
def test_what_is_not_such_a_page_is_refused_with_the_line_and_what_was_expected(text, problem):
    """The person who imports mends exactly that line."""
    assert problem in problem_of(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(encoding):
    """Windows writes them."""
    assert read_one(builders.page_text("Ещё одна история").encode(encoding)).title == "Ещё одна история"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_sort_of_line_ending_counts_the_same_lines(ending):
    """A line number that is off by two helps nobody."""
    assert "page.txt:4:" in problem_of(ending.join(["-", "Our work", "", "Recipe"]))


@given(title=TEXTS, summary=TEXTS, body=st.lists(TEXTS.map(lambda text: "T" + text), min_size=1, max_size=6))
def test_any_title_summary_and_text_come_back_as_they_were(title, summary, body):
    """Whatever script, quotes or symbols they have."""
    row = read_one(builders.page_text(title, summary=summary, body=body))
    assert (row.title, row.summary, list(row.body)) == (title, summary, body)


@given(st.binary(max_size=400) | st.text("- \n:abNewsItm", max_size=200).map(str.encode))
def test_garbage_is_read_or_refused_and_nothing_else(garbage):
    """No other error ever reaches the person who imports."""
    with contextlib.suppress(ReadingError):
        list(read(garbage, file="page.txt", language="en"))


@pytest.mark.parametrize(
    "hostile",
    [
        "- x\n" * 250_000,
        ("- " + "x" * 48 + "\n") * 19_900,
        ("-\n" + "x" * 98 + "\n") * 9_900,
        "News Item\nT\n" + ("- " + "x" * 48 + "\n") * 19_900,
        "News Item\nT\n- Issued by: X\n" + ("x" * 50 + "\n") * 19_900,
        "News Item\nT\n- Issued by: X\n" + "K" * 1_000_000,
        "News Item\nT\n- Issued by: X\n" + "K, " * 330_000,
        "News Item\nT\n- Issued on: " + "1" * 1_000_000,
        "News Item\nT\n- " + ":" * 1_000_000,
    ],
    ids=["lines", "leaves", "branches", "values", "paragraphs", "one word", "commas", "a long date", "colons"],
)
def test_a_hostile_megabyte_is_answered_within_two_seconds(hostile):
    """Read or refused."""
    started = time.process_time()
    with contextlib.suppress(ReadingError):
        list(read(hostile.encode(), file="page.txt", language="en"))
    assert time.process_time() - started < 2
