"""Sitemaps, as crawlers read them: by the rules of sitemaps.org, of Google for news, and of hreflang."""

import datetime
import re
from itertools import count
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from news import sitemaps, workflow
from tests import builders
from tests.news import archives
from tests.news.archives import HOUR, NOW, FreshTestCase

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
SITEMAP, LINK, NEWS = (f"{{{NAMES[name]}}}" for name in "sxn")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")  # W3C's form, as far as we use it
MOST_PAGES, MOST_BYTES, LONGEST = 50_000, 50 * 1024 * 1024, 2_048
MINUTE = datetime.timedelta(minutes=1)


def text_of(client, address: str) -> bytes:
    """Return a sitemap as it was sent."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return b"".join(answer.streaming_content)


def sitemap(client, address: str) -> ElementTree.Element:
    """Return a sitemap that keeps the protocol's rules: what an element is called, in which order, how often."""
    text = text_of(client, address)
    assert len(text) < MOST_BYTES
    found = ElementTree.fromstring(text)  # noqa: S314 - our own
    assert found.tag in {f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex"}
    part = f"{SITEMAP}{'url' if found.tag.endswith('urlset') else 'sitemap'}"
    assert 1 <= len(found) <= MOST_PAGES
    for page in found:
        names = "".join(
            {f"{SITEMAP}loc": "l", f"{SITEMAP}lastmod": "m", f"{LINK}link": "x", f"{NEWS}news": "n"}[p.tag]
            for p in page
        )
        assert page.tag == part
        assert re.fullmatch("lm?n?x*" if part.endswith("url") else "lm?", names), names
        place = urlsplit(page.findtext("s:loc", namespaces=NAMES))
        assert f"{place.scheme}://{place.netloc}" == SITE
        assert len(place.geturl()) < LONGEST
        assert all(MOMENT.fullmatch(moment.text) for moment in page.findall("s:lastmod", NAMES))
    places = addresses(found)
    assert len(places) == len(set(places))
    return found


def addresses(found: ElementTree.Element) -> list[str]:
    """Return the addresses that it names."""
    return [place.text.removeprefix(SITE) for place in found.findall("*/s:loc", NAMES)]


def changes(found: ElementTree.Element) -> dict[str, str]:
    """Return the moment of the last change by address."""
    return dict(zip(addresses(found), [page.findtext("s:lastmod", "", NAMES) for page in found], strict=True))


def versions(found: ElementTree.Element) -> dict[str, dict[str, str]]:
    """Return for each page the addresses of its versions by language."""
    return {
        page.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in page.findall("x:link", NAMES)
        }
        for page in found
    }


class Whole(FreshTestCase):
    """Whatever the archive: the sitemaps name each page once, and keep the rules."""

    @settings(max_examples=10, deadline=None, phases=[Phase.generate])
    @given(data=st.data(), drawn=archives.STORIES)
    def test_every_public_text_stands_in_one_file_with_its_versions(self, data, drawn):
        """A version is named by all others; the file and the index are no younger than what stands in them."""
        with time_machine.travel(NOW, tick=False):
            archives.publish(drawn, archives.names())
        with time_machine.travel(NOW + data.draw(st.integers(0, 40)) * HOUR, tick=False):
            index = changes(sitemap(self.client, "/sitemap.xml"))
            named = []
            for part in (part for part in index if part.startswith("/sitemap-news-")):
                found = sitemap(self.client, part)
                named += addresses(found)
                assert max(changes(found).values()) <= index[part]
                every = versions(found)
                for page, links in every.items():
                    assert len(links) != 1
                    assert not links or page in links.values()
                    assert all(every.get(other, links) == links for other in links.values())
            listed = archives.Edition.objects.listed().select_related("item")
            assert sorted(named) == sorted(edition.get_absolute_url() for edition in listed)


def test_the_index_leads_to_every_page(client):
    """Lists, records and own pages in all languages."""
    story = builders.published("Story")
    country = builders.country("Austria")
    builders.navigation_item("About us")
    builders.draft("Draft")
    listed = [page for part in addresses(sitemap(client, "/sitemap.xml")) for page in addresses(sitemap(client, part))]
    assert [page for page in listed if re.match(r"/news/\d", page)] == [story.get_absolute_url()]
    expected = {"/", "/fr/news/", "/countries/", country.get_absolute_url(), "/ru/countries/austria/", "/about-us/"}
    assert expected <= set(listed)
    for page in expected:
        assert client.get(page).status_code == 200
    pages = versions(sitemap(client, "/sitemap-pages.xml"))
    languages = {"en", "fr", "de", "it", "ru", "es", "x-default"}
    assert all(page in links.values() and set(links) == languages for page, links in pages.items())


def test_a_page_in_all_languages_names_the_one_for_all_others_and_a_list_its_last_act(client):
    """English; a country's page names no moment, which nobody keeps."""
    builders.country("Austria")
    with time_machine.travel(NOW, tick=False):
        builders.published("Story", issued_at=NOW)
        found = sitemap(client, "/sitemap-pages.xml")
    assert versions(found)[f"{SITE}/fr/news/"]["x-default"] == f"{SITE}/news/"
    assert {page: moment for page, moment in changes(found).items() if moment} == dict.fromkeys(
        [f"{prefix}/{name}" for prefix in ("", "/fr", "/de", "/it", "/ru", "/es") for name in ("", "news/")],
        f"{NOW:%Y-%m-%dT%H:%M:%SZ}",
    )


def test_a_text_names_its_other_languages(client):
    """Each version names all of them."""
    story = builders.published("Story")
    builders.published("Récit", language="fr", translation_of=story.item)
    alone = builders.published("Alone")
    found = versions(sitemap(client, "/sitemap-news-1.xml"))
    assert [list(links) for links in found.values()] == [["en", "fr"], ["en", "fr"], []]
    assert f"{SITE}{alone.get_absolute_url()}" in found


def test_a_file_of_no_items_is_not_there(client):
    """Nor one before the first."""
    for number in ("1", "0", "9" * 15, "9" * 30):
        assert client.get(f"/sitemap-news-{number}.xml").status_code == 404


def test_files_are_cut_by_the_numbers_of_items(client, monkeypatch):
    """An item stays in its file, and each file costs three queries for a portion."""
    monkeypatch.setattr(sitemaps, "ITEMS", 10)
    monkeypatch.setattr(sitemaps, "FILE", sitemaps.file_of(10))
    items = [builders.published().item_id for _number in range(30)]
    parts = [part for part in addresses(sitemap(client, "/sitemap.xml")) if "news-" in part]
    assert parts == [f"/sitemap-news-{number}.xml" for number in sorted({(item - 1) // 10 + 1 for item in items})]
    named = [int(page.split("/")[2]) for part in parts for page in addresses(sitemap(client, part))]
    assert named == items
    answer = client.get(parts[1])
    with CaptureQueriesContext(connection) as captured:
        b"".join(answer.streaming_content)
    assert len(captured) == 3


@pytest.mark.parametrize("kind", ["error", "withdrawn", "consolidated"])
def test_the_index_tells_when_a_text_has_left_a_file_and_come_back(client, kind):
    """Nothing in the file would tell."""
    numbers = count()

    def told() -> str:
        with time_machine.travel(NOW + (next(numbers) + 1) * MINUTE, tick=False):
            return changes(sitemap(client, "/sitemap.xml"))["/sitemap-news-1.xml"]

    with time_machine.travel(NOW - HOUR, tick=False):
        gone = builders.published()
        builders.published()
    before = told()
    with time_machine.travel(NOW, tick=False):
        wish = workflow.RemovalWish(
            kind=kind, reason="A test.", explanation="A test.", leads_to="/news/" * (kind == "consolidated")
        )
        workflow.remove(gone.item, wish, by=None)
    assert before < told() == "2030-06-01T12:00:00Z"
    with time_machine.travel(NOW + HOUR, tick=False):
        workflow.restore(gone.item, by=None)
    numbers = count(60)
    assert told() == "2030-06-01T13:00:00Z"


def test_a_page_was_changed_by_its_last_major_edition(client):
    """A crawler comes back for what is new."""
    first = builders.published("Story")
    with time_machine.travel(NOW, tick=False):
        builders.next_edition(first, "Told anew")
    with time_machine.travel(NOW + HOUR, tick=False):
        builders.next_edition(first, "Told anew.", is_minor=True)
        found = changes(sitemap(client, "/sitemap-news-1.xml"))
    assert found == {first.get_absolute_url(): "2030-06-01T12:00:00Z"}


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news-1.xml"])
def test_an_unchanged_sitemap_is_not_sent_again(client, address):
    """Until something is published, or an embargo has ended."""
    with time_machine.travel(NOW - HOUR, tick=False):
        builders.published("Story", issued_at=NOW - HOUR)
        builders.published("Later", issued_at=NOW - HOUR, visible_from=NOW + HOUR)
        client.get(address)
    with time_machine.travel(NOW, tick=False):
        held = {"If-Modified-Since": client.get(address)["Last-Modified"]}
        assert client.get(address, headers=held).status_code == 304
        assert client.head(address, headers=held).status_code == 304
    with time_machine.travel(NOW + HOUR, tick=False):
        assert client.get(address, headers=held).status_code == 200


def test_the_latest_news_stand_in_a_news_sitemap_for_two_days(client):
    """With title, language and name of the site; older ones are no news."""
    now = datetime.datetime.now(datetime.UTC)
    fresh = builders.published("Fish & <chips> \x0b", issued_at=now - datetime.timedelta(hours=47), language="sq")
    builders.published("Stale", issued_at=now - datetime.timedelta(hours=49))
    found = sitemap(client, "/sitemap-latest.xml")
    assert addresses(found) == [fresh.get_absolute_url()]
    news = found.find("s:url/n:news", NAMES)
    assert [part.tag.removeprefix(NEWS) for part in news] == ["publication", "publication_date", "title"]
    assert [(part.tag.removeprefix(NEWS), part.text) for part in news[0]] == [
        ("name", "Organization for Security and Co-operation in Europe"),
        ("language", "sq"),
    ]
    assert datetime.datetime.fromisoformat(news[1].text) == fresh.issued_at.replace(microsecond=0)
    assert news[2].text == "Fish & <chips> "


def test_without_news_of_two_days_there_is_no_news_sitemap(client):
    """An empty one would be against the protocol, and the index leads to none."""
    builders.published("Stale")
    assert client.get("/sitemap-latest.xml").status_code == 404
    assert "/sitemap-latest.xml" not in addresses(sitemap(client, "/sitemap.xml"))
    builders.published("Fresh", issued_at=datetime.datetime.now(datetime.UTC) - HOUR)
    assert "/sitemap-latest.xml" in addresses(sitemap(client, "/sitemap.xml"))


def test_a_news_sitemap_holds_a_thousand_at_most(client, monkeypatch):
    """The newest."""
    assert sitemaps.MOST_LATEST == 1_000
    monkeypatch.setattr(sitemaps, "MOST_LATEST", 2)
    now = datetime.datetime.now(datetime.UTC)
    stories = [builders.published(issued_at=now - hours * HOUR) for hours in (3, 2, 1)]
    newest_first = [story.get_absolute_url() for story in stories[::-1]]
    assert addresses(sitemap(client, "/sitemap-latest.xml")) == newest_first[:2]
