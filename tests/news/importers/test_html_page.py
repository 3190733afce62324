"""Reading a saved page."""

import datetime
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.importers.html_page import read
from news.importers.rows import ItemRow, RejectedRow
from tests.news.importers.saved_files import MEMORY, item, problems, rows

AT_NINE = datetime.datetime(2025, 11, 25, 9, tzinfo=datetime.UTC)
ADDRESS = '<link rel="canonical" href="https://www.example.org/news/5">'
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},
{"@type": ["NewsArticle"], "headline": "Rights &amp; duties", "inLanguage": "fr-FR", "description": "In short",
"datePublished": "2025-11-25T10:00:00+01:00", "image": ["a.jpg"]}]}</script>"""
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>T | Site</title>{head}</head><body>
<nav><a href="/">Home</a></nav><article class="text">
<header><h1>Heading</h1><time datetime="2025-11-25">today</time></header>
<p>One <a href="/x">word</a><p>Two<figure><img src="a.jpg"><figcaption>Below</figcaption></figure>
<aside>Read also</aside><div class="share">Share</div></article><footer>Foot</footer></body></html>"""
BODY = '<p>One <a href="https://www.example.org/x">word</a></p><p>Two</p><figure></figure>\n<div>Share</div>'
MEASURED = """
import sys
import django
django.setup()
from news.importers.html_page import read
from news.importers.rows import ReadingOptions
from tests.news.importers.saved_files import SavedFile
content = sys.stdin.buffer.read(4_000_001)
rows = list(read(SavedFile(content=content), ReadingOptions()))
print(peak_megabytes())
"""


def page(head: str = ADDRESS) -> str:
    """Return a page with this in its head."""
    return PAGE.format(head=head)


def test_a_page_is_read_by_its_article_and_its_json_ld():
    """What stands around the text is left out; the address is its former one, and its number."""
    row = item(read, page(ADDRESS + JSON_LD))
    assert (row.source, row.source_id, row.language) == ("example.org", "https://www.example.org/news/5", "fr")
    assert row.former_addresses == ("/news/5",)
    assert (row.newest.title, row.newest.summary) == ("Rights & duties", "In short")
    assert row.newest.issued_at == AT_NINE
    assert row.newest.body.replace(' class="share"', "") == BODY
    assert row.notes == ("1 image is left out: imports take no pictures yet",)


def test_a_page_without_json_ld_is_read_by_its_meta_data():
    """Open Graph, and what HTML itself has."""
    head = """<meta property="og:url" content="https://www.example.org/news/6">
    <meta name="description" content="A &amp; b">
    <meta property="article:published_time" content="2025-11-25T09:00:00Z"><meta property="og:title" content="Other">"""
    row = item(read, page(head))
    assert (row.source_id, row.language) == ("https://www.example.org/news/6", "en")
    assert (row.newest.title, row.newest.summary, row.newest.issued_at) == ("Heading", "A & b", AT_NINE)


def test_a_page_that_says_nothing_is_read_by_its_elements():
    """The heading, and the first time in the article: a day begins in Vienna."""
    row = item(read, page())
    assert row.newest.title == "Heading"
    assert row.newest.issued_at == datetime.datetime(2025, 11, 24, 23, tzinfo=datetime.UTC)
    assert row.given == {"title", "source", "language", "url", "body_html", "issued_at"}


def test_a_mapping_counts_more_than_what_the_page_says():
    """For markup of another kind; lists have an element for each value."""
    html = """<html><body><b class="head">Title</b><span class="when">25 November 2025, 10:00</span>
    <i class="by">Secretariat</i><i class="by">Mission</i><a id="self" href="https://www.example.org/9">#</a>
    <div id="text"><p>Text</p><p class="ad">Buy</p></div><article><p>Other</p></article></body></html>"""
    selectors = {
        "title": ".head",
        "issued_at": ".when",
        "issued_by": ".by",
        "url": {"selector": "#self", "attribute": "href"},
        "source_id": {"selector": "#self", "attribute": "id"},
        "body_html": "#text",
        "leave_out": ".ad",
        "summary": ".nothing",
    }
    row = item(read, html, selectors=selectors)
    assert (row.source_id, row.former_addresses) == ("self", ("/9",))
    assert (row.newest.title, row.newest.body, row.newest.issued_at) == ("Title", "<p>Text</p>", AT_NINE)
    assert row.newest.issued_by == ("Secretariat", "Mission")
    assert "summary" not in row.given


def test_a_selector_that_finds_no_text_is_told():
    """With what it was."""
    found = rows(read, page(), selectors={"body_html": ".none"})
    assert problems(found) == [
        "a.xml:1: nothing in the page is “.none”. Name the text's element in a mapping file (body_html)."
    ]


@pytest.mark.parametrize(
    ("declared", "encoding", "notes"),
    [
        ("", "utf-8", ()),
        ("", "utf-8-sig", ()),
        ("", "utf-16", ()),
        ("windows-1252", "utf-8", ()),
        ("ISO-8859-1", "windows-1252", ("read as Windows-1252, for the page declares iso-8859-1",)),
        ("windows-1251", "windows-1251", ("read as windows-1251, for the page declares windows-1251",)),
    ],
)
def test_an_encoding_is_recognised(declared, encoding, notes):
    """UTF-8 counts wherever it is; else what the page declares, which is said."""
    word = "Мир" if encoding == "windows-1251" else "“Äé”"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    html = f"{meta}{ADDRESS}<h1>{word}</h1><article>Text</article>"
    row = item(read, html.encode(encoding))
    assert (row.newest.title, row.notes) == (word, notes)


def test_a_page_in_windows_1252_that_does_not_say_so_is_read_and_said():
    """As other files are."""
    row = item(read, f"{ADDRESS}<h1>“Café”</h1><article>Text of letters</article>".encode("windows-1252"))
    assert row.newest.title == "“Café”"
    assert row.notes[0].startswith("read as Windows-1252: ")


def test_control_and_direction_marks_are_left_out_and_said():
    """NUL and the marks that turn a title."""
    row = item(read, f"{ADDRESS}<h1>a&#x202e;b</h1><article>T\0ext</article>")
    assert (row.newest.title, row.newest.body) == ("ab", "<p>Text</p>")
    assert row.notes == ("control characters are left out: 1", "title: U+202E is left out (right-to-left override)")


@pytest.mark.parametrize(
    "part", ["<div>", "<p>hello</p>", "<b id=x>", "a", "<!--", "<svg>", "<meta name=a content=b>", "<table><tr><td>"]
)
def test_a_hostile_page_is_read_or_refused_within_two_seconds(part):
    """One of 50 MB, and one within the limits."""
    for content in (part * (50_000_000 // len(part)), part * 29_000):
        start = time.monotonic()
        rows(read, content)
        assert time.monotonic() - start < 2


@pytest.mark.processes
@pytest.mark.parametrize("part", ["<p>hello there, this is a paragraph</p>", "<b id=x>", "<meta name=a content=b>"])
def test_a_hostile_page_takes_at_most_150_mb(part, monkeypatch):
    """The 70 MB that Django takes included."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    command = [sys.executable, "-c", MEMORY + MEASURED]
    content = (part * 29_900).encode()
    run = subprocess.run(command, input=content, capture_output=True, check=True, timeout=60)  # noqa: S603 - own code
    assert int(run.stdout) < 150


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1200), st.binary(max_size=20), st.integers(0, 40), st.binary(max_size=200))
def test_no_page_makes_the_reader_raise(start, inserted, left_out, other):
    """Random bytes, and a page in which some were changed."""
    whole = page(ADDRESS + JSON_LD).encode()
    for content in (other, whole[:start] + inserted + whole[start + left_out :]):
        (row,) = rows(read, content)
        assert isinstance(row, ItemRow | RejectedRow)
