"""HTML that is too deep to be cleaned."""

import pytest

from news.importers.html_depth import DEEPEST, is_too_deep

MORE = DEEPEST + 1


@pytest.mark.parametrize(
    ("html", "is_deep"),
    [
        ("<div>" * DEEPEST, False),
        ("<div>" * MORE, True),
        ("<DIV class='a'>" * MORE, True),
        ("<div><span>" * MORE, True),
        ("<div></p></b>" * MORE, True),
        ("<div></div>" * MORE, False),
        ("</div>" * MORE + "<div>" * DEEPEST, False),
        ("<p>one<br>two<li>" * MORE, False),
        ("1 < 2 " * MORE, False),
    ],
)
def test_only_elements_that_lie_in_each_other_count(html, is_deep):
    """Paragraphs and items of a list end where the next one begins; a closing tag of another closes nothing."""
    assert is_too_deep(html) == is_deep
