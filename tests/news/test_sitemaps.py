"""Sitemaps, as crawlers read them."""

import datetime
from xml.etree import ElementTree

import pytest

from tests import builders

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(client, address: str) -> ElementTree.Element:
    """Return a sitemap."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return ElementTree.fromstring(b"".join(answer.streaming_content))  # noqa: S314 - our own


def addresses(found: ElementTree.Element) -> list[str]:
    """Return the addresses that it names."""
    return [place.text.removeprefix("http://127.0.0.1:8000") for place in found.findall("*/s:loc", NAMES)]


def test_the_index_leads_to_every_public_item(client):
    """And to none that is not."""
    story = builders.published("Story")
    builders.draft("Draft")
    listed = [page for part in addresses(sitemap(client, "/sitemap.xml")) for page in addresses(sitemap(client, part))]
    assert [page for page in listed if page.startswith("/news/") and page != "/news/"] == [story.get_absolute_url()]
    assert {"/", "/fr/news/", "/countries/"} <= set(listed)


def test_a_text_names_its_other_languages(client):
    """Each version names all of them."""
    story = builders.published("Story")
    builders.published("Récit", language="fr", translation_of=story.item)
    found = sitemap(client, "/sitemap-news-1.xml").findall("s:url", NAMES)
    assert [[link.get("hreflang") for link in page.findall("x:link", NAMES)] for page in found] == [["en", "fr"]] * 2


def test_a_file_of_no_items_is_not_there(client):
    """Nor one before the first."""
    assert client.get("/sitemap-news-1.xml").status_code == 404
    assert client.get("/sitemap-news-0.xml").status_code == 404


def test_the_latest_news_stand_in_a_news_sitemap_for_two_days(client):
    """With their title; older ones are no news."""
    now = datetime.datetime.now(datetime.UTC)
    fresh = builders.published("Fresh", issued_at=now - datetime.timedelta(hours=47))
    builders.published("Stale", issued_at=now - datetime.timedelta(hours=49))
    assert addresses(sitemap(client, "/sitemap-latest.xml")) == [fresh.get_absolute_url()]
