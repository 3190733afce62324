"""The editors' form: what it stores, what it refuses, and two editors at once."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from news import workflow
from news.models import Edition, NewsItem
from record.actors import acting
from record.models import Act
from tests import builders
from tests.news.admin.desk import messages_of, page, typed

pytestmark = pytest.mark.django_db


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
        "pictures": [],
        "attachments": [],
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


def test_a_draft_saved_by_someone_else_meanwhile_is_not_written_over(desk):
    """The message names them; what was typed is still in the form; what they saved is still stored."""
    edition = builders.draft("As opened")
    opened = typed(edition, title="Mine")
    other = Client()
    other.force_login(builders.member_of_staff("boris", *builders.EDITOR, "work_everywhere"))
    with acting("boris"):
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
    workflow.save_draft(edition, builders.content("Theirs"), by=None)
    shown = desk.post(page(edition.item), opened).context["adminform"].form.current_version
    workflow.save_draft(edition, builders.content("Theirs again"), by=None)
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
    workflow.approve(edition, by=None)
    answer = desk.post(page(edition.item), opened)
    assert "Not saved: someone else approved or discarded this draft" in answer.content.decode()
    assert "Open a new edition with what stands here" in answer.content.decode()
    desk.post(page(edition.item), opened | {"replace": "none"})
    assert [each.title for each in edition.item.editions.order_by("number")] == [edition.title, "Mine"]


def test_what_was_typed_outlives_an_item_discarded_by_someone_else(desk):
    """The form comes back filled, and makes a new item."""
    edition = builders.draft()
    address, opened = page(edition.item), typed(edition, title="Mine")
    workflow.discard(edition, by=None)
    answer = desk.post(address, opened)
    assert "This item was discarded meanwhile." in messages_of(answer)
    assert 'value="Mine"' in answer.content.decode()
    assert desk.post(address, opened | {"language": "en"}).status_code == 302
    assert Edition.objects.get().title == "Mine"


def test_what_a_writer_may_not_issue_is_refused_at_its_field_and_nothing_typed_is_lost(client):
    """A person who works for one institution names it, among others or alone; their own are offered first."""
    own, other = builders.institution("Own house"), builders.institution("Other house")
    client.force_login(builders.member_of_staff("wanda", *builders.WRITER, home=[own]))
    address = reverse("admin:news_newsitem_add")
    groups = client.get(address).context["adminform"].form.fields["issued_by"].choices
    assert [(name, [pk for pk, _name in choices]) for name, choices in groups] == [
        ("Yours", [own.pk]),
        ("All others", [other.pk]),
    ]
    form = client.post(address, typed(issued_by=[other.pk])).context["adminform"].form
    assert form.errors["issued_by"] == ["Name at least one institution that you work for among those that issue it."]
    assert form["title"].value() == "Talks open in Vienna"
    assert not NewsItem.objects.exists()
    assert client.post(address, typed(issued_by=[other.pk, own.pk])).status_code == 302


def test_the_title_of_another_institutions_draft_is_never_shown(client):
    """Neither for a number that is stored, nor for one that is typed; a public title is."""
    own = builders.institution()
    secret, public = builders.draft("Sentinel of the others"), builders.published("Public of the others")
    client.force_login(builders.member_of_staff("wanda", *builders.WRITER, home=[own]))
    edition = builders.draft("Mine", issued_by=[own.pk], related=[secret.item_id, public.item_id])
    found = client.get(page(edition.item)).content.decode()
    assert f'value="{secret.item_id}"' in found
    assert f'value="Public of the others [{public.item_id}]"' in found
    refused = client.post(page(edition.item), typed(edition, title="", related=[str(secret.item_id)]))
    assert "Sentinel" not in found + refused.content.decode()


def test_an_address_is_changed_until_an_edition_was_approved_and_the_record_keeps_it(desk):
    """Who did it, what it was, what it is."""
    edition = builders.draft("First words")
    desk.post(page(edition.item), typed(edition, slug="better-words"))
    edition.item.refresh_from_db()
    assert edition.item.slug == "better-words"
    kept = Act.objects.on(edition.item).filter(verb="change").get()
    assert (kept.before, kept.after) == ({"slug": "first-words"}, {"slug": "better-words"})


def test_a_form_posted_for_a_removed_item_says_so_and_keeps_what_was_typed(desk):
    """The rule of the verb stands above the form."""
    edition = builders.published()
    workflow.remove(edition.item, workflow.RemovalWish(kind="withdrawn", reason="R", explanation="E"), by=None)
    sent = typed(edition, title="Too late") | {"seen": "none"}
    form = desk.post(page(edition.item), sent).context["adminform"].form
    assert form.non_field_errors() == ["This item is removed (withdrawn). Undo the removal first."]
    assert form["title"].value() == "Too late"
