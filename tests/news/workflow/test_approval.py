"""The publishing verbs."""

import datetime

import pytest

from news import workflow
from news.models import Change, Edition
from tests import builders

pytestmark = pytest.mark.django_db


def test_an_approved_edition_is_visible_from_its_moment_and_ends_the_one_before():
    """The two intervals meet at the moment of approval, to the microsecond."""
    first = builders.published("First")
    second = workflow.open_edition(first.item, by=None)
    moment = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
    workflow.approve(second, visible_from=moment, by=None)
    before = moment - datetime.timedelta(microseconds=1)
    assert [edition.number for edition in Edition.objects.visible(at=before)] == [1]
    assert [edition.number for edition in Edition.objects.visible(at=moment)] == [2]


def test_an_approval_leaves_a_row_in_the_log_of_changes():
    """The row names both editions."""
    edition = builders.published()
    change = Change.objects.get(subject=f"news item {edition.item_id}")
    assert change.new_edition_id == edition.pk


def test_approval_names_everything_that_is_missing_at_once():
    """An editor mends all of it in one go."""
    edition = workflow.create_item(workflow.Content(title="Bare"), by=None)
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.approve(edition, by=None)
    assert "a summary, a text, the date of issue, an issuing institution" in refused.value.messages[0]
