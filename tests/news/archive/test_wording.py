"""Filling the slots of a story."""

import datetime

import pytest

from news.archive.places import places
from news.archive.wording import Filling, body_html, fill

FILLING = Filling(place=places()["AL"][0], issued_on=datetime.date(2026, 2, 25), numbers={"n1": 8140}, choices={1: 1})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "8,140 in Tirana on 3 March, a lake"),
        ("fr", "8\u202f140 à Tirana on 3 mars, a lake"),
        ("de", "8.140 in Tirana on 3. März, a lake"),
        ("it", "8.140 a Tirana on 3 marzo, a lake"),
        ("ru", "8\xa0140 в Тиране on 3 марта, a lake"),
        ("es", "8140 en Tirana on 3 de marzo, a lake"),
    ],
)
def test_numbers_days_and_places_are_written_as_the_language_does(language, text):
    """Choices take the same place in each language."""
    assert fill("{n1} {in_city} on {next_day}, {1:a river|a lake}", FILLING, language) == text


def test_lines_become_headings_lists_and_quotations():
    """A run of entries is one list."""
    html = body_html(["One & two.", "## Next", "- a", "- b", "> “So.”"])
    assert html == (
        "<p>One &amp; two.</p><h2>Next</h2><ul><li><p>a</p></li><li><p>b</p></li></ul>"
        "<blockquote><p>“So.”</p></blockquote>"
    )
