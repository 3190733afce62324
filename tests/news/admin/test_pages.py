"""The pages of an item that only show something: suggestions, preview, comparison."""

import re

import pytest
from django.urls import reverse

from news import workflow
from tests import builders
from tests.news.admin.desk import act, page, typed

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


def test_suggestions_never_tell_the_title_of_another_institutions_draft(client):
    """Its public title is told, as to everybody; one's own draft is known by its newest."""
    own = builders.institution()
    builders.draft("Sentinel draft")
    public = builders.published("Sentinel, public")
    reopened = workflow.open_edition(public.item, by=None)
    workflow.save_draft(reopened, builders.content("Sentinel, to be"), by=None)
    mine = builders.draft("Sentinel of mine", issued_by=[own.pk])
    client.force_login(builders.member_of_staff("wanda", *builders.WRITER, home=[own]))
    found = client.get(reverse("admin:news_newsitem_suggest"), {"q": "sentinel"}).json()["suggestions"]
    assert found == [f"Sentinel of mine [{mine.item_id}]", f"Sentinel, public [{public.item_id}]"]


def test_two_editions_are_compared_word_by_word_the_draft_included(desk):
    """By default the public one with the newest."""
    first = builders.published("Talks open in Vienna")
    second = workflow.open_edition(first.item, by=None)
    workflow.save_draft(second, builders.content("Talks open in Helsinki"), by=None)
    address = act("compare", first.item)
    usual = desk.get(address)
    assert (usual.context["old"].number, usual.context["new"].number) == (1, 2)
    assert re.search(r"(?s)<del>.{,200}Vienna", usual.content.decode())
    assert re.search(r"(?s)<ins>.{,200}Helsinki", usual.content.decode())
    back = desk.get(address, {"from": "2", "to": "1"}).content.decode()
    assert re.search(r"(?s)<ins>.{,200}Vienna", back)


@pytest.mark.parametrize("asked", ["from=1&to=3", "from=0&to=1", "from=x&to=1", "from=-1", "to=99999999999999999999"])
def test_an_edition_that_there_is_not_is_not_compared(desk, asked):
    """Whatever is written there."""
    assert desk.get(f"{act('compare', builders.published().item)}?{asked}").status_code == 404
