"""The index of all lists: its counts are what the database counts, whatever is published, removed or moved."""

import csv
import datetime
import json
import re
from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from news import workflow
from news.answers import all_numbers, answer
from news.changes import follower, publishing, record_change, record_changes
from news.facets import index, keeper
from news.index import following
from news.models import Change
from news.question import NEWEST, Question
from news.stories import stories
from taxonomy.catalogue import forget
from taxonomy.models import Topic
from tests import builders
from tests.news import archives
from tests.news.archives import HOUR, NOW, FreshTestCase
from tests.pages import main, page

pytestmark = pytest.mark.django_db
ROW = re.compile(r'class="row__link" href="[^"]*/news/(\d+)/')


def listed(**asked):
    """Return the numbers that the index lists for the question."""
    return list(index().listed(Question(**asked)))


def counts(parameter, **asked):
    """Return the counts of a parameter."""
    return index().counts(Question(**asked))[parameter]


class CountsAreTrue(FreshTestCase):
    """Random questions to random archives, at the moment and after embargoes have ended."""

    @settings(max_examples=25, deadline=None)
    @given(data=st.data(), drawn=archives.STORIES)
    def test_each_count_is_the_number_of_rows_after_the_click(self, data, drawn):
        """For every value of every facet; what is not offered would list nothing."""
        with time_machine.travel(NOW, tick=False):
            known = archives.names()
            index()
            archives.publish(drawn, known)
            forget()
        for hours in (0, 6, 40):
            with time_machine.travel(NOW + hours * HOUR, tick=False):
                self.compare(data.draw(archives.questions(known)), known)
        keeper.forget()
        with time_machine.travel(NOW, tick=False):
            self.compare(data.draw(archives.questions(known)), known)  # read anew, where it was followed above

    def compare(self, question, known):
        """Hold the index against the database."""
        expected = list(stories(question).values_list("pk", flat=True))
        assert list(all_numbers(question)) == expected
        assert len(index().listed(question)) == len(expected)
        counted = index().counts(question)
        for parameter, values in archives.values(known).items():
            assert set(counted[parameter]) <= set(values)
            for value in values:
                clicked = archives.with_value(question, parameter, value)
                assert counted[parameter].get(value, 0) == archives.rows(clicked), (parameter, value)

    @settings(max_examples=8, deadline=None)
    @given(data=st.data(), drawn=archives.STORIES)
    def test_pages_feeds_and_files_hold_the_same_items(self, data, drawn):
        """And what a click on a facet's value leads to holds as many as the facet says."""
        with time_machine.travel(NOW, tick=False):
            known = archives.names()
            archives.publish(drawn, known)
            forget()
            question = readable(data.draw(archives.questions(known)))
            expected = list(stories(question).values_list("item", flat=True))
            assert self.in_page(question) == self.in_file(question) == expected
            assert sorted(self.in_feed(question)) == sorted(expected)
            for parameter, counted in index().counts(question).items():
                for value, count in list(counted.items())[:1]:
                    assert len(self.in_page(archives.with_value(question, parameter, value))) == count

    def in_page(self, question):
        """Return the numbers of the items on the question's page."""
        return [int(number) for number in ROW.findall(main(self.client, address(question, size=50)))]

    def in_file(self, question):
        """Return those in its file for spreadsheets."""
        file = self.client.get(address(question, "export.csv")).getvalue().decode()
        return [int(row[0]) for row in csv.reader(file.splitlines()[1:])]

    def in_feed(self, question):
        """Return those in its feed, which knows one order."""
        feed = json.loads(page(self.client, address(question, "feed.json", sort=NEWEST)))
        return [int(entry["id"].rpartition("/")[2]) for entry in feed["items"]]


def readable(question):
    """Return a question that an address can ask: its last day is not before the first one."""
    if question.since and question.until:
        since, until = sorted([question.since, question.until])
        return replace(question, since=since, until=until)
    return question


def address(question, file="", **changes):
    """Return the address of the question's list, or of a file below it."""
    with override(question.page_language):
        return f"{reverse('news_list')}{file}{replace(question, **changes).query()}"


def test_a_withdrawal_and_an_error_leave_the_list_and_come_back():
    """Through the log alone: the index was read before."""
    edition = builders.published()
    for kind in ("withdrawn", "error"):
        index()
        wish = workflow.RemovalWish(kind=kind, reason="A test.", explanation="A test.")
        workflow.remove(edition.item, wish, by=None)
        assert listed() == []
        shown = workflow.restore(edition.item, by=None)
        assert listed() == [shown.pk]


def test_a_translation_hides_its_original_in_its_language_and_no_longer():
    """From its moment on; the other languages go on showing the original."""
    original = builders.published()
    translation = builders.published(language="fr", translation_of=original.item)
    assert (listed(page_language="fr"), listed(page_language="de")) == ([translation.pk], [original.pk])
    assert listed(languages=("en", "fr")) == [original.pk, translation.pk]
    workflow.remove(translation.item, workflow.RemovalWish(kind="error", reason="A test."), by=None)
    assert listed(page_language="fr") == [original.pk]


def test_an_embargo_lifts_in_its_second_without_a_query(django_assert_num_queries):
    """In a process that follows the log, nothing is asked."""
    edition = builders.published(visible_from=NOW, kind="speech")
    assert listed() == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(follower, "position", 1)
        with django_assert_num_queries(0):
            with time_machine.travel(NOW - datetime.timedelta(microseconds=1), tick=False):
                assert listed() == []
            with time_machine.travel(NOW, tick=False):
                assert (listed(), counts("kind")) == ([edition.pk], {"speech": 1})


def test_a_clock_that_is_set_back_shows_what_it_showed():
    """What has come is taken back."""
    builders.published(visible_from=NOW)
    with time_machine.travel(NOW, tick=False):
        assert len(listed()) == 1
    assert listed() == []


def test_a_scheduled_edition_that_is_taken_back_and_thrown_away_never_comes():
    """Though the index has waited for it."""
    edition = builders.published(visible_from=NOW)
    index()
    workflow.unschedule(edition, by=None)
    edition.refresh_from_db()
    workflow.discard(edition, by=None)
    with time_machine.travel(NOW + HOUR, tick=False):
        assert listed() == []


def test_a_moved_topic_takes_its_counts_along():
    """No row is touched."""
    first, second = builders.topic("First"), builders.topic("Second")
    moved = builders.topic("Moved", parent=first)
    builders.published(topics=[moved.pk])
    assert counts("topic") == {first.pk: 1, moved.pk: 1}
    moved = Topic.objects.get(pk=moved.pk)
    moved.parent = second
    moved.save()
    forget()
    assert counts("topic") == {second.pk: 1, moved.pk: 1}


def test_a_story_under_two_parts_of_a_topic_counts_once_for_it():
    """A parent is the union of its parts."""
    parent = builders.topic()
    parts = [builders.topic(parent=parent).pk for _number in range(2)]
    builders.published(topics=parts)
    assert counts("topic")[parent.pk] == 1


def test_a_page_costs_no_query_but_that_for_its_rows(django_assert_num_queries):
    """However many facets there are, in a process that follows the log: editions and the languages of their stories."""
    for _number in range(25):
        builders.published()
    answer(Question())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(follower, "position", 1)
        with django_assert_num_queries(2):
            assert answer(Question(page=2)).total == 25


def write(number):
    """Write so many rows of taxonomy into the log."""
    with publishing():
        for _row in range(number):
            record_change("country 1")


def test_a_place_that_the_log_has_lost_is_found_anew():
    """Rows are pruned, or another database stands there."""
    builders.published()
    index()
    builders.published()
    write(1)
    Change.objects.exclude(subject="country 1").delete()
    assert len(listed()) == 2
    Change.objects.all().delete()
    assert len(listed()) == 2


def test_a_long_way_in_the_log_is_walked_in_steps(monkeypatch):
    """None is skipped where a step ends."""
    monkeypatch.setattr(following, "ROWS", 2)
    builders.published()
    index()
    for _number in range(5):
        builders.published()
    write(3)
    monkeypatch.setattr(keeper, "_anew", None)
    assert len(listed()) == 6


def test_a_way_that_is_too_long_is_not_walked(monkeypatch):
    """Everything is read anew instead."""
    monkeypatch.setattr(following, "ROWS", 2)
    monkeypatch.setattr(following, "LEAST", 3)
    builders.published()
    before = index()
    for _number in range(6):
        builders.published()
    assert len(listed()) == 7
    assert index() is not before


def test_many_items_that_are_written_at_once_are_followed_one_by_one(monkeypatch):
    """By a row for each; nothing else is read."""
    builders.published()
    index()
    with publishing():
        items = [builders.published().item_id for _number in range(5)]
        Change.objects.filter(subject__in=[f"news item {item}" for item in items]).delete()
        record_changes({item: [NOW] for item in items})
    assert Change.objects.latest("pk").matters_at == [NOW.isoformat()]
    monkeypatch.setattr(keeper, "_anew", None)
    assert len(listed()) == 6


def test_a_row_that_names_no_edition_is_answered_by_reading_all():
    """Whoever writes around the verbs cannot say which."""
    builders.published()
    before = index()
    with publishing():
        record_change("everything")
    assert index() is not before
