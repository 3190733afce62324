"""Filling the slots of a story."""

import datetime
from dataclasses import replace

import pytest

from news.archive.additions import additions
from news.archive.places import places
from news.archive.stories import stories
from news.archive.wording import Filling, body_html, fill, fill_wording

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


def test_a_text_grows_by_what_is_added_and_by_the_date_of_the_next_meeting():
    """Two paragraphs of background stand under their heading; a local language has none."""
    story = next(story for story in stories() if {"fr", "sq"} <= story.wordings.keys() and story.kind == "news")
    filling = replace(FILLING, numbers=dict.fromkeys(story.numbers, 30), choices=dict.fromkeys(story.choices, 0))
    longer = replace(filling, added=(0, 2), tells_meeting=True)
    added = additions(story.kind, "fr")
    texts = ["## Contexte", added.paragraphs[0], added.paragraphs[2], "La prochaine réunion aura lieu le 3 mars."]
    for language, expected in (("fr", texts), ("sq", ["Takimi i ardhshëm mbahet më 3 mars."])):
        _title, _summary, before = fill_wording(story, filling, language)
        _title, _summary, after = fill_wording(story, longer, language)
        assert after == before + body_html(expected)


def test_what_is_added_to_a_speech_stands_before_its_last_paragraph():
    """Which is its thanks."""
    story = next(story for story in stories() if story.kind == "speech")
    filling = replace(FILLING, numbers=dict.fromkeys(story.numbers, 30), choices=dict.fromkeys(story.choices, 0))
    _title, _summary, before = fill_wording(story, filling, "en")
    _title, _summary, after = fill_wording(story, replace(filling, added=(1,)), "en")
    last = before.rindex("<p>")
    assert after == before[:last] + body_html([additions("speech", "en").paragraphs[1]]) + before[last:]
