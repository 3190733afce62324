"""Reading exports of WordPress."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.importers.rows import ItemRow, Reference, RejectedRow
from news.importers.wordpress import read
from tests.news.importers.saved_files import RSS, item, rows

TERMS = """<language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:term><wp:term_taxonomy><![CDATA[post_translations]]></wp:term_taxonomy><wp:term_slug><![CDATA[pll_5f]]></wp:term_slug>
<wp:term_description><![CDATA[a:2:{s:2:"fr";i:11;s:2:"en";i:12;}]]></wp:term_description></wp:term>"""
POST = """<item><title><![CDATA[Rights &amp; duties]]></title><link>https://www.example.org/2019/05/rights/</link>
<dc:creator><![CDATA[anna]]></dc:creator><guid isPermaLink="false">https://www.example.org/?p=12</guid>
<description></description><content:encoded><![CDATA[<!-- wp:paragraph {"a":1} -->
First [sic] line
second

<blockquote>quoted</blockquote>

[caption id="a"]<img src="/x.jpg"> below[/caption]
[gallery ids="1,2"]]]></content:encoded><excerpt:encoded><![CDATA[In <b>short</b>.]]></excerpt:encoded>
<wp:post_id>12</wp:post_id><wp:post_date><![CDATA[2019-05-01 10:00:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[2019-05-01 08:00:00]]></wp:post_date_gmt><wp:status><![CDATA[publish]]></wp:status>
<wp:post_type><![CDATA[post]]></wp:post_type>
<category domain="category" nicename="arms-control"><![CDATA[Arms control]]></category>
<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>
<category domain="post_tag" nicename="x"><![CDATA[Summer]]></category>
<category domain="language" nicename="en"><![CDATA[English]]></category>
<category domain="post_translations" nicename="pll_5f"><![CDATA[pll_5f]]></category></item>"""


def post(inside: str, *, status: str = "publish", number: int = 1) -> str:
    """Return a post with these elements."""
    head = f"<title>T</title><wp:post_id>{number}</wp:post_id><wp:post_type>post</wp:post_type>"
    return f"<item>{head}<wp:status>{status}</wp:status>{inside}</item>"


DATE = "<wp:post_date_gmt>2019-05-01 08:00:00</wp:post_date_gmt>"


def test_a_post_is_read_whole():
    """As WordPress exports it: CDATA, blocks, shortcodes, paragraphs without elements."""
    row = item(read, RSS.format(TERMS + POST))
    assert (row.source, row.source_id, row.language) == ("example.org", "12", "en")
    assert row.former_addresses == ("/2019/05/rights",)
    edition = row.newest
    assert (edition.title, edition.summary, edition.state) == ("Rights & duties", "In short.", "approved")
    assert edition.body == "<p>First [sic] line<br>second</p><blockquote>quoted</blockquote>"
    assert edition.issued_at == datetime.datetime(2019, 5, 1, 8, tzinfo=datetime.UTC)
    assert edition.topics == ("Arms control",)
    assert row.notes == (
        "1 image is left out: imports take no pictures yet",
        "shortcodes left out: gallery",
        "tags left out: Summer",
    )


def test_a_translation_by_polylang_names_its_original():
    """The one in the blog's language, whichever number is lower."""
    inside = (
        '<category domain="language" nicename="fr"/><category domain="post_translations" nicename="pll_5f">x</category>'
    )
    row = item(read, RSS.format(TERMS + post(DATE + inside, number=11)))
    assert (row.language, row.translation_of) == ("fr", Reference(source_id="12"))


def test_the_language_of_wpml_is_read():
    """It stands among a post's own data."""
    meta = "<wp:postmeta><wp:meta_key>_wpml_language</wp:meta_key><wp:meta_value>ru</wp:meta_value></wp:postmeta>"
    assert item(read, RSS.format(post(DATE + meta))).language == "ru"


@pytest.mark.parametrize(
    ("status", "state", "notes"),
    [
        ("publish", "approved", ()),
        ("future", "approved", ()),
        ("pending", "submitted", ()),
        ("draft", "draft", ()),
        ("private", "draft", ("state: it comes as a draft, for it is private",)),
    ],
)
def test_a_status_becomes_a_state(status, state, notes):
    """Nothing becomes public that was not."""
    row = item(read, RSS.format(post(DATE, status=status)))
    assert (row.newest.state, row.notes) == (state, notes)


def test_a_post_with_a_password_comes_as_a_draft():
    """It was not public either."""
    row = item(read, RSS.format(post(f"{DATE}<wp:post_password>secret</wp:post_password>")))
    assert row.newest.state == "draft"
    assert row.notes == ("state: it comes as a draft, for it is protected by a password",)


def test_a_date_of_zeros_is_none():
    """The other date counts; without one the post is a draft."""
    none = "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    row = item(read, RSS.format(post(none + "<wp:post_date>2019-05-01 10:00:00</wp:post_date>")))
    assert row.newest.issued_at == datetime.datetime(2019, 5, 1, 8, tzinfo=datetime.UTC)
    row = item(read, RSS.format(post(none + "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>")))
    assert (row.newest.issued_at, row.newest.state) == (None, "draft")


def test_what_is_no_post_is_left_out_and_counted_once():
    """The last post says so."""
    others = "".join(f"<item><wp:post_type>{kind}</wp:post_type></item>" for kind in ("page", "attachment", "page"))
    trash = post("", status="trash")
    menu = "<item><wp:post_type>nav_menu_item</wp:post_type></item>"
    found = rows(read, RSS.format(post(DATE, number=1) + others + post(DATE, number=2) + trash + menu))
    assert [row.notes for row in found] == [
        (),
        (
            "left out of a.xml, for only posts are read: attachments: 1, menu items: 1, pages: 2,"
            " posts with the status “trash”: 1",
        ),
    ]


@settings(max_examples=100)
@given(st.integers(0, 2500), st.binary(max_size=20), st.integers(0, 40))
def test_no_export_makes_the_reader_raise(start, inserted, left_out):
    """One in which some bytes were changed."""
    whole = RSS.format(TERMS + POST).encode()
    found = rows(read, whole[:start] + inserted + whole[start + left_out :])
    assert found
    assert all(isinstance(row, ItemRow | RejectedRow) for row in found)
