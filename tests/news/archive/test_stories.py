"""The texts of the sample archive."""

import pytest
from django.conf import settings

from news.archive.stories import CHOICE, SLOT, choices_in, stories
from news.models import Edition

LANGUAGES = {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
def test_a_story_offers_the_same_slots_and_choices_in_every_language(story):
    """A slot that is misspelt in one language would break the archive on the day it is drawn."""
    known = {"city", "in_city", "next_day", "year", "report", *story.numbers}
    for language, wording in story.wordings.items():
        options = {}
        for number, texts in CHOICE.findall(wording.text):
            options.setdefault(int(number), set()).add(texts.count("|") + 1)
        assert {number: {options[number].pop()} for number in options} == {
            number: {story.choices[number]} for number in options
        }, language
        assert set(choices_in(wording.text)) <= set(story.choices), language
        assert set(SLOT.findall(CHOICE.sub("", wording.text))) <= known, language


def test_there_are_forty_stories_and_twenty_of_them_in_all_six_languages():
    """Enough that three hundred items do not repeat visibly."""
    complete = [story for story in stories() if set(story.wordings) >= LANGUAGES]
    assert len(stories()) >= 40
    assert len(complete) >= 20


def test_every_kind_of_text_is_told():
    """And no other."""
    assert {story.kind for story in stories()} == set(Edition.Kind.values)


def test_a_local_language_is_one_that_the_site_has():
    """Its items would have no address otherwise."""
    known = LANGUAGES | {code for code, _name in settings.LOCAL_LANGUAGES}
    assert all(set(story.wordings) <= known for story in stories())


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
def test_nothing_but_slots_stays_open_once_choices_are_taken(story):
    """A slot within a choice would be shown to readers as it is written."""
    for language, wording in story.wordings.items():
        closed = SLOT.sub("", CHOICE.sub("", wording.text))
        assert "{" not in closed, language
        assert "}" not in closed, language


@pytest.mark.parametrize("story", [story for story in stories() if story.numbers], ids=lambda story: story.name)
def test_a_number_that_is_corrected_stands_in_every_language(story):
    """A correction would change nothing where it doesn't."""
    first = next(iter(story.numbers))
    for language, wording in story.wordings.items():
        assert f"{{{first}}}" in CHOICE.sub("", wording.text), language
