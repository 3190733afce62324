"""The page of one item: approving, and what is approved."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from news import workflow
from news.models import Edition
from tests import builders
from tests.news.admin.desk import messages_of, page, typed

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)  # 10:00 in Vienna


def test_approve_now_saves_what_was_typed_and_makes_it_public(desk, client):
    """One button does both; the public page shows it at once."""
    edition = builders.draft("Before")
    answer = desk.post(page(edition.item), typed(edition, button="_approve", issued_at="2020-01-01T10:00"), follow=True)
    assert messages_of(answer) == "Edition 1 is approved: public."
    public = client.get(edition.item.get_absolute_url())
    assert "Talks open in Vienna" in public.content.decode()


def test_a_new_item_can_be_approved_at_once(desk):
    """Without saving it first."""
    issuer = builders.institution()
    sent = typed(button="_approve", issued_by=[issuer.pk], issued_at="2020-01-01T10:00")
    desk.post(reverse("admin:news_newsitem_add"), sent)
    assert Edition.objects.visible().get().title == "Talks open in Vienna"


def test_everything_that_an_approval_needs_is_said_at_once_each_at_its_field(desk):
    """And nothing is approved."""
    edition = builders.draft()
    empty = dict.fromkeys(("title", "summary", "body", "issued_at"), "") | {"issued_by": []}
    form = desk.post(page(edition.item), typed(edition, button="_approve", **empty)).context["adminform"].form
    assert set(form.errors) == {"title", "summary", "body", "issued_at", "issued_by"}
    assert form.errors["summary"] == ["Before it can be approved, it needs a summary."]
    assert not Edition.objects.visible().exists()


def test_a_text_of_which_nothing_may_stay_counts_as_none(desk):
    """It is cleaned before it is asked for."""
    edition = builders.draft()
    answer = desk.post(page(edition.item), typed(edition, button="_approve", body="<script>alert(1)</script>"))
    assert list(answer.context["adminform"].form.errors["body"]) == ["Before it can be approved, it needs a text."]


def test_a_draft_may_lack_all_but_its_title(desk):
    """Work in progress is saved as it is."""
    edition = builders.draft()
    empty = dict.fromkeys(("summary", "body", "issued_at"), "") | {"issued_by": []}
    assert desk.post(page(edition.item), typed(edition, **empty)).status_code == 302


def test_approve_from_a_moment_is_public_from_then_on(desk, client):
    """Typed as Vienna's clocks show it."""
    edition = builders.draft()
    with time_machine.travel(NOW, tick=False):
        sent = typed(edition, button="_approve_from", approve_from="2026-12-03T10:00")
        answer = desk.post(page(edition.item), sent, follow=True)
        assert messages_of(answer) == "Edition 1 is approved: scheduled for 3 December 2026, 10:00."
        assert client.get(edition.item.get_absolute_url()).status_code == 404
    with time_machine.travel(datetime.datetime(2026, 12, 3, 9, 0, tzinfo=datetime.UTC), tick=False):
        assert client.get(edition.item.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("moment", "complaint"),
    [
        ("", "Choose the day and the time from which it is to be public."),
        ("2026-11-24T09:59", "This moment has passed. Choose a later one, or approve now."),
        ("2027-03-28T02:30", "On 28 March 2027 the clocks in Vienna are put forward, and there is no 02:30."),
        ("2027-10-31T02:30", "On 31 October 2027 the clocks in Vienna are put back, and 02:30 comes twice."),
        ("2026-02-30T10:00", "Enter a valid date/time."),
        ("soon", "Enter a valid date/time."),
    ],
)
def test_a_moment_that_cannot_be_is_refused_at_its_field(desk, moment, complaint):
    """Past, skipped and repeated hours, days that no calendar has; nothing is approved, nothing typed is lost."""
    edition = builders.draft()
    with time_machine.travel(NOW, tick=False):
        answer = desk.post(page(edition.item), typed(edition, button="_approve_from", approve_from=moment))
    form = answer.context["adminform"].form
    assert form.errors["approve_from"][0].startswith(complaint)
    assert "The talks opened this morning." in answer.content.decode()
    assert not edition.item.editions.filter(state="approved").exists()


def test_what_only_the_verb_can_tell_becomes_a_message_and_the_draft_is_kept(desk):
    """A scheduled edition stands in the way."""
    edition = builders.draft()
    workflow.approve(edition, visible_from=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC), by=None)
    second = workflow.open_edition(edition.item, by=None)
    sent = typed(second, button="_approve", issued_at="2020-01-01T10:00")
    said = messages_of(desk.post(page(edition.item), sent, follow=True))
    assert said.startswith("The draft is saved, but not approved. / Edition 1 is scheduled already.")
    second.refresh_from_db()
    assert second.title == "Talks open in Vienna"
    assert second.is_open


def test_a_public_item_is_shown_as_approved_with_its_address_and_a_way_to_a_new_edition(desk):
    """There is no form to change it by."""
    edition = builders.published("Read by all", body="<p>The whole text.</p>")
    found = desk.get(page(edition.item)).content.decode()
    assert "The whole text." in found
    assert f'href="{edition.item.get_absolute_url()}"' in found
    assert "Open a new edition" in found
    assert 'name="title"' not in found


def test_a_new_edition_opens_with_the_public_content_which_stays_public(desk, client):
    """The form shows it; the table of editions leads to what was and is public."""
    edition = builders.published("Read by all")
    answer = desk.post(reverse("admin:news_newsitem_open_edition", args=[edition.item_id]), follow=True)
    assert answer.context["adminform"].form["title"].value() == "Read by all"
    assert [row.state for row in answer.context["editions"]] == ["draft", "public"]
    assert client.get(edition.item.get_absolute_url()).status_code == 200


def test_a_second_new_edition_is_refused_with_a_message(desk):
    """Two editors press the button at once."""
    edition = builders.published()
    address = reverse("admin:news_newsitem_open_edition", args=[edition.item_id])
    desk.post(address)
    assert "has an open draft already" in messages_of(desk.post(address, follow=True))
    assert edition.item.editions.count() == 2


def test_an_edition_that_was_replaced_is_linked_at_its_own_address(desk, client):
    """The public record stays readable."""
    first = builders.published("First words")
    workflow.approve(workflow.open_edition(first.item, by=None), by=None)
    address = f"{first.item.get_absolute_url()}editions/1/"
    assert f'href="{address}"' in desk.get(page(first.item)).content.decode()
    assert client.get(address).status_code == 200
