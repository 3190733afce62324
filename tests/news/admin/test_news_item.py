"""The page of one item: what each person can do next, and what becomes of it."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from news import workflow
from news.models import Edition, ForcedApproval
from tests import builders
from tests.news.admin.desk import act, messages_of, page, seen, submitted, typed

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)  # 10:00 in Vienna
LATER = datetime.datetime(2026, 12, 3, 9, 0, tzinfo=datetime.UTC)


def browser_of(name: str, *permissions: str, **fields) -> Client:
    """Return the browser of a new member of staff."""
    opened = Client()
    opened.force_login(builders.member_of_staff(name, *permissions, **fields))
    return opened


def test_an_item_goes_from_a_writer_by_an_editor_to_its_readers(client):
    """Each by the buttons of the own page; the writer cannot approve, and is told so."""
    house = builders.institution("Secretariat")
    writer = browser_of("wanda", *builders.WRITER, home=[house])
    editor = browser_of("edgar", *builders.EDITOR, home=[house])
    sent = typed(button="_submit", issued_by=[house.pk], issued_at="2020-01-01T10:00")
    told = writer.post(reverse("admin:news_newsitem_add"), sent, follow=True)
    assert messages_of(told) == "Submitted. Someone else approves it, or returns it to you."
    edition = Edition.objects.get()
    assert "Approve now" not in told.content.decode()
    assert "You wrote or submitted this edition. Someone else has to approve it." in told.content.decode()

    read = editor.get(page(edition.item)).content.decode()
    assert "The talks opened this morning." in read
    assert 'name="title"' not in read
    returned = editor.post(act("return", edition.item), seen(edition, **{"return-remark": "Which talks?"}), follow=True)
    assert messages_of(returned).startswith("Returned.")

    mended = writer.get(page(edition.item))
    assert "Which talks?" in mended.content.decode()
    assert mended.context["adminform"].form["title"].value() == "Talks open in Vienna"
    edition.refresh_from_db()
    again = typed(edition, button="_submit", title="Talks on water open", issued_at="2020-01-01T10:00")
    writer.post(page(edition.item), again)
    approved = editor.post(act("approve", edition.item), seen(edition), follow=True)
    assert messages_of(approved) == "Edition 1 is approved: public."
    assert "Talks on water open" in client.get(edition.item.get_absolute_url()).content.decode()


def test_everything_that_is_missing_is_said_at_once_each_at_its_field(desk):
    """And nothing is submitted."""
    edition = builders.draft()
    empty = dict.fromkeys(("title", "summary", "body", "issued_at"), "") | {"issued_by": []}
    form = desk.post(page(edition.item), typed(edition, button="_submit", **empty)).context["adminform"].form
    assert set(form.errors) == {"title", "summary", "body", "issued_at", "issued_by"}
    assert form.errors["summary"] == ["Before it can be submitted, it needs a summary."]
    edition.refresh_from_db()
    assert edition.state == "draft"


@pytest.mark.parametrize(
    ("change", "is_submitted"), [({}, False), ({"change_note": "More."}, True), ({"is_minor": "on"}, True)]
)
def test_from_the_second_edition_on_readers_are_told_what_has_changed_or_it_is_minor(desk, change, is_submitted):
    """The field says so."""
    second = workflow.open_edition(builders.published().item, by=None)
    answer = desk.post(page(second.item), typed(second, button="_submit", **change))
    second.refresh_from_db()
    assert second.state == ("submitted" if is_submitted else "draft")
    if not is_submitted:
        complaint = "it needs a sentence for readers on what has changed, or the mark “minor change”."
        assert complaint in answer.context["adminform"].form.errors["change_note"][0]


def test_a_text_of_which_nothing_may_stay_counts_as_none(desk):
    """It is cleaned before it is asked for."""
    edition = builders.draft()
    answer = desk.post(page(edition.item), typed(edition, button="_submit", body="<script>alert(1)</script>"))
    assert list(answer.context["adminform"].form.errors["body"]) == ["Before it can be submitted, it needs a text."]


def test_a_draft_may_lack_all_but_its_title(desk):
    """Work in progress is saved as it is."""
    edition = builders.draft()
    empty = dict.fromkeys(("summary", "body", "issued_at"), "") | {"issued_by": []}
    assert desk.post(page(edition.item), typed(edition, **empty)).status_code == 302


def test_what_is_to_be_approved_is_shown_with_what_it_changes_in_the_public_edition(desk):
    """Word by word, before anything can be approved."""
    first = builders.published("Talks open in Vienna")
    second = workflow.open_edition(first.item, by=None)
    workflow.save_draft(second, builders.content("Talks open in Helsinki", change_note="The place."), by=None)
    workflow.submit(second, by=None)
    found = desk.get(page(first.item)).content.decode()
    assert "What edition 2 changes in edition 1, which is public" in found
    assert "<del>" in found
    assert found.index("<ins>") < found.index("Approve now")


def test_an_approver_who_edits_what_was_submitted_is_told_first_and_becomes_a_writer(desk):
    """Then it takes a third person."""
    edition = submitted()
    form = desk.get(f"{page(edition.item)}?edit=1").content.decode()
    assert "you become one of its writers, and cannot approve it" in form
    desk.post(page(edition.item), typed(edition, title="Corrected"), follow=True)
    edition.refresh_from_db()
    assert (edition.state, edition.title) == ("submitted", "Corrected")
    refused = desk.post(act("approve", edition.item), seen(edition))
    assert messages_of(refused) == "You wrote or submitted this edition. Someone else has to approve it."
    assert not Edition.objects.visible().exists()


def test_approve_from_a_moment_is_public_from_then_on(desk, client):
    """Not a second earlier, and with nothing run in between."""
    edition = submitted()
    said = {"later": "1", "approve-visible_from": "2026-12-03T10:00"}
    with time_machine.travel(NOW, tick=False):
        answer = desk.post(act("approve", edition.item), seen(edition, **said), follow=True)
    assert messages_of(answer) == "Edition 1 is approved: scheduled for 3 December 2026, 10:00 (Vienna)."
    for early, status in ((1, 404), (0, 200)):
        with time_machine.travel(LATER - datetime.timedelta(seconds=early), tick=False):
            assert client.get(edition.item.get_absolute_url()).status_code == status


def test_what_is_scheduled_is_shown_by_three_clocks_and_can_be_taken_back(publishing, publisher, client):
    """Vienna's, the person's own, UTC."""
    publisher.person.time_zone = "Asia/Tashkent"
    publisher.person.save()
    edition = submitted()
    with time_machine.travel(NOW, tick=False):
        workflow.approve(edition, visible_from=LATER, by=None)
        found = publishing.get(page(edition.item)).content.decode()
        shown = {"Vienna": "10:00", "Tashkent": "14:00", "UTC": "09:00"}
        for place, time in shown.items():
            assert f"<dt>{place}</dt><dd" in found
            assert f"3 December 2026, {time}</dd>" in found
        answer = publishing.post(act("unschedule", edition.item), seen(edition), follow=True)
        assert messages_of(answer) == "The edition is taken back: it is a draft again."
        assert answer.context["adminform"].form["title"].value() == edition.title
    with time_machine.travel(LATER, tick=False):
        assert client.get(edition.item.get_absolute_url()).status_code == 404


def test_it_is_too_late_to_take_back_what_is_public(publishing):
    """Somebody waited with the page open."""
    edition = submitted()
    with time_machine.travel(NOW, tick=False):
        workflow.approve(edition, visible_from=LATER, by=None)
    with time_machine.travel(LATER, tick=False):
        answer = publishing.post(act("unschedule", edition.item), seen(edition), follow=True)
    assert messages_of(answer) == "It is too late: edition 1 is public."


def test_what_was_forced_is_flagged_with_its_reason_until_somebody_else_has_reviewed_it(publishing, publisher):
    """Not the one who forced it."""
    edition = workflow.force(builders.draft(), reason="The fire is spreading.", by=publisher)
    own = publishing.get(page(edition.item)).content.decode()
    assert "The fire is spreading." in own
    assert "I have reviewed" not in own
    refused = publishing.post(act("review", edition.item), seen(edition), follow=True)
    assert messages_of(refused) == "You approved this edition yourself. Someone else has to review it."
    other = browser_of("olga", *builders.PUBLISHER, "work_everywhere")
    assert "I have reviewed edition 1" in other.get(page(edition.item)).content.decode()
    answer = other.post(act("review", edition.item), seen(edition), follow=True)
    assert messages_of(answer) == "Noted that you have reviewed it."
    assert "The fire is spreading." not in answer.content.decode()
    assert ForcedApproval.objects.get().reviewed_by.username == "olga"


def test_an_older_forced_edition_can_still_be_reviewed_while_the_next_is_written(publishing):
    """The flag does not vanish with a new draft."""
    person = builders.member_of_staff("olga", *builders.PUBLISHER, "work_everywhere")
    edition = workflow.force(builders.draft(), reason="Now.", by=person)
    workflow.open_edition(edition.item, by=None)
    publishing.post(act("review", edition.item), seen(edition))
    assert ForcedApproval.objects.get().reviewed_at is not None


@pytest.mark.parametrize("name", ["approve", "return"])
def test_what_somebody_saved_meanwhile_is_decided_on_only_after_it_was_seen(desk, name):
    """The page shows it as it is now, and what was typed."""
    edition = submitted()
    opened = seen(edition, **{"return-remark": "A long remark."})
    workflow.save_draft(edition, builders.content("Rewritten meanwhile"), by=None)
    answer = desk.post(act(name, edition.item), opened)
    found = answer.content.decode()
    assert "Someone has saved this edition since you opened this page." in found
    assert "Rewritten meanwhile" in found
    assert name == "approve" or "A long remark.</textarea>" in found
    edition.refresh_from_db()
    assert edition.state == "submitted"


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (lambda edition: workflow.approve(edition, by=None), "Someone has saved this edition"),
        (lambda edition: workflow.send_back(edition, remark="No.", by=None), "Someone has saved this edition"),
        (lambda edition: workflow.discard(edition, by=None), "This item is gone"),
    ],
    ids=["approved", "returned", "discarded"],
)
def test_an_act_done_meanwhile_by_someone_else_is_told(desk, meanwhile, said):
    """Two tabs, or two people."""
    edition = submitted()
    address, opened = act("approve", edition.item), seen(edition)
    meanwhile(edition)
    assert said in messages_of(desk.post(address, opened, follow=True))


def test_a_return_without_a_remark_is_refused_at_its_field(desk):
    """The moment typed beside it is another form's."""
    edition = submitted()
    answer = desk.post(act("return", edition.item), seen(edition, **{"return-remark": "  "}))
    assert answer.context["return_form"].errors["remark"] == ["Say in a sentence what has to be mended."]


def test_what_only_the_verb_can_tell_stands_above_the_page_and_the_moment_stays_typed(desk):
    """The date of issue lies later than the moment."""
    edition = submitted(issued_at=datetime.datetime(2101, 1, 1, tzinfo=datetime.UTC))
    said = {"later": "1", "approve-visible_from": "2100-05-01T10:00"}
    answer = desk.post(act("approve", edition.item), seen(edition, **said))
    assert messages_of(answer) == "The date of issue lies after the moment from which it is visible."
    assert 'value="2100-05-01T10:00"' in answer.content.decode()


def test_a_public_item_is_shown_with_its_address_and_a_way_to_a_new_edition(desk):
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
    answer = desk.post(act("open_edition", edition.item), follow=True)
    assert answer.context["adminform"].form["title"].value() == "Read by all"
    assert [row.state for row in answer.context["editions"]] == ["draft", "public"]
    assert client.get(edition.item.get_absolute_url()).status_code == 200


def test_a_second_new_edition_is_refused_with_a_message(desk):
    """Two editors press the button at once."""
    edition = builders.published()
    desk.post(act("open_edition", edition.item))
    assert "has an open draft already" in messages_of(desk.post(act("open_edition", edition.item), follow=True))
    assert edition.item.editions.count() == 2


def test_an_edition_that_was_replaced_is_linked_at_its_own_address(desk, client):
    """The public record stays readable."""
    first = builders.published("First words")
    workflow.approve(workflow.open_edition(first.item, by=None), by=None)
    address = f"{first.item.get_absolute_url()}editions/1/"
    assert f'href="{address}"' in desk.get(page(first.item)).content.decode()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["approve", "return", "review", "unschedule", "submit", "open_edition"])
def test_a_link_never_acts_it_leads_to_the_item(desk, name):
    """Nor does what a login sends on."""
    edition = submitted()
    assert desk.get(act(name, edition.item))["Location"] == page(edition.item)
    edition.refresh_from_db()
    assert edition.state == "submitted"
    assert edition.item.editions.count() == 1


def test_the_page_costs_a_fixed_number_of_queries_however_many_editions(publishing, django_assert_max_num_queries):
    """An item of thirty editions is opened as fast as one of two."""
    edition = builders.published()
    for number in range(30):
        workflow.approve(workflow.open_edition(edition.item, by=None), by=None)
        assert number < 30
    publishing.get(page(edition.item))
    with django_assert_max_num_queries(18):
        publishing.get(page(edition.item))
