"""The acts that ask for a reason or a second thought: force, remove, restore, discard."""

import datetime

import pytest
import time_machine

from news import workflow
from news.models import Edition, ForcedApproval, NewsItem, Removal
from record.models import Act
from tests import builders
from tests.news.admin.desk import act, messages_of, page, seen

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 12, 3, 9, 0, tzinfo=datetime.UTC)
ANSWERS = {"withdrawn": 200, "consolidated": 301, "error": 410}


def removed(kind: str, **said: str) -> Edition:
    """Create an item that was public and is removed."""
    edition = builders.published("Read by all")
    given = {"reason": "Because.", "explanation": "It is no longer true."}
    workflow.remove(edition.item, workflow.RemovalWish(**given | said, kind=kind), by=None)
    return edition


def withdraw(item: NewsItem) -> Removal:
    """Withdraw the item."""
    return workflow.remove(item, workflow.RemovalWish(kind="withdrawn", reason="R", explanation="E"), by=None)


def test_forcing_needs_a_reason_and_flags_the_edition(publishing, client):
    """The page warns before; the draft need not have been submitted."""
    edition = builders.draft("Urgent")
    assert "although nobody but you has looked at it" in publishing.get(act("force", edition.item)).content.decode()
    refused = publishing.post(act("force", edition.item), seen(edition, when="now", reason=" "))
    assert refused.context["form"].errors["reason"] == ["Say why it cannot wait for someone else’s eyes."]
    sent = seen(edition, when="now", reason="The fire is spreading.")
    answer = publishing.post(act("force", edition.item), sent, follow=True)
    assert messages_of(answer) == "Edition 1 is approved: public."
    assert ForcedApproval.objects.get().reason == "The fire is spreading."
    assert client.get(edition.item.get_absolute_url()).status_code == 200


def test_forcing_from_a_later_moment_asks_for_one(publishing):
    """By the same input as an approval."""
    edition = builders.draft()
    with time_machine.travel(NOW, tick=False):
        sent = seen(edition, when="later", reason="The office is closed.")
        refused = publishing.post(act("force", edition.item), sent).context["form"]
        assert refused.errors["visible_from"] == ["Choose the day and the time from which it is to be public."]
        publishing.post(act("force", edition.item), sent | {"visible_from": "2026-12-03T10:00"})
    edition.refresh_from_db()
    assert edition.visible_from == LATER


def test_what_lacks_something_cannot_be_forced_and_the_page_says_what(publishing):
    """All of it at once, before a reason is asked for."""
    edition = workflow.create_item(workflow.Content(title="Half done"), by=None)
    found = publishing.get(act("force", edition.item)).content.decode()
    for what in ("a summary", "a text", "the date of issue", "an issuing institution"):
        assert f"<li>{what}</li>" in found
    assert 'name="reason"' not in found


@pytest.mark.parametrize("kind", ANSWERS)
def test_removing_shows_first_what_it_will_do_and_then_does_it(publishing, client, kind):
    """Until it is confirmed nothing has happened, and nobody was told."""
    edition = builders.published("Read by all")
    address = act("remove", edition.item)
    said = {"kind": kind, "reason": "It was replaced.", "explanation": "Read the newer one."}
    if kind == "consolidated":
        said["leads_to"] = f"Talks [{builders.published('Talks').item_id}]"
    shown = publishing.post(address, seen(edition, **said))
    assert "“Read by all” will be removed" in shown.content.decode()
    assert not Removal.objects.exists()
    assert not Act.objects.filter(verb="remove").exists()
    assert client.get(edition.item.get_absolute_url()).status_code == 200
    sure = {name: shown.context["form"][name].value() or "" for name in ("kind", "reason", "explanation", "leads_to")}
    answer = publishing.post(address, seen(edition, **sure, sure="Remove"), follow=True)
    assert messages_of(answer).startswith("The item is removed:")
    assert Removal.objects.get().kind == kind
    assert Act.objects.get(verb="remove").reason == "It was replaced."
    assert not Edition.objects.listed().filter(pk=edition.pk).exists()


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({}, {"kind", "reason"}),
        ({"kind": "withdrawn", "reason": "R"}, {"explanation"}),
        ({"kind": "consolidated", "reason": "R"}, {"leads_to"}),
        ({"kind": "consolidated", "leads_to": "https://elsewhere.example/"}, {"reason", "leads_to"}),
        ({"kind": "error", "reason": "R", "leads_to": "/nowhere/at/all/"}, {"leads_to"}),
        ({"kind": "withdrawn", "reason": "R", "explanation": "E", "leads_to": "/news/"}, {"leads_to"}),
        ({"kind": "invented", "reason": "R"}, {"kind"}),
    ],
)
def test_what_is_missing_or_wrong_in_a_removal_is_said_at_its_field(publishing, said, errors):
    """All of it at once; what was typed stays, and nothing is removed even if confirmed."""
    edition = builders.published()
    for sure in ({}, {"sure": "Remove"}):
        answer = publishing.post(act("remove", edition.item), seen(edition, **said, **sure))
        assert set(answer.context["form"].errors) == errors
    assert not Removal.objects.exists()


def test_an_item_never_leads_its_readers_to_itself(publishing):
    """Whether it is named by its number, its title or its address."""
    edition = builders.published("Talks")
    for named in (str(edition.item_id), f"Talks [{edition.item_id}]", edition.item.get_absolute_url()):
        said = {"kind": "consolidated", "reason": "R", "leads_to": named}
        form = publishing.post(act("remove", edition.item), seen(edition, **said)).context["form"]
        assert "That page is this item" in form.errors["leads_to"][0]


def test_one_may_go_back_from_the_confirmation_with_everything_still_typed(publishing):
    """To change something."""
    edition = builders.published()
    said = {"kind": "withdrawn", "reason": "R", "explanation": "To be worded better.", "change": "1"}
    found = publishing.post(act("remove", edition.item), seen(edition, **said)).content.decode()
    assert "To be worded better.</textarea>" in found


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda item: workflow.open_edition(item, by=None), "Edition 2 is open."),
        (
            lambda item: workflow.approve(workflow.open_edition(item, by=None), visible_from=LATER, by=None),
            "Edition 2 is scheduled.",
        ),
        (withdraw, "This item is removed (withdrawn)."),
    ],
    ids=["a draft is open", "one is scheduled", "it is removed"],
)
def test_a_removal_is_refused_with_the_reason(publishing, prepare, said):
    """Before anything is asked, and when somebody did that between the question and the answer."""
    edition = builders.published()
    sure = seen(edition, kind="error", reason="R", sure="Remove")
    with time_machine.travel(NOW, tick=False):
        prepare(edition.item)
        for answer in (
            publishing.get(act("remove", edition.item), follow=True),
            publishing.post(act("remove", edition.item), sure, follow=True),
        ):
            assert said in messages_of(answer)
    assert not Removal.objects.filter(kind="error").exists()


def test_an_edition_published_since_the_confirmation_is_shown_before_it_is_removed(publishing):
    """Nobody removes what they have not seen."""
    edition = builders.published("As seen")
    sure = seen(edition, kind="error", reason="R", sure="Remove")
    builders.next_edition(edition, "Published meanwhile", is_minor=True)
    shown = publishing.post(act("remove", edition.item), sure)
    assert "“Published meanwhile” will be removed" in shown.content.decode()
    assert not Removal.objects.exists()


@pytest.mark.parametrize("kind", ["withdrawn", "error"])
def test_a_removal_is_undone_after_a_question(publishing, client, kind):
    """The item's page says that it is removed and why, and leads there."""
    edition = removed(kind)
    found = publishing.get(page(edition.item)).content.decode()
    assert "It is no longer true." in found
    assert "Open a new edition" not in found
    asked = publishing.get(act("restore", edition.item))
    assert Removal.objects.standing().exists()
    answer = publishing.post(act("restore", edition.item), {"removal": asked.context["removal"].pk}, follow=True)
    assert messages_of(answer) == "The removal is undone: readers see the item again."
    assert Edition.objects.listed().filter(item=edition.item).exists()
    assert client.get(edition.item.get_absolute_url()).status_code == 200


def test_a_removal_undone_meanwhile_by_someone_else_is_told(publishing):
    """And a newer one is not undone for it."""
    edition = removed("withdrawn")
    first = Removal.objects.get()
    workflow.restore(edition.item, by=None)
    answer = publishing.post(act("restore", edition.item), {"removal": first.pk}, follow=True)
    assert "somebody has undone it meanwhile" in messages_of(answer)
    withdraw(edition.item)
    assert publishing.post(act("restore", edition.item), {"removal": first.pk}).status_code == 200
    assert Removal.objects.standing().exists()


def test_a_draft_that_never_was_public_goes_with_its_item_after_a_question(desk):
    """The question names what would be lost."""
    edition = builders.draft("Unwanted")
    address = act("discard", edition.item)
    asked = desk.get(address)
    assert "Unwanted" in asked.content.decode()
    answer = desk.post(address, seen(edition), follow=True)
    assert messages_of(answer) == "The draft “Unwanted” was discarded."
    assert not NewsItem.objects.exists()


def test_discarding_a_new_edition_leaves_what_is_public(desk, client):
    """And the item with it."""
    edition = builders.published()
    opened = workflow.open_edition(edition.item, by=None)
    desk.post(act("discard", edition.item), seen(opened))
    assert client.get(edition.item.get_absolute_url()).status_code == 200
    assert edition.item.editions.count() == 1


def test_what_was_ever_approved_cannot_be_deleted_by_any_address(desk):
    """Neither by the page that discards nor by Django's."""
    edition = builders.published()
    answer = desk.get(act("discard", edition.item), follow=True)
    assert "There is no draft to discard" in messages_of(answer)
    assert desk.post(act("delete", edition.item), {"post": "yes"}).status_code == 403
    assert NewsItem.objects.filter(pk=edition.item_id).exists()


def test_a_draft_saved_since_the_question_is_not_discarded_before_it_is_asked_again(desk):
    """Nobody's new work goes unseen."""
    edition = builders.draft()
    address = act("discard", edition.item)
    opened = seen(edition)
    workflow.save_draft(edition, builders.content("New work"), by=None)
    assert "Someone has saved this edition" in messages_of(desk.post(address, opened))
    assert NewsItem.objects.exists()


def test_an_item_that_others_refer_to_is_not_discarded(desk):
    """The message names them."""
    original = builders.draft("Original")
    builders.draft("Traduction", language="fr", translation_of=original.item)
    address = act("discard", original.item)
    answer = desk.post(address, seen(original), follow=True)
    assert "“Original” cannot be discarded, since others refer to it" in messages_of(answer)
    assert original.item.editions.exists()
