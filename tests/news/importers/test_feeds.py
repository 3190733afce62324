"""Reading RSS and Atom."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.importers.feeds import read_atom, read_rss
from news.importers.rows import ItemRow, RejectedRow
from tests.news.importers.saved_files import ATOM, RSS, item, problems, rows

AT_NINE = datetime.datetime(2025, 11, 25, 9, tzinfo=datetime.UTC)
WHOLE_ITEM = """<language>fr-FR</language>
<item><title>Droits &amp;amp; devoirs</title><link>https://www.example.org/node/12/</link>
<guid isPermaLink="false">12</guid><pubDate>Tue, 25 Nov 2025 10:00:00 +0100</pubDate>
<description>Un &lt;b&gt;résumé&lt;/b&gt;</description>
<content:encoded><![CDATA[<p>Le <a href="../13">texte</a><img src="a.jpg"></p>]]></content:encoded>
<category>Divers</category><enclosure url="a.mp3" type="audio/mpeg" length="1"/></item>"""
XHTML_ENTRY = """<entry xml:base="https://www.example.org/news/"><id>urn:1</id>
<title type="html">A &lt;em&gt;b&lt;/em&gt;</title>
<link href="1"/><link rel="enclosure" type="image/png" href="a.png"/><published>2025-11-25T09:00:00Z</published>
<summary type="text">Short &amp; plain</summary><category term="x" label="Label"/>
<content type="xhtml" xml:lang="de">
<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>Ein <h:a href="2">Wort</h:a></h:p>
<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:title>no</s:title></s:svg></h:div></content></entry>"""


def rss_item(inside: str) -> ItemRow:
    """Return the item of a feed that holds these elements beside what each needs."""
    return item(read_rss, RSS.format(f"<item><title>T</title><guid>1</guid>{inside}</item>"))


def test_an_item_of_rss_is_read_whole():
    """The description beside the content is the summary; relative addresses are meant from the item's."""
    row = item(read_rss, RSS.format(WHOLE_ITEM))
    assert (row.source, row.source_id, row.language) == ("example.org", "12", "fr")
    assert row.former_addresses == ("/node/12",)
    assert row.newest.title == "Droits & devoirs"
    assert row.newest.summary == "Un résumé"
    assert row.newest.body == '<p>Le <a href="https://www.example.org/node/13">texte</a></p>'
    assert row.newest.issued_at == AT_NINE
    assert row.notes == (
        "1 image is left out: imports take no pictures yet",
        "categories left out: Divers",
        "1 attachment is left out: imports take no attachments yet",
    )


def test_only_what_the_file_has_is_given():
    """All else stays as it is on the site."""
    assert rss_item("").given == {"title", "source", "source_id"}


def test_a_description_alone_is_the_text():
    """As most feeds have it; plain text becomes paragraphs."""
    row = rss_item("<description>One\n\nTwo &amp;lt; three</description>")
    assert (row.newest.body, row.newest.summary) == ("<p>One</p><p>Two &lt; three</p>", "")


def test_a_place_is_that_of_the_element():
    """Of an item its own."""
    row = item(read_rss, RSS.format("\n<item>\n <title>T</title><guid>1</guid></item>"))
    assert [str(row.whereabouts.place(name)) for name in ("", "title", "body_html")] == [
        "a.xml:2:1",
        "a.xml:3:2",
        "a.xml:2:1",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "<pubDate>Tue, 25 Nov 2025 09:00:00 GMT</pubDate>",
        "<pubDate>25 Nov 2025 10:00 CET</pubDate>",
        "<pubDate>Tue, 25 Nov 2025 04:00:00 EST</pubDate>",
        "<pubDate>Tue, 25 Nov 2025 12:00:00 MSK</pubDate>",
        "<dc:date>2025-11-25T10:00:00+01:00</dc:date>",
        "<pubDate>25 November 2025, 10:00</pubDate>",
    ],
)
def test_a_date_is_read_in_each_way_that_feeds_write_it(written):
    """Zones by name too; without one it is Vienna's."""
    assert rss_item(written).newest.issued_at == AT_NINE


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u202a"])
def test_marks_that_turn_a_title_are_left_out_and_named(mark):
    """Else it would read otherwise than it is stored."""
    row = item(read_rss, RSS.format(f"<item><title>exe.{mark}txt</title><guid>1</guid></item>"))
    assert row.newest.title == "exe.txt"
    assert row.notes[0].startswith(f"title: U+{ord(mark):04X} is left out (")


def test_an_address_with_a_question_mark_becomes_no_former_address():
    """And whoever imports is told."""
    row = rss_item("<link>https://www.example.org/?p=12</link>")
    assert row.former_addresses == ()
    assert row.notes == ("url: “https://www.example.org/?p=12” becomes no former address: it has a question mark",)


def test_an_item_without_guid_is_known_by_its_address():
    """And one whose guid is its address needs no link."""
    row = item(read_rss, RSS.format("<item><title>T</title><link>/node/1</link></item>"))
    assert row.source_id == "https://www.example.org/node/1"
    row = item(read_rss, RSS.format("<item><title>T</title><guid>https://www.example.org/node/2</guid></item>"))
    assert row.former_addresses == ("/node/2",)


def test_an_entry_of_atom_with_xhtml_is_read_whole():
    """Without its namespaces; the language of the content counts."""
    row = item(read_atom, ATOM.format(XHTML_ENTRY))
    assert (row.source, row.source_id, row.language) == ("example.org", "urn:1", "de")
    assert (row.newest.title, row.newest.summary) == ("A b", "Short & plain")
    assert row.newest.body == '<p>Ein <a href="https://www.example.org/news/2">Wort</a></p>'
    assert row.newest.issued_at == AT_NINE
    assert row.former_addresses == ("/news/1",)
    assert row.notes == ("categories left out: Label", "1 image is left out: imports take no pictures yet")


def test_xhtml_that_forgot_its_namespace_is_read_too():
    """Some programs write it so."""
    row = item(
        read_atom, ATOM.format('<entry><id>1</id><title>T</title><content type="xhtml"><p>A</p></content></entry>')
    )
    assert row.newest.body == "<p>A</p>"


def test_a_content_that_stands_elsewhere_is_not_fetched():
    """The summary is the text then."""
    content = '<content src="http://127.0.0.1:9/" type="text/html"/>'
    entry = f"<entry><id>1</id><title>T</title><summary>S</summary>{content}</entry>"
    row = item(read_atom, ATOM.format(entry))
    assert row.newest.body == "<p>S</p>"
    assert row.notes == ("its content is left out, for it is no text of the feed: “http://127.0.0.1:9/”",)


def test_a_plain_title_keeps_what_looks_like_html():
    """Atom says which it is."""
    row = item(read_atom, ATOM.format("<entry><id>1</id><title>a &lt; b &amp;amp; c</title></entry>"))
    assert row.newest.title == "a < b &amp; c"


def test_the_source_that_is_named_counts_more_than_the_feeds_own():
    """As with every format."""
    row = item(read_rss, RSS.format("<item><title>T</title><guid>1</guid></item>"), source="archive")
    assert row.source == "archive"


def test_a_bad_item_leaves_the_others_alone():
    """Only its own row is rejected."""
    wrong = "<item><title>T</title><guid>2</guid><pubDate>soon</pubDate></item>"
    good = "<item><title>T</title><guid>{}</guid></item>"
    found = rows(read_rss, RSS.format(good.format(1) + wrong + good.format(3)))
    assert [type(row) for row in found] == [ItemRow, RejectedRow, ItemRow]
    assert len(problems(found)) == 1


@settings(max_examples=150)
@given(st.sampled_from([read_rss, read_atom]), st.data())
def test_no_file_makes_a_reader_raise(reader, data):
    """Random bytes, and a feed in which some were changed."""
    whole = (RSS.format(WHOLE_ITEM) if reader is read_rss else ATOM.format(XHTML_ENTRY)).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    content = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    for each in (content, data.draw(st.binary(max_size=200))):
        assert all(isinstance(row, ItemRow | RejectedRow) for row in rows(reader, each))
