"""Putting HTML in order."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from news.importers.markup import MOST_DEPTH, MarkupError, in_order
from taxonomy.rich_text import sanitize

MILLION = 10**6
HOSTILE = {
    "a million elements in each other": "<div>" * (MILLION // 2),
    "as many in each other as there may be": "<div>" * 59_000,
    "a million that are not closed": "<p><i>" * (MILLION // 2),
    "formatting that each paragraph repeats": "".join(f"<b id={n}>" for n in range(20_000)) + "<p>x" * 20_000,
    "tags without an end": "<a " * MILLION,
    "comments without an end": "<!--" * MILLION,
    "brackets": "<" * (4 * MILLION),
    "half tags": "</" * MILLION,
    "drawings without an end": "<svg>" * 50_000,
    "drawings of each sort without an end": "<svg><math><canvas><object>" * 10_000 + "x" * 3_000_000,
    "scripts without an end": "<script>" * (MILLION // 2),
    "quotation marks without an end": '<a b="' * (MILLION // 2),
    "a million attributes": "<a " + "x " * MILLION + ">",
    "a million attributes with names": "<a " + "".join(f"x{n}=1 " for n in range(200_000)) + ">",
    "tables in tables": "<table><tr><td>" * 100_000,
    "lists in lists": "<li><dd>" * 100_000,
    "titles": "<title>" * 50_000,
}
NAMES = (
    "p",
    "div",
    "b",
    "i",
    "table",
    "tr",
    "td",
    "li",
    "dd",
    "ul",
    "svg",
    "script",
    "style",
    "button",
    "select",
    "h2",
)
ODD = ("<a href=x>", "</a>", "<title>", "<template>", "<br>", "<!--", "-->", "x", " ", "&", "<", ">", '"', "\0")
TAGS = st.sampled_from([*ODD, *(f"<{name}>" for name in NAMES), *(f"</{name}>" for name in NAMES)])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p>a <b>b<i>c</b>d</p>", "<p>a <b>b<i>c</i></b>d</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<div><table><td></div>a</table>b</div>", "<div><table><td>a</td></table>b</div>"),
        ("<p>a<div>b</div>", "<p>a</p><div>b</div>"),
        ("1 < 2 > 0 &amp; &lt;", "1 &lt; 2 &gt; 0 &amp; &lt;"),
        ("a<!-- <p> -->b<!-->c<!--->d<!doctype html><?x?></ >e", "abcde"),
        ("<script>if (a<b) '</p>'</script>a<style>p{}</style>b<textarea><p></textarea>c", "abc"),
        ("a<svg><g><svg></svg></g></svg>b<svg>c", "abc"),
        ('<a title="a>b" HREF=x class>l</a>', '<a title="a&gt;b" href="x" class="">l</a>'),
        ("<a href=1 href=2 <b>x", '<a href="1">x</a>'),
        ("a\0b\ud800c", "abc"),
    ],
)
def test_html_is_put_in_order(html, expected):
    """What is open is closed, what is no text is left out."""
    assert in_order(html).html == expected


def test_relative_addresses_are_written_in_full():
    """But not those within the page, and not what is no address."""
    html = (
        '<a href="../b">1</a><a href="#c">2</a><a href="//h/x">3</a><a href="http://[">4</a><a href="mailto:a@b">5</a>'
    )
    assert in_order(html, base="https://a/x/y/z").html == (
        '<a href="https://a/x/b">1</a><a href="#c">2</a><a href="https://h/x">3</a><a href="http://[">4</a>'
        '<a href="mailto:a@b">5</a>'
    )


def test_what_is_left_out_is_counted():
    """Pictures, control characters."""
    markup = in_order("<img><img src=a>\0<svg></svg>", without=frozenset({"img"}))
    assert (markup.left_out["img"], markup.left_out["svg"], markup.left_out["control"]) == (2, 1, 1)


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_html_is_read_or_refused_within_two_seconds(html):
    """The parser and the sanitiser that follow included: both would take minutes for it as it came."""
    start = time.monotonic()
    try:
        markup = in_order(html)
    except MarkupError:
        markup = in_order("")
    LexborHTMLParser(markup.html).css("p")
    sanitize(markup.html)
    assert time.monotonic() - start < 2


def depth(node: LexborNode) -> int:
    """Return how many elements stand in each other."""
    deepest, waiting = 0, [(node, 0)]
    while waiting:
        each, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in each.iter()]
    return deepest


@settings(max_examples=300, deadline=None)
@given(st.lists(TAGS, max_size=40), st.integers(1, 30))
def test_what_is_in_order_is_no_deeper_for_a_parser_than_allowed(tags, times):
    """And no bigger than it came, but for what it closes: whatever the tags, and however often."""
    html = "".join(tags) * times
    try:
        markup = in_order(html)
    except MarkupError:
        return
    tree = LexborHTMLParser(markup.html)
    assert depth(tree.root) <= MOST_DEPTH + 20
    assert len(tree.html or "") <= 12 * len(html) + 200


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.lists(TAGS).map("".join))
def test_what_is_in_order_stays_as_it_is(html):
    """There is nothing left to mend."""
    once = in_order(html).html
    assert in_order(once).html == once
