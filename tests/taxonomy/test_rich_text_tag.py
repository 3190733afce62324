"""Stored rich text on a page."""

import pytest

from taxonomy.rich_text import sanitize
from taxonomy.templatetags.rich_text import rich_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", '<p><span class="prose__dateline">R&amp;D</span> One.</p><p>Two.</p>'),
        ("<h2>One</h2>", '<p><span class="prose__dateline">R&amp;D</span> </p><h2>One</h2>'),
        ("", '<p><span class="prose__dateline">R&amp;D</span> </p>'),
    ],
    ids=["opens the first paragraph", "stands before what is no paragraph", "stands alone"],
)
def test_the_dateline_opens_the_text(text, expected):
    """As text: what an editor typed into it is escaped."""
    assert rich_text(text=text, dateline="R&D") == expected


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches():
    """The frame is closed where the table is."""
    stored = sanitize("<p>Before</p><table><tbody><tr><td>1</td></tr></tbody></table><p>After</p>")
    shown = rich_text(text=stored)
    assert shown.count('<div class="table" role="region" tabindex="0" aria-label="Table"><table>') == 1
    assert shown.index("</table></div><p>After</p>")
