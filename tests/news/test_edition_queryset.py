"""The two doors: what visitors may read, and what lists show."""

import contextlib
import datetime

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news import workflow
from news.models import Edition
from tests import builders

UTC = datetime.UTC
START = datetime.datetime(2030, 1, 1, tzinfo=UTC)


def moment(hours: float) -> datetime.datetime:
    """Return a moment so many hours after the start."""
    return START + datetime.timedelta(hours=hours)


@pytest.mark.django_db
def test_a_scheduled_edition_is_visible_from_its_moment_and_not_before():
    """To the microsecond, with no job."""
    edition = builders.published(visible_from=moment(0))
    assert not Edition.objects.visible(at=moment(0) - datetime.timedelta(microseconds=1)).exists()
    assert list(Edition.objects.visible(at=moment(0))) == [edition]


@pytest.mark.django_db
def test_a_withdrawn_item_leaves_lists_and_keeps_its_page():
    """`listed_until` ends the lists alone."""
    edition = builders.published()
    Edition.objects.filter(pk=edition.pk).update(listed_until=moment(1))
    assert Edition.objects.visible(at=moment(2)).exists()
    assert not Edition.objects.listed(at=moment(2)).exists()


@pytest.mark.django_db
def test_what_was_published_in_error_is_visible_at_no_moment():
    """Past moments included."""
    edition = builders.published()
    Edition.objects.filter(pk=edition.pk).update(is_retracted=True)
    assert not Edition.objects.visible(at=edition.visible_from).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param("fr", ["fr"], id="the translation where there is one"),
        pytest.param("en", ["en"], id="the original in its own language"),
        pytest.param("de", ["en"], id="the original where there is no translation"),
    ],
)
def test_a_list_shows_a_story_once(language, expected):
    """In the reader's language, or as the original."""
    original = builders.published("Story")
    builders.published("Histoire", language="fr", translation_of=original.item)
    rows = Edition.objects.listed().one_for_each_story(language)
    assert [row.language for row in rows] == expected


@pytest.mark.django_db
def test_a_translation_that_is_not_public_yet_does_not_hide_the_original():
    """Else the story would vanish from the list."""
    original = builders.published("Story")
    builders.draft("Histoire", language="fr", translation_of=original.item)
    assert [row.language for row in Edition.objects.listed().one_for_each_story("fr")] == ["en"]


@pytest.mark.django_db
def test_tags_narrow_a_list():
    """By any of the values given."""
    here, there, institution, topic = builders.country(), builders.country(), builders.institution(), builders.topic()
    edition = builders.published(countries=[here.pk], issued_by=[institution.pk], topics=[topic.pk])
    builders.published(countries=[there.pk])
    listed = Edition.objects.listed()
    assert list(listed.in_countries([here.pk])) == [edition]
    assert list(listed.issued_by([institution.pk])) == [edition]
    assert list(listed.on_topics([topic.pk])) == [edition]
    assert listed.in_countries([here.pk, there.pk]).count() == 2


class OneEditionAtATime(TestCase):
    """Whatever moments editors choose, an item shows at most one edition at any of them."""

    @settings(max_examples=40, deadline=None)
    @given(
        hours=st.lists(st.integers(0, 50), min_size=1, max_size=6),
        asked=st.lists(st.floats(0, 60), min_size=1, max_size=5),
    )
    def test_no_two_editions_are_visible_at_once(self, hours, asked):
        """Refused moments leave everything as it was."""
        item = builders.published(visible_from=START - datetime.timedelta(days=1)).item
        for hour in hours:
            with time_machine.travel(moment(hour), tick=False), contextlib.suppress(workflow.WorkflowError):
                draft = item.editions.open_drafts().first() or workflow.open_edition(item, by=None)
                workflow.approve(draft, visible_from=moment(hour), by=None)
        for hour in asked:
            assert Edition.objects.visible(at=moment(hour)).filter(item=item).count() == 1
