"""What is offered while somebody types."""

import datetime

import pytest
from django.utils import timezone

from news import workflow
from news.search.suggestions import newest_titles, suggestions
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_titles_anew():
    """Keep no titles from the test before."""
    newest_titles.forget()


def offered(words, language="en"):
    """Return kind and name of what is offered."""
    return [(suggestion.kind, suggestion.name) for suggestion in suggestions(words, language=language)]


def test_records_come_before_stories_and_the_last_word_may_be_begun():
    """By the beginnings of their words, in whatever order."""
    builders.topic("Border management")
    builders.published("Patrols on the border")
    assert offered("bord") == [("Field of work", "Border management"), ("News", "Patrols on the border")]
    assert offered("patrol bor") == [("News", "Patrols on the border")]
    assert offered("border patr") == [("News", "Patrols on the border")]


def test_one_letter_offers_nothing_and_two_are_a_word():
    """Half of the dictionary begins with them."""
    builders.published("EU and elections")
    assert offered("e") == []
    assert offered("el") == []
    assert offered("eu") == [("News", "EU and elections")]


def test_a_story_is_offered_once_in_the_language_of_the_page():
    """A translation and its original have the same names in their titles."""
    original = builders.published("Visit to Kyiv")
    builders.published("Visite à Kyiv", language="fr", translation_of=original.item)
    assert offered("kyiv", "en") == [("News", "Visit to Kyiv")]
    assert offered("kyiv", "fr") == [("News", "Visite à Kyiv")]


def test_another_language_is_named_so_that_it_is_read_out_in_it():
    """A screen reader changes its voice."""
    builders.published("Visite à Kyiv", language="fr")
    assert [suggestion.language for suggestion in suggestions("kyiv", language="en")] == ["fr"]


def test_what_is_not_public_is_never_offered():
    """A draft, an embargoed text, one that was removed a moment ago."""
    builders.draft("Xylophonium draft")
    builders.published("Xylophonium later", visible_from=timezone.now() + datetime.timedelta(hours=1))
    public = builders.published("Xylophonium now")
    assert offered("xylophon") == [("News", "Xylophonium now")]
    newest_titles.read_at = None
    newest_titles.all()
    workflow.remove(public.item, workflow.RemovalWish(kind="error", reason="Wrong."), by=None)
    assert offered("xylophon") == []


def test_typing_costs_one_query_once_the_titles_are_known(django_assert_num_queries):
    """The one that looks whether they are still listed; none where no title has the words."""
    builders.published("Patrols on the border")
    offered("warm")
    with django_assert_num_queries(1):
        offered("patr")
    with django_assert_num_queries(0):
        offered("nothing like it")
