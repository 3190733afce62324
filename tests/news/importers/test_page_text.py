"""Reading the page-text form."""

import datetime
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.importers.field_checks import DIRECTION_MARKS
from news.importers.page_text import body_html, read, source_id
from news.importers.rows import ItemRow, ReadingOptions, Row
from news.importers.written_dates import VIENNA
from tests import builders
from tests.news.importers.files import file_of, problems_of
from tests.reference import OWN_PAGE, REAL_PAGE, both_pages, needs_reference

ALWAYS = {"title", "kind", "body_html", "summary"}
DAY = datetime.datetime(2025, 11, 25, tzinfo=VIENNA)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=80).map(
    lambda text: " ".join(text.split()).strip("-\ufeff ") or "x"
)


def rows_of_page(text: str | bytes, **options: Any) -> list[Row]:
    """Read a page."""
    return list(read(file_of(text, "page.txt"), ReadingOptions(**options)))


def read_one(text: str | bytes, **options: Any) -> ItemRow:
    """Read a page that holds one item."""
    (row,) = rows_of_page(text, **options)
    assert isinstance(row, ItemRow), row
    return row


def problem_of(text: str | bytes) -> str:
    """Return what the reader says about a page that it refuses."""
    (problem,) = problems_of(rows_of_page(text))
    return problem


def html(*paragraphs: str) -> str:
    """Return paragraphs as HTML."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@both_pages
def test_the_menu_of_the_page_has_its_142_entries_of_which_133_are_leaves(page):
    """A lone dash opens a branch."""
    row = read_one(page.read_bytes())
    assert (len(row.menu), sum(not entry.is_branch for entry in row.menu)) == (142, 133)


def test_the_own_page_is_read_to_the_letter():
    """The summary is there once, the list and both sorts of quotation marks are kept."""
    row = read_one(OWN_PAGE.read_bytes())
    edition = row.newest
    assert edition.kind == "news"
    assert edition.title == "Bridge inspectors of two banks agree to count the same cracks"
    assert edition.summary.startswith("Engineers from both sides")
    assert edition.issued_by == ("OSCE Secretariat",)
    assert edition.issued_at is None
    assert edition.body.startswith("<p>TRIESTE, 12 March 2024 – A crack")
    assert '"surface wear"' in edition.body
    assert "“damage”" in edition.body
    assert edition.body.count("<li>") == 3
    assert row.given == {*ALWAYS, "issued_by"}


@needs_reference
def test_the_real_page_is_read_to_the_letter():
    """Its date of issue is empty, and stays so."""
    row = read_one(REAL_PAGE.read_bytes())
    lines = REAL_PAGE.read_text(encoding="utf-8").splitlines()
    edition = row.newest
    assert (edition.kind, edition.title, edition.summary) == ("news", lines[152], lines[153])
    assert (edition.issued_by, str(row.whereabouts.place("issued_by"))) == (("OSCE Secretariat",), "page.txt:157")
    assert edition.issued_at is None
    assert edition.body == body_html(line.strip() for line in lines[158:])


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
    assert read_one(builders.page_text(kind=written)).newest.kind == kind


def test_facts_are_read_on_the_line_of_the_label_and_below_it():
    """Several values make several issuers."""
    facts = ["- Issued on: 25 November 2025", "- Issued by:", "- Mission to Serbia", "- OSCE Secretariat"]
    facts += ["- Countries: Serbia", "- Fields of work:", "- Youth", "- Dateline:", "- Belgrade"]
    row = read_one(builders.page_text(facts=facts))
    edition = row.newest
    assert edition.issued_at == DAY
    assert edition.issued_by == ("Mission to Serbia", "OSCE Secretariat")
    assert (edition.countries, edition.topics, edition.dateline) == (("Serbia",), ("Youth",), "Belgrade")
    assert row.given == {*ALWAYS, "issued_at", "issued_by", "countries", "topics", "dateline"}
    assert [row.whereabouts.place("issued_by", position).line for position in (0, 1)] == [9, 10]


def test_an_unknown_label_is_left_out_with_a_note():
    """Nobody has to guess what became of it."""
    row = read_one(builders.page_text(facts=["- Issued by: OSCE Secretariat", "- Tags:", "- bridges"]))
    assert row.newest.issued_by == ("OSCE Secretariat",)
    assert "page.txt:8: the label “Tags:” is not known" in row.notes[0]


def test_the_page_may_have_no_summary_and_no_text():
    """What is missing is said when the draft is to be approved."""
    row = read_one(builders.page_text(summary="", body=[]))
    assert (row.newest.summary, row.newest.body) == ("", "")
    assert row.given >= ALWAYS


def test_a_summary_that_is_not_repeated_leaves_the_body_whole():
    """Only the very same words are taken away."""
    row = read_one("News\nTitle\nA summary.\n- Issued by: X\nAnother beginning.\nThe end.")
    assert row.newest.body == html("Another beginning.", "The end.")


@pytest.mark.parametrize(
    ("paragraph", "day", "dateline", "body"),
    [
        ("KYIV, 25 November 2025 – The text.", DAY, "KYIV", html("The text.")),
        ("NEW YORK/GENEVA, 25 November 2025 - The text.", DAY, "NEW YORK/GENEVA", html("The text.")),
        ("KYIV, 24 November 2025 – The text.", DAY, "", html("KYIV, 24 November 2025 – The text.")),
        ("KYIV, 25 November 2025 – The text.", None, "", html("KYIV, 25 November 2025 – The text.")),
        ("OSCE – an organisation of 57 States – met.", DAY, "", html("OSCE – an organisation of 57 States – met.")),
        ("Kyiv, 25 November 2025 – The text.", DAY, "", html("Kyiv, 25 November 2025 – The text.")),
        ("VIENNA, on a Monday – The text.", DAY, "", html("VIENNA, on a Monday – The text.")),
    ],
)
def test_a_dateline_is_a_place_in_capitals_with_the_very_day_of_issue(paragraph, day, dateline, body):
    """Taken out of the text only where nothing is lost; anything less may be a sentence."""
    edition = read_one(builders.page_text(summary="", body=[paragraph]), issued_at=day).newest
    assert (edition.dateline, edition.body) == (dateline, body)


def test_the_own_date_of_a_page_counts_more_than_the_one_of_whoever_imports():
    """Where the page has none, that one is taken; a label without a value erases nothing."""
    facts = ["- Issued on: 1 May 2020", "- Issued by: X"]
    assert read_one(builders.page_text(facts=facts), issued_at=DAY).newest.issued_at.year == 2020
    row = read_one(builders.page_text(), issued_at=DAY)
    assert row.newest.issued_at == DAY
    assert "issued_at" in row.given
    assert "issued_at" not in read_one(builders.page_text()).given


def test_a_page_is_the_same_again_when_language_and_title_are():
    """The digest of earlier imports: what was imported then is known again."""
    row = read_one(builders.page_text("Bridges"), language="de")
    assert (row.source, row.source_id) == ("page text", source_id("de", "Bridges"))
    assert source_id("de", "Bridges") == "3885f9c9eaaf962a01b14ecf348e6ca8"
    assert row.source_id != read_one(builders.page_text("Bridges")).source_id


def test_the_text_becomes_paragraphs_and_lists_and_html_in_it_is_text():
    """A run of lines with a dash is one list."""
    made = body_html(['He said "no" & “yes”.', "- one", "- two", "<b>End</b>"])
    items = "<ul><li><p>one</p></li><li><p>two</p></li></ul>"
    assert made == f'<p>He said "no" &amp; “yes”.</p>{items}<p>&lt;b&gt;End&lt;/b&gt;</p>'


def test_marks_that_turn_the_direction_of_a_title_are_left_out_and_said():
    """As of every format."""
    row = read_one(builders.page_text("A \u202etitle"))
    assert row.newest.title == "A title"
    assert row.notes == (r"page.txt:5: marks that turn the direction of letters are left out of “A \u202etitle”",)


def test_windows_1252_is_read_and_said_so():
    """The letters are right, and whoever imports is told why they may not be."""
    row = read_one(builders.page_text("It’s “König”").encode("cp1252"))
    assert row.newest.title == "It’s “König”"
    assert row.notes[0].startswith("read as Windows-1252: it is not UTF-8, since line 5 has the byte 0x92.")


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
        ("News Item\nTi\x00tle", "page.txt:2:3: expected text, found the control character U+0000."),
        ("News Item\nПривет".encode("cp1251"), "page.txt:2: expected text in UTF-8, found the byte 0xCF"),
        ("News Item\nTitle".encode("utf-16-le"), "page.txt:1: expected text in UTF-8, found NUL bytes"),
        (b"\xff\xfeN", "page.txt:1: expected text in UTF-8"),
        ("- x\n" * 20_001, "page.txt:20000: expected a page of at most 20,000 lines."),
        (b"x" * 8_000_001, "page.txt:1: expected a page of at most 7.5 MB."),
    ],
)
def test_what_is_not_such_a_page_is_refused_with_the_line_and_what_was_expected(text, problem):
    """The person who imports mends exactly that line."""
    assert problem in problem_of(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(encoding):
    """Windows writes them."""
    assert read_one(builders.page_text("Ещё одна история").encode(encoding)).newest.title == "Ещё одна история"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_sort_of_line_ending_counts_the_same_lines(ending):
    """A line number that is off by two helps nobody."""
    assert "page.txt:4:" in problem_of(ending.join(["-", "Our work", "", "Recipe"]))


@given(title=TEXTS, summary=TEXTS, body=st.lists(TEXTS.map(lambda text: "T" + text), min_size=1, max_size=6))
def test_any_title_summary_and_text_come_back_as_they_were(title, summary, body):
    """Whatever script, quotes or symbols they have."""
    edition = read_one(builders.page_text(title, summary=summary, body=body)).newest
    assert (DIRECTION_MARKS.sub("", title), summary, body_html(body)) == (edition.title, edition.summary, edition.body)


@given(st.binary(max_size=400) | st.text("- \n:abNewsItm", max_size=200).map(str.encode))
def test_garbage_is_read_or_refused_and_nothing_else(garbage):
    """No other error ever reaches the person who imports."""
    assert len(rows_of_page(garbage)) == 1


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
    rows_of_page(hostile)
    assert time.process_time() - started < 2
