"""What a list shows of a story."""

import datetime

import pytest
import time_machine
from django.utils.translation import override

from news.cards import Tags, cards
from news.question import Question
from news.stories import stories
from news.templatetags.cards import figures, news_card
from tests import builders
from tests.pages import main

pytestmark = pytest.mark.django_db


def rows():
    """Draw the rows of all stories."""
    return "".join(news_card(card=card, form="row", heading="h2") for card in cards(stories(Question()).for_cards()))


def test_twenty_cards_cost_two_queries(django_assert_num_queries):
    """The editions, and the languages of all their stories together."""
    institution, country = builders.institution(), builders.country()
    for _number in range(20):
        original = builders.published(issued_by=[institution.pk], countries=[country.pk])
        builders.published(language="ru", issued_by=[institution.pk], translation_of=original.item)
    rows()
    with django_assert_num_queries(2):
        assert rows().count('hreflang="ru"') == 20


def test_a_kept_row_follows_what_is_not_its_own(client, django_capture_on_commit_callbacks):
    """A renamed institution, a new slug, a translation that came later, another language of the page."""
    institution = builders.institution("Before")
    story = builders.published("Alpha", issued_by=[institution.pk])
    assert "Before" in main(client, "/news/")
    institution.name, institution.name_fr = "Afterwards", "Ensuite"
    with django_capture_on_commit_callbacks(execute=True):
        institution.save()
    assert "Afterwards" in main(client, "/news/")
    assert "Ensuite" in main(client, "/fr/news/")
    story.item.slug = "other"
    story.item.save()
    assert f"/news/{story.item_id}/other/" in main(client, "/news/")
    builders.published("Альфа", language="ru", translation_of=story.item)
    assert 'hreflang="ru"' in main(client, "/fr/news/")


def test_the_year_stands_where_it_is_not_this_one():
    """And a row kept in December shows it in January."""
    issued = datetime.datetime(2024, 12, 31, 12, tzinfo=datetime.UTC)
    builders.published("Alpha", issued_at=issued)
    with time_machine.travel(issued + datetime.timedelta(hours=1)):
        assert ">31 December</time>" in rows()
    with time_machine.travel(issued + datetime.timedelta(hours=12)):
        assert ">31 December 2024</time>" in rows()


def test_the_day_is_viennas():
    """What was issued at 23:30 in London belongs to the next day."""
    edition = builders.published(issued_at=datetime.datetime(2020, 1, 15, 23, 30, tzinfo=datetime.UTC))
    assert [card.day for card in cards([edition])] == ["16 January 2020"]


def test_a_tag_that_taxonomy_no_longer_holds_is_left_out():
    """The page stays."""
    edition = builders.published()
    edition.tags |= {"topics": [0], "countries": [0]}
    tags = Tags(edition=edition)
    assert (tags.topics, tags.countries, len(tags.issuers)) == ([], [], 1)


@pytest.mark.parametrize(("language", "expected"), [("en", "41,806"), ("de", "41.806"), ("es", "41.806")])
def test_a_number_is_grouped_as_its_language_does(language, expected):
    """By CLDR."""
    with override(language):
        assert figures(41_806) == expected
