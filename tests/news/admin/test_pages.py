"""The other pages of an item: suggestions, discarding, preview."""

import pytest
from django.urls import reverse

from news import workflow
from news.models import NewsItem
from tests import builders
from tests.news.admin.desk import messages_of, page, typed

pytestmark = pytest.mark.django_db


def test_titles_are_suggested_newest_first_by_their_newest_edition(desk):
    """Each as the form takes it; for an original, translations are left out."""
    first = builders.published("Talks in Vienna")
    second = builders.draft("More talks")
    workflow.save_draft(workflow.open_edition(first.item, by=None), builders.content("Talks in Helsinki"), by=None)
    builders.draft("Talks, translated", language="fr", translation_of=first.item)
    address = reverse("admin:news_newsitem_suggest")
    titles = [f"More talks [{second.item_id}]", f"Talks in Helsinki [{first.item_id}]"]
    assert desk.get(address, {"q": "talks", "originals": "1"}).json()["suggestions"] == titles
    assert len(desk.get(address, {"q": "talks"}).json()["suggestions"]) == 3
    assert desk.get(address, {"q": "Vienna"}).json()["suggestions"] == []


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
    workflow.open_edition(edition.item, by=None)
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
    workflow.save_draft(edition, builders.content("New work"), by=None)
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


def test_a_preview_shows_the_draft_in_the_public_frame_and_is_kept_by_no_cache(desk):
    """Of the newest edition, with what it still lacks."""
    edition = workflow.create_item(workflow.Content(title="Half done", body="<p>So far.</p>"), by=None)
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
