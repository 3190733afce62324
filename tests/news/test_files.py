"""Feeds and the file for spreadsheets, as readers of them see them."""

import csv
import io
import json

import feedparser
import pytest

from tests import builders

pytestmark = pytest.mark.django_db
FORMS = ("rss", "atom", "json")


def tags_in(client, address: str) -> list[str]:
    """Return the ids of a feed's entries."""
    text = client.get(address).content.decode()
    if ".json" in address:
        return [item["id"] for item in json.loads(text)["items"]]
    return [entry.id for entry in feedparser.parse(text).entries]


def rows_of(client, address: str) -> list[dict[str, str]]:
    """Return the rows of an exported list."""
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reader_finds_nothing_wrong(client, form):
    """Whatever letters a title holds."""
    builders.published("Fish & <chips> \x0b “quoted”", summary="1 < 2")
    feed = feedparser.parse(client.get(f"/news/feed.{form}").content)
    assert not feed.bozo
    assert feed.entries[0].title == "Fish & <chips>  “quoted”"


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_answers_the_question_of_its_address(client, form):
    """And holds nothing that is not public."""
    austria = builders.country("Austria")
    here = builders.published("Here", countries=[austria.pk])
    builders.published("Elsewhere")
    builders.draft("Draft", countries=[austria.pk])
    expected = [f"tag:127.0.0.1,2026:news/{here.item_id}"]
    assert tags_in(client, f"/news/feed.{form}?country=austria") == expected
    assert tags_in(client, f"/countries/austria/feed.{form}") == expected


def test_updated_moves_with_a_major_change_only(client):
    """A corrected comma wakes no reader."""
    first = builders.published("Story")
    before = feedparser.parse(client.get("/news/feed.atom").content).entries[0].updated
    minor = builders.next_edition(first, "Story.", is_minor=True)
    assert feedparser.parse(client.get("/news/feed.atom").content).entries[0].updated == before
    builders.next_edition(minor, "Story, told anew")
    assert feedparser.parse(client.get("/news/feed.atom").content).entries[0].updated > before


def test_an_unchanged_feed_is_not_sent_again(client):
    """By its tag and by its date."""
    builders.published("Story")
    answer = client.get("/news/feed.rss")
    assert client.get("/news/feed.rss", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get("/news/feed.rss", headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304
    builders.published("Another")
    assert client.get("/news/feed.rss", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_another_form_of_the_address_redirects_once(client):
    """Order and pages of a spreadsheet's file mean nothing, and a bad date is said to be one."""
    answer = client.get("/news/export.csv?page=2&kind=speech&kind=news")
    assert (answer.status_code, answer["Location"]) == (301, "/news/export.csv?kind=news&kind=speech")
    assert client.get("/news/feed.rss?from=yesterday").status_code == 400
    assert client.get("/news/feed.rss?kind=poem").status_code == 404


def test_a_former_slug_leads_to_the_same_file(client):
    """Not to the page above it."""
    austria = builders.country("Austria")
    austria.slug = "republic-of-austria"
    austria.save()
    answer = client.get("/countries/austria/feed.rss")
    assert (answer.status_code, answer["Location"]) == (301, "/countries/republic-of-austria/feed.rss")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "＝", " ="])
def test_no_cell_runs_as_a_formula(client, sign):
    """In any of the spreadsheets that OWASP names."""
    builders.published("Story", summary=f"{sign}1+1")
    assert rows_of(client, "/news/export.csv")[0]["summary"].startswith("'")


def test_the_file_for_spreadsheets_holds_the_whole_list(client):
    """In its order."""
    numbers = [str(builders.published().item_id) for _each in range(25)]
    assert [row["number"] for row in rows_of(client, "/news/export.csv?sort=oldest")] == numbers


def test_a_list_leads_to_its_own_feeds(client):
    """With what is chosen, without what is the page's alone; and none of the ways redirects."""
    builders.published("Story")
    page = client.get("/news/?kind=news&sort=oldest").content.decode()
    for form in FORMS:
        assert f'href="http://127.0.0.1:8000/news/feed.{form}?kind=news"' in page
        assert client.get(f"/news/feed.{form}?kind=news").status_code == 200
    assert 'href="/news/export.csv?kind=news&amp;sort=oldest"' in page
