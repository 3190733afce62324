"""Items and editions at /api/v1/news/12/."""

import datetime
from urllib.parse import urlsplit

import pytest
import time_machine

from news import workflow
from news.workflow import RemovalWish
from tests import builders
from tests.news.archives import NOW
from tests.pages import data

pytestmark = pytest.mark.django_db

NEWS = "/api/v1/news/"
NOON = datetime.datetime(2021, 6, 1, 10, 0, tzinfo=datetime.UTC)


def item_address(edition):
    """Return the address of the item's data."""
    return f"{NEWS}{edition.item_id}/"


def remove(edition, kind, **wish):
    """Remove the edition's item."""
    given = {"reason": "Because.", "explanation": "So that you know." if kind == "withdrawn" else ""}
    return workflow.remove(edition.item, RemovalWish(kind=kind, **(given | wish)), by=None)


def test_an_item_costs_few_queries(client, django_assert_num_queries):
    """The edition, the story's record, what it names."""
    related = builders.published("Other")
    story = builders.published("Alpha", related=[related.item_id])
    client.get(item_address(story))
    with django_assert_num_queries(3):
        client.get(item_address(story))


def test_an_item_has_its_text_its_editions_and_its_translations(client):
    """What was approved last, and what came before it."""
    related = builders.published("Other")
    first = builders.published(
        "Alpha", dateline="VIENNA", related=[related.item_id], body="<p>One <strong>bold</strong></p>"
    )
    french = builders.published("Alpha fr", language="fr", translation_of=first.item)
    with time_machine.travel(NOON, tick=False):
        builders.next_edition(first, "Alpha!", is_minor=True)
    shown = data(client, item_address(first))
    assert (shown["title"], shown["edition"], shown["visible_until"]) == ("Alpha!", 2, None)
    assert (shown["published_at"], shown["updated_at"]) == ("2020-01-15T09:00:00Z", "2020-01-15T09:00:00Z")
    assert [translation["id"] for translation in shown["translations"]] == [french.item_id]
    old = shown["editions"][1]
    assert [edition["number"] for edition in shown["editions"]] == [2, 1]
    assert (shown["editions"][0]["is_minor"], old["visible_until"]) == (True, "2021-06-01T10:00:00Z")
    assert client.get(old["address"]).status_code == 200
    before = data(client, old["api_address"])
    assert (before["title"], before["edition"], before["dateline"]) == ("Alpha", 1, "VIENNA")
    assert before["body_html"] == "<p>One <strong>bold</strong></p>"
    assert [one["title"] for one in before["related"]] == ["Other"]


def test_an_item_is_shown_as_it_stood_at_a_moment(client):
    """With what was known then."""
    first = builders.published("Alpha")
    with time_machine.travel(NOON, tick=False):
        builders.next_edition(first, "Alpha, corrected")
    shown = data(client, f"{item_address(first)}?at=2021-01-01")
    assert (shown["title"], shown["visible_until"]) == ("Alpha", None)
    assert [edition["number"] for edition in shown["editions"]] == [1]
    for moment in ("2010-01-01", "2999-01-01", "x"):
        data(client, f"{item_address(first)}?at={moment}", status=404)


def test_an_embargo_is_not_told_by_its_end(client):
    """That what is public will be replaced, and when, is nobody's business before the moment."""
    story = builders.published("Alpha")
    builders.next_edition(story, "Beta", visible_from=NOW)
    shown = client.get(item_address(story)).content.decode()
    assert "2030" not in shown
    assert "Beta" not in shown
    data(client, f"{item_address(story)}editions/2/", status=404)
    with time_machine.travel(NOW, tick=False):
        assert data(client, item_address(story))["title"] == "Beta"


def test_what_was_published_in_error_is_gone(client):
    """At each address of the data; nothing of it is named, and the asker is told why."""
    story = builders.published("Xylophonewort")
    builders.next_edition(story, "Xylophonewort again")
    remove(story, "error", explanation="It was sent too early.")
    for part in ("", "editions/1/", "?at=2020-06-01"):
        told = data(client, f"{item_address(story)}{part}", status=410)
        assert told["type"] == "tag:127.0.0.1,2026:problems/published-in-error"
        assert told["detail"] == "It was sent too early."
        assert "ylophonewort" not in str(told)
    data(client, f"{NEWS}{story.item_id}/editions/9/", status=410)


def test_what_was_consolidated_leads_on_once(client):
    """To the data of the item that took its place, in the language of the address; what stood there stays readable."""
    old, between, new = builders.published("Old"), builders.published("Between"), builders.published("New")
    remove(between, "consolidated", leads_to=str(new.item_id))
    remove(old, "consolidated", leads_to=str(between.item_id))
    answer = client.get(f"/fr{item_address(old)}")
    assert (answer.status_code, urlsplit(answer["Location"]).path) == (301, f"/fr{item_address(new)}")
    assert "no-cache" in answer["Cache-Control"]
    shown = data(client, f"{item_address(old)}editions/1/")
    assert (shown["title"], shown["notice"]["kind"]) == ("Old", "consolidated")
    assert shown["notice"]["leads_to"].endswith(new.get_absolute_url())
    assert data(client, f"{item_address(old)}?at=2020-06-01")["title"] == "Old"
    for never in ("editions/9/", "?at=2010-01-01"):
        data(client, f"{item_address(old)}{never}", status=404)


def test_what_leads_to_a_page_leads_to_the_page(client):
    """A country has news, and is none."""
    builders.country("Malta")
    story = builders.published()
    remove(story, "consolidated", leads_to="/countries/malta/")
    assert client.get(f"/fr{item_address(story)}")["Location"] == "http://127.0.0.1:8000/fr/countries/malta/"


def test_what_was_withdrawn_is_shown_with_its_notice(client):
    """And is on no list."""
    story = builders.published("Alpha")
    remove(story, "withdrawn", explanation="It is out of date.")
    shown = data(client, item_address(story))
    assert (shown["title"], shown["notice"]["kind"]) == ("Alpha", "withdrawn")
    assert shown["notice"]["explanation"] == "It is out of date."
    assert shown["notice"]["leads_to"] is None
    assert data(client, NEWS)["results"] == []


@pytest.mark.parametrize("part", ["999999/", "999999/editions/1/", "999999999999999999/", "x/", "-1/"])
def test_what_never_was_is_not_found(client, part):
    """As a problem."""
    assert data(client, NEWS + part, status=404)["status"] == 404
