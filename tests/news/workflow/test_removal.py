"""Removing a public item, and undoing it."""

import datetime

import pytest
from django.utils import timezone

from news import workflow
from news.models import Change, Edition, NewsItem, Removal
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db

Kind = Removal.Kind
LATER = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)


def wish(kind: str, **given: str) -> RemovalWish:
    """Return a complete wish of the kind."""
    parts = {
        Kind.ERROR: {},
        Kind.CONSOLIDATED: {"leads_to": "/news/"},
        Kind.WITHDRAWN: {"explanation": "It is outdated."},
    }
    return RemovalWish(kind=kind, reason="Asked for by the field operation.", **parts[kind] | given)


def removed(kind: str, **given: str) -> NewsItem:
    """Return an item that was public in two editions and is removed."""
    first = builders.published("A story")
    builders.next_edition(first, "A better story")
    workflow.remove(first.item, wish(kind, **given), by=None)
    return first.item


def test_what_was_published_in_error_was_never_public_at_any_moment():
    """Past editions and past moments included."""
    item = removed(Kind.ERROR)
    assert not Edition.objects.filter(item=item).visible(at=builders.LONG_AGO + datetime.timedelta(days=1)).exists()
    assert not Edition.objects.filter(item=item).visible().exists()
    assert not Edition.objects.filter(item=item).ever_visible().exists()


def test_what_is_consolidated_ends_and_keeps_its_past():
    """It can be read as it once stood."""
    item = removed(Kind.CONSOLIDATED)
    editions = Edition.objects.filter(item=item)
    assert not editions.visible().exists()
    assert editions.visible(at=builders.LONG_AGO).exists()
    assert editions.ever_visible().count() == 2


def test_what_is_withdrawn_stays_readable_and_leaves_the_lists():
    """From the moment of the withdrawal on."""
    item = removed(Kind.WITHDRAWN)
    editions = Edition.objects.filter(item=item)
    assert editions.visible().exists()
    assert not editions.listed().exists()
    moment = item.removals.get().removed_at
    assert editions.listed(at=moment - datetime.timedelta(microseconds=1)).exists()


@pytest.mark.parametrize("kind", [Kind.CONSOLIDATED, Kind.WITHDRAWN])
def test_undoing_a_consolidation_or_a_withdrawal_approves_a_minor_edition(kind):
    """The record keeps that the text was away."""
    item = removed(kind)
    edition = workflow.restore(item, by=None)
    assert (edition.number, edition.is_minor, edition.title) == (3, True, "A better story")
    assert list(Edition.objects.listed().filter(item=item)) == [edition]
    gone = item.removals.get()
    between = gone.removed_at + (gone.undone_at - gone.removed_at) / 2
    assert Edition.objects.listed(at=between).filter(item=item).exists() is False


def test_undoing_an_error_clears_the_flag_and_changes_nothing_else():
    """Every edition stands where it stood."""
    item = removed(Kind.ERROR)
    edition = workflow.restore(item, by=None)
    assert (edition.number, edition.title) == (2, "A better story")
    assert Edition.objects.filter(item=item).ever_visible().count() == 2
    assert list(Edition.objects.listed().filter(item=item)) == [edition]


@pytest.mark.parametrize("kind", Kind.values)
def test_each_removal_and_its_undoing_leave_a_row_in_the_log_of_changes(kind):
    """What is kept in memory hears of both."""
    item = removed(kind)
    before = Change.objects.filter(subject=f"news item {item.pk}").count()
    workflow.restore(item, by=None)
    assert before == 3  # two approvals and the removal
    assert Change.objects.filter(subject=f"news item {item.pk}").count() == 4


@pytest.mark.parametrize("kind", Kind.values)
def test_an_item_is_not_removed_while_a_draft_is_open_or_an_edition_scheduled(kind):
    """The reason names the edition and what to do with it."""
    item = builders.published("A story").item
    opened = workflow.open_edition(item, by=None)
    with pytest.raises(workflow.WorkflowError, match=r"Edition 2 is open\. Publish or discard it"):
        workflow.remove(item, wish(kind), by=None)
    workflow.approve(opened, by=None, visible_from=LATER)
    with pytest.raises(workflow.WorkflowError, match=r"Edition 2 is scheduled\. Take it back"):
        workflow.remove(item, wish(kind), by=None)
    assert not Removal.objects.exists()


@pytest.mark.parametrize("kind", Kind.values)
def test_a_removed_item_takes_no_draft_and_no_second_removal(kind):
    """Undo the removal first."""
    item = removed(kind)
    for act in (
        lambda: workflow.open_edition(item, by=None),
        lambda: workflow.remove(item, wish(Kind.ERROR), by=None),
    ):
        with pytest.raises(workflow.WorkflowError, match="Undo the removal first"):
            act()


def test_what_was_never_public_cannot_be_removed():
    """A draft is discarded; what is to come is taken back."""
    edition = builders.draft()
    workflow.approve(edition, by=None, visible_from=LATER)
    workflow.unschedule(edition, by=None)
    workflow.discard(edition, by=None)
    assert not NewsItem.objects.exists()


def test_everything_that_is_missing_or_wrong_is_said_at_once_by_field():
    """One look, one correction."""
    item = builders.published().item
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.remove(item, RemovalWish(kind="consolidated", reason=" "), by=None)
    assert set(refused.value.message_dict) == {"reason", "leads_to"}
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.remove(item, RemovalWish(kind="gone", reason="", leads_to="https://elsewhere.example/"), by=None)
    assert set(refused.value.message_dict) == {"kind", "reason", "leads_to"}
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.remove(item, RemovalWish(kind="withdrawn", reason="Old.", leads_to="/news/"), by=None)
    assert set(refused.value.message_dict) == {"explanation", "leads_to"}


def test_a_redirect_never_leads_to_the_item_itself_nor_back_to_it():
    """Neither at once nor through others."""
    first, second, third = (builders.published(name).item for name in ("First", "Second", "Third"))
    with pytest.raises(workflow.WorkflowError, match="That page is this item"):
        workflow.remove(first, wish(Kind.CONSOLIDATED, leads_to=str(first.pk)), by=None)
    workflow.remove(first, wish(Kind.CONSOLIDATED, leads_to=str(second.pk)), by=None)
    workflow.remove(second, wish(Kind.CONSOLIDATED, leads_to=third.get_absolute_url()), by=None)
    with pytest.raises(workflow.WorkflowError, match="leads back to it"):
        workflow.remove(third, wish(Kind.CONSOLIDATED, leads_to=str(first.pk)), by=None)


@pytest.mark.parametrize("state", ["draft", "removed"])
def test_a_redirect_never_leads_where_readers_find_nothing(state):
    """A draft has no page yet, and what was published in error has none any more."""
    item = builders.published().item
    other = builders.draft("Other").item if state == "draft" else removed(Kind.ERROR)
    with pytest.raises(workflow.WorkflowError, match="not public"):
        workflow.remove(item, wish(Kind.ERROR, leads_to=str(other.pk)), by=None)


def test_an_edition_is_taken_back_only_before_its_moment():
    """The public one goes on; what was public cannot be unsaid."""
    now = timezone.now()
    first = builders.published("A story")
    second = workflow.approve(workflow.open_edition(first.item, by=None), by=None, visible_from=LATER)
    with pytest.raises(workflow.WorkflowError, match="too late"):
        workflow.unschedule(second, by=None, now=LATER - datetime.timedelta(seconds=1))
    taken = workflow.unschedule(second, by=None, now=now)
    first.refresh_from_db()
    assert (taken.state, taken.visible_from, first.visible_until) == (Edition.State.DRAFT, None, None)
    assert list(Edition.objects.visible(at=LATER).filter(item=first.item)) == [first]
