"""The newsroom's admin, as an editor meets it: the list, the form, its buttons, its refusals."""

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from news import workflow
from news.models import Edition, NewsItem
from tests import builders

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)  # 10:00 in Vienna


@pytest.fixture
def editor() -> User:
    """Return someone who may write and approve."""
    return builders.member_of_staff("anna", *builders.EDITOR)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """Return the editor's browser."""
    client.force_login(editor)
    return client


def page(item: NewsItem | int) -> str:
    """Return the address of an item's page in the admin."""
    return reverse("admin:news_newsitem_change", args=[item if isinstance(item, int) else item.pk])


def typed(edition: Edition | None = None, *, button: str = "_save", **changed: Any) -> dict[str, Any]:
    """Return what the form sends, all of it filled in."""
    fields = {
        "kind": "press-release",
        "title": "Talks open in Vienna",
        "summary": "The talks have opened.",
        "dateline": "VIENNA",
        "body": "<p>The talks opened this morning.</p>",
        "issued_at": "2026-11-24T09:30",
        "change_note": "",
        "approve_from": "",
        "slug": "",
    }
    if edition:
        fields |= {
            "seen": edition.saved_at.isoformat(),
            "issued_by": edition.tags["issued_by"],
            "slug": edition.item.slug,
        }
    else:
        fields |= {"language": "en", "translation_of": ""}
    return fields | {button: "1"} | changed


def messages_of(response: Any) -> str:
    """Return what the page says above everything else."""
    return " / ".join(str(message) for message in response.context["messages"])


# The list


def test_the_list_names_each_item_by_its_newest_title_and_says_how_far_it_is(desk):
    """The four states, in words; a moment as Vienna's clocks show it."""
    with time_machine.travel(NOW, tick=False):
        builders.draft("Only a draft")
        builders.published("Read by all")
        reopened = builders.published("Old title")
        again = workflow.open_edition(reopened.item)
        workflow.save_draft(again, builders.content("New title"))
        workflow.approve(builders.draft("To come"), visible_from=datetime.datetime(2026, 12, 3, 9, tzinfo=datetime.UTC))
        found = desk.get(reverse("admin:news_newsitem_changelist")).content.decode()
    for words in ("Only a draft", "Read by all", "New title", "To come"):
        assert words in found
    assert "Old title" not in found
    for state in ("draft", "public", "public; a new edition is being written", "scheduled for 3 December 2026, 10:00"):
        assert f'<td class="field-state">{state}</td>' in found


def test_the_list_costs_the_same_number_of_queries_however_many_items(desk, django_assert_num_queries):
    """Session, user, two of permissions, the count, the items, their editions."""
    address = reverse("admin:news_newsitem_changelist")
    for number in range(25):
        builders.published(f"Story {number}")
    desk.get(address)
    with django_assert_num_queries(7):
        desk.get(address)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("state=draft", {"Draft"}),
        ("state=scheduled", {"Scheduled"}),
        ("state=public", {"Public", "Reopened"}),
        ("state=reopened", {"Reopened"}),
        ("state=invented", set()),
        ("kind=speech", {"Draft"}),
        ("language=fr", {"Public"}),
        ("q=sched", {"Scheduled"}),
        ("q=nothing+of+the+kind", set()),
    ],
)
def test_the_list_is_narrowed_by_state_kind_language_and_words(desk, asked, expected):
    """Each filter keeps exactly what it names."""
    builders.draft("Draft", kind="speech")
    builders.published("Public", language="fr")
    workflow.open_edition(builders.published("Reopened").item)
    workflow.approve(builders.draft("Scheduled"), visible_from=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
    answer = desk.get(f"{reverse('admin:news_newsitem_changelist')}?{asked}")
    assert {item.editions.all()[0].title for item in answer.context["cl"].result_list} == expected


def test_the_institution_filter_includes_what_is_below_it(desk):
    """Choosing a parent includes its descendants, as everywhere."""
    parent = builders.institution("Secretariat")
    child = builders.institution("Press section", parent=parent)
    builders.published("Of the child", issued_by=[child.pk])
    builders.published("Of another")
    answer = desk.get(f"{reverse('admin:news_newsitem_changelist')}?institution={parent.pk}")
    assert [item.editions.all()[0].title for item in answer.context["cl"].result_list] == ["Of the child"]


@pytest.mark.parametrize("form", ["{number}", "/news/{number}/any-slug/", "https://site.example/fr/news/{number}/x/"])
def test_the_list_finds_an_item_by_its_number_and_by_its_address(desk, form):
    """Editors paste what they have."""
    builders.published("Another")
    edition = builders.published("Sought")
    answer = desk.get(reverse("admin:news_newsitem_changelist"), {"q": form.format(number=edition.item_id)})
    assert edition.item_id in [item.pk for item in answer.context["cl"].result_list]


# Writing


def test_a_new_item_is_stored_with_everything_typed_and_nothing_of_it_is_public(desk):
    """Issuers and related items keep their order; the address is made from the title."""
    first, second = builders.institution(), builders.institution()
    country, topic = builders.country(), builders.topic()
    older, other = builders.published("Older talks"), builders.published("Other talks")
    answer = desk.post(
        reverse("admin:news_newsitem_add"),
        typed(
            issued_by=["", second.pk, first.pk, ""],
            countries=[country.pk],
            topics=[topic.pk],
            related=[f"Other talks [{other.item_id}]", str(older.item_id), ""],
        ),
        follow=True,
    )
    edition = Edition.objects.select_related("item").get(title="Talks open in Vienna")
    assert messages_of(answer) == "The draft is saved."
    assert answer.redirect_chain[-1][0] == page(edition.item)
    assert edition.tags == {
        "issued_by": [second.pk, first.pk],
        "countries": [country.pk],
        "topics": [topic.pk],
        "related": [other.item_id, older.item_id],
    }
    assert edition.item.slug == "talks-open-in-vienna"
    assert edition.issued_at == datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.UTC)
    assert not Edition.objects.ever_visible().filter(pk=edition.pk).exists()


def test_the_form_shows_again_what_was_stored(desk):
    """Saving an untouched form changes nothing."""
    related = builders.published("Older talks").item
    edition = builders.draft("Talks", related=[related.pk], summary="Short.", countries=[builders.country().pk])
    before = workflow.content_of(edition)
    initial = desk.get(page(edition.item)).context["adminform"].form
    sent = {name: initial[name].value() for name in initial.fields if initial[name].value() not in (None, "")}
    sent["issued_at"] = "2020-01-15T10:00"
    sent["issued_by"] = edition.tags["issued_by"]
    answer = desk.post(page(edition.item), sent | {"_save": "1"})
    assert answer.status_code == 302
    edition.refresh_from_db()
    assert workflow.content_of(edition) == before


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="https://elsewhere.example"></iframe>',
        "<style>body{display:none}</style>",
        '<p style="position:fixed">x</p>',
        '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
        '<img src=x onerror="alert(1)">',
    ],
)
def test_what_the_editor_does_not_offer_is_not_stored(desk, payload):
    """The form is one way in; whoever writes HTML by hand gets no further than the toolbar."""
    desk.post(reverse("admin:news_newsitem_add"), typed(body=f"<h2>Kept</h2>{payload}<p>Too</p>"))
    body = Edition.objects.get().body
    assert body.startswith("<h2>Kept</h2>")
    assert body.endswith("<p>Too</p>")
    for part in ("script", "onclick", "onerror", "iframe", "<style", "style=", "alert(1)</"):
        assert part not in body


def test_a_translation_names_its_original_and_is_refused_into_a_language_that_there_is(desk):
    """One translation for each language; the original may be named by its title and number."""
    original = builders.published("Talks").item
    named = {"language": "fr", "translation_of": f"Talks [{original.pk}]"}
    desk.post(reverse("admin:news_newsitem_add"), typed(title="Pourparlers", **named))
    assert NewsItem.objects.get(language="fr").translation_of == original
    answer = desk.post(reverse("admin:news_newsitem_add"), typed(title="Encore", **named))
    assert "There is already a translation into this language." in answer.content.decode()
    same = desk.post(reverse("admin:news_newsitem_add"), typed(**named | {"language": "en"}))
    assert "The original is in this language already." in same.content.decode()
    assert NewsItem.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Report of 2024", "“Report of 2024” names no news item."),
        ("999999", "There is no news item 999999."),
        ("Talks [999999]", "There is no news item 999999."),
    ],
)
def test_a_related_item_that_there_is_not_is_refused_at_its_field_and_stays_typed(desk, text, complaint):
    """A title that ends in a year is no number."""
    answer = desk.post(reverse("admin:news_newsitem_add"), typed(related=[text]))
    errors = answer.context["adminform"].form.errors["related"]
    assert errors[0].startswith(complaint)
    assert f'value="{text}"' in answer.content.decode()


def test_titles_are_suggested_newest_first_by_their_newest_edition(desk):
    """Each as the form takes it; for an original, translations are left out."""
    first = builders.published("Talks in Vienna")
    second = builders.draft("More talks")
    workflow.save_draft(workflow.open_edition(first.item), builders.content("Talks in Helsinki"))
    builders.draft("Talks, translated", language="fr", translation_of=first.item)
    address = reverse("admin:news_newsitem_suggest")
    titles = [f"More talks [{second.item_id}]", f"Talks in Helsinki [{first.item_id}]"]
    assert desk.get(address, {"q": "talks", "originals": "1"}).json()["suggestions"] == titles
    assert len(desk.get(address, {"q": "talks"}).json()["suggestions"]) == 3
    assert desk.get(address, {"q": "Vienna"}).json()["suggestions"] == []


# Approving


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
    workflow.approve(edition, visible_from=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
    second = workflow.open_edition(edition.item)
    sent = typed(second, button="_approve", issued_at="2020-01-01T10:00")
    said = messages_of(desk.post(page(edition.item), sent, follow=True))
    assert said.startswith("The draft is saved, but not approved. / Edition 1 is scheduled already.")
    second.refresh_from_db()
    assert second.title == "Talks open in Vienna"
    assert second.is_open


# What is approved


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
    workflow.approve(workflow.open_edition(first.item))
    address = f"{first.item.get_absolute_url()}editions/1/"
    assert f'href="{address}"' in desk.get(page(first.item)).content.decode()
    assert client.get(address).status_code == 200


# Two editors


def test_a_draft_saved_by_someone_else_meanwhile_is_not_written_over(desk):
    """The message names them; what was typed is still in the form; what they saved is still stored."""
    edition = builders.draft("As opened")
    opened = typed(edition, title="Mine")
    other = Client()
    other.force_login(builders.member_of_staff("boris", *builders.EDITOR))
    other.post(page(edition.item), typed(edition, title="Theirs"))
    answer = desk.post(page(edition.item), opened)
    found = answer.content.decode()
    assert "Not saved: boris saved this draft on" in found
    assert 'value="Mine"' in found
    edition.refresh_from_db()
    assert edition.title == "Theirs"


def test_the_second_editor_may_decide_to_replace_what_was_saved_but_only_what_they_were_shown(desk):
    """A third saving in between is refused again."""
    edition = builders.draft()
    opened = typed(edition, title="Mine")
    workflow.save_draft(edition, builders.content("Theirs"))
    shown = desk.post(page(edition.item), opened).context["adminform"].form.current_version
    workflow.save_draft(edition, builders.content("Theirs again"))
    assert desk.post(page(edition.item), opened | {"replace": shown}).status_code == 200
    edition.refresh_from_db()
    assert edition.title == "Theirs again"
    assert desk.post(page(edition.item), opened | {"replace": edition.saved_at.isoformat()}).status_code == 302
    edition.refresh_from_db()
    assert edition.title == "Mine"


def test_what_was_typed_outlives_an_approval_by_someone_else(desk):
    """It can become the next edition, if the editor says so."""
    edition = builders.draft()
    opened = typed(edition, title="Mine")
    workflow.approve(edition)
    answer = desk.post(page(edition.item), opened)
    assert "Not saved: someone else approved or discarded this draft" in answer.content.decode()
    assert "Open a new edition with what stands here" in answer.content.decode()
    desk.post(page(edition.item), opened | {"replace": "none"})
    assert [each.title for each in edition.item.editions.order_by("number")] == [edition.title, "Mine"]


def test_what_was_typed_outlives_an_item_discarded_by_someone_else(desk):
    """The form comes back filled, and makes a new item."""
    edition = builders.draft()
    address, opened = page(edition.item), typed(edition, title="Mine")
    workflow.discard(edition)
    answer = desk.post(address, opened)
    assert "This item was discarded meanwhile." in messages_of(answer)
    assert 'value="Mine"' in answer.content.decode()
    assert desk.post(address, opened | {"language": "en"}).status_code == 302
    assert Edition.objects.get().title == "Mine"


# Discarding


def test_a_draft_that_never_was_public_goes_with_its_item_after_a_question(desk):
    """The question names what would be lost."""
    edition = builders.draft("Unwanted")
    address = reverse("admin:news_newsitem_discard", args=[edition.item_id])
    asked = desk.get(address)
    assert "Unwanted" in asked.content.decode()
    answer = desk.post(address, {"seen": asked.context["seen"]}, follow=True)
    assert messages_of(answer) == "The draft “Unwanted” was discarded."
    assert not NewsItem.objects.exists()


def test_discarding_a_new_edition_leaves_what_is_public(desk, client):
    """And the item with it."""
    edition = builders.published()
    workflow.open_edition(edition.item)
    address = reverse("admin:news_newsitem_discard", args=[edition.item_id])
    desk.post(address, {"seen": desk.get(address).context["seen"]})
    assert client.get(edition.item.get_absolute_url()).status_code == 200
    assert edition.item.editions.count() == 1


def test_what_was_ever_approved_cannot_be_deleted_by_any_address(desk):
    """Neither by the page that discards nor by Django's."""
    edition = builders.published()
    answer = desk.get(reverse("admin:news_newsitem_discard", args=[edition.item_id]), follow=True)
    assert "There is no draft to discard" in messages_of(answer)
    assert desk.post(reverse("admin:news_newsitem_delete", args=[edition.item_id]), {"post": "yes"}).status_code == 403
    assert NewsItem.objects.filter(pk=edition.item_id).exists()


def test_a_draft_saved_since_the_question_is_not_discarded_before_it_is_asked_again(desk):
    """Nobody's new work goes unseen."""
    edition = builders.draft()
    address = reverse("admin:news_newsitem_discard", args=[edition.item_id])
    seen = desk.get(address).context["seen"]
    workflow.save_draft(edition, builders.content("New work"))
    assert "Someone has saved this draft" in messages_of(desk.post(address, {"seen": seen}))
    assert NewsItem.objects.exists()


def test_an_item_that_others_refer_to_is_not_discarded(desk):
    """The message names them."""
    original = builders.draft("Original")
    builders.draft("Traduction", language="fr", translation_of=original.item)
    address = reverse("admin:news_newsitem_discard", args=[original.item_id])
    answer = desk.post(address, {"seen": desk.get(address).context["seen"]}, follow=True)
    assert "“Original” cannot be discarded, since others refer to it" in messages_of(answer)
    assert original.item.editions.exists()


# Preview


def test_a_preview_shows_the_draft_in_the_public_frame_and_is_kept_by_no_cache(desk):
    """Of the newest edition, with what it still lacks."""
    edition = workflow.create_item(workflow.Content(title="Half done", body="<p>So far.</p>"))
    answer = desk.get(reverse("admin:news_newsitem_preview", args=[edition.item_id]))
    found = answer.content.decode()
    assert "Preview of edition 1: draft" in found
    assert "it needs: a summary, the date of issue, an issuing institution." in found
    assert "<p>So far.</p>" in found
    assert "no-store" in answer["Cache-Control"]
    assert 'name="robots" content="noindex"' in found


@pytest.mark.parametrize(("language", "frame"), [("fr", "fr"), ("sq", "en")])
def test_a_preview_stands_in_the_frame_of_the_items_language(desk, language, frame):
    """A local language has an English frame, as in public."""
    edition = builders.draft(language=language)
    answer = desk.get(reverse("admin:news_newsitem_preview", args=[edition.item_id]))
    assert f'<html lang="{frame}"' in answer.content.decode()


def test_save_and_preview_leads_to_the_preview_of_what_was_typed(desk):
    """In one step."""
    edition = builders.draft()
    answer = desk.post(page(edition.item), typed(edition, button="_preview"), follow=True)
    assert "Talks open in Vienna" in answer.content.decode()
    assert "Preview of edition 1" in answer.content.decode()
