"""Lists of news at /api/v1/news/."""

from urllib.parse import urlsplit

import pytest
import time_machine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news.facets import index
from taxonomy.catalogue import forget
from tests import builders
from tests.news import archives
from tests.news.archives import HOUR, NOW
from tests.pages import data

pytestmark = pytest.mark.django_db

NEWS = "/api/v1/news/"


def ids(client, address):
    """Return the numbers of the items on a page of a list."""
    return [row["id"] for row in data(client, address)["results"]]


def tagged():
    """Publish a story that has all that a story may have, and return it."""
    country, topic, institution = builders.country("Ukraine"), builders.topic("Mines"), builders.institution("Mission")
    tags = {"countries": [country.pk], "topics": [topic.pk], "issued_by": [institution.pk]}
    return builders.published("Alpha", kind="statement", dateline="VIENNA", **tags)


def test_a_row_names_all_that_a_list_shows(client):
    """With full addresses, of pages and of data."""
    story, site = tagged(), "http://127.0.0.1:8000"
    french = builders.published("Alpha en français", language="fr", translation_of=story.item)
    (row,) = data(client, NEWS)["results"]
    assert row == {
        "id": story.item_id,
        "language": "en",
        "kind": "statement",
        "kind_label": "Statement",
        "title": "Alpha",
        "summary": "In short: Alpha.",
        "issued_at": "2020-01-15T09:00:00Z",
        "published_at": "2020-01-15T09:00:00Z",
        "updated_at": "2020-01-15T09:00:00Z",
        "issued_by": [named("institutions", "mission", "Mission")],
        "countries": [named("countries", "ukraine", "Ukraine")],
        "topics": [named("topics", "mines", "Mines", page="fields-of-work")],
        "translations": [in_french(french)],
        "address": f"{site}/news/{story.item_id}/alpha/",
        "api_address": f"{site}/api/v1/news/{story.item_id}/",
    }


def in_french(edition):
    """Return how a translation is named."""
    return {
        "language": "fr",
        "language_name": "Français",
        "id": edition.item_id,
        "address": f"http://127.0.0.1:8000{edition.get_absolute_url()}",
        "api_address": f"http://127.0.0.1:8000/api/v1/news/{edition.item_id}/",
    }


def named(folder, slug, name, *, page=""):
    """Return how a record is named."""
    site = "http://127.0.0.1:8000"
    page_address, api_address = f"{site}/{page or folder}/{slug}/", f"{site}/api/v1/{folder}/{slug}/"
    return {"slug": slug, "name": name, "address": page_address, "api_address": api_address}


def test_counts_are_those_of_the_page(client):
    """By value, with its label."""
    tagged()
    builders.published("Beta")
    answer = data(client, f"{NEWS}?kind=statement")
    assert answer["count"] == 1
    assert answer["facets"]["country"] == [{"value": "ukraine", "label": "Ukraine", "count": 1}]
    assert {"value": "news", "label": "News", "count": 1} in answer["facets"]["kind"]
    assert answer["facets"]["year"] == [{"value": "2020", "label": "2020", "count": 1}]


def test_the_pages_of_a_list_lead_to_each_other(client):
    """By full addresses with all that was asked; the ends lead nowhere."""
    expected = [builders.published(kind="speech").item_id for _each in range(45)][::-1]
    address, met = f"{NEWS}?kind=speech", []
    while address:
        answer = data(client, address)
        met += [row["id"] for row in answer["results"]]
        last, address = answer, answer["next"]
        assert address is None or address.startswith("http://127.0.0.1:8000/api/v1/news/?kind=speech&page=")
    assert met == expected
    assert last["previous"] == "http://127.0.0.1:8000/api/v1/news/?kind=speech&page=2"
    assert data(client, f"{NEWS}?kind=speech")["previous"] is None


def test_words_are_searched_for(client):
    """Best match first, narrowed as any list."""
    best = builders.published("Mines")
    builders.published("Report", body="<p>Much else, and mines.</p>", kind="speech")
    builders.published("Elections")
    found = data(client, f"{NEWS}?q=mines")
    assert (found["count"], found["results"][0]["id"]) == (2, best.item_id)
    assert data(client, f"{NEWS}?q=mines&kind=speech")["count"] == 1
    assert data(client, f"{NEWS}?q=nothing-of-the-sort")["results"] == []


@pytest.mark.parametrize("query", ["?q=mines", "?q=mines&sort=oldest", "?q=mines&kind=speech", '?q="the+field"'])
def test_words_find_what_the_page_of_search_finds(client, query):
    """In its order."""
    for title in ("Mines in the field", "Mines", "Mines and more mines", "The field of mines", "Elections"):
        builders.published(title, kind="speech" if "field" in title else "news")
    page = client.get(f"/search/{query}", follow=True)
    found = ids(client, NEWS + "?" + page.request["QUERY_STRING"])
    assert found
    assert [card.edition.item_id for card in page.context["page"].cards] == found


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("?kind=speech&kind=news&utm_source=x", "?kind=news&kind=speech"),
        ("?page=1", ""),
        ("?country=ukraine&kind=news", "?kind=news&country=ukraine"),
        ("?country=borderland", "?country=ukraine"),
        ("?from=2024", "?from=2024-01-01"),
        ("?q=++mines+", "?q=mines"),
    ],
)
def test_another_form_of_an_address_redirects_once(client, query, canonical):
    """To the one that counts."""
    ukraine = builders.country("Borderland")
    ukraine.slug = "ukraine"
    ukraine.save()
    answer = client.get(NEWS + query)
    assert (answer.status_code, answer["Location"]) == (301, NEWS + canonical)
    data(client, answer["Location"])


def test_an_unknown_parameter_is_ignored(client):
    """As on pages."""
    assert client.get(f"{NEWS}?utm_source=x&kind=news").status_code == 200


def test_a_past_moment_has_rows_and_no_counts(client):
    """And its rows lead to that moment."""
    first = builders.published("Before")
    builders.next_edition(first, "After")
    answer = data(client, f"{NEWS}?at=2021-01-01T00:00:00Z")
    assert (answer["count"], answer["facets"], answer["next"]) == (None, None, None)
    (row,) = answer["results"]
    assert row["title"] == "Before"
    assert row["api_address"].endswith(f"{NEWS}{first.item_id}/?at=2021-01-01T00:00:00Z")
    assert data(client, row["api_address"])["title"] == "Before"
    assert client.get(row["address"]).status_code == 200


def test_the_language_of_the_address_chooses_names_and_versions(client):
    """As on pages; addresses of data keep it."""
    story = tagged()
    french = builders.published("Alpha en français", language="fr", translation_of=story.item)
    (row,) = data(client, "/fr/api/v1/news/")["results"]
    assert (row["id"], row["kind"]) == (french.item_id, "news")
    assert row["api_address"] == f"http://127.0.0.1:8000/fr/api/v1/news/{french.item_id}/"
    assert ids(client, "/de/api/v1/news/") == [story.item_id]
    assert data(client, f"/fr/api/v1/news/{story.item_id}/")["title"] == "Alpha"


def test_a_list_costs_the_same_queries_however_long(client, django_assert_max_num_queries):
    """A look at the log of changes, rows, their languages, their moments."""
    for _each in range(3):
        tagged_story = builders.published()
        builders.published(language="fr", translation_of=tagged_story.item)
    index()
    client.get(NEWS)
    with django_assert_max_num_queries(4):
        client.get(NEWS)
    for _each in range(20):
        builders.published()
    client.get(NEWS)
    with django_assert_max_num_queries(4):
        client.get(NEWS)


class OneAnswer(TestCase):
    """The page, the feed, the file and the data of a question hold the same items."""

    @settings(max_examples=15, deadline=None, phases=[Phase.generate])
    @given(data=st.data(), drawn=archives.STORIES)
    def test_whatever_is_asked(self, data, drawn):
        """In any language, before and after an embargo has ended."""
        with time_machine.travel(NOW, tick=False):
            known = archives.names()
            index()
            archives.publish(drawn, known)
            forget()
        for hours in (0, 40):
            with time_machine.travel(NOW + hours * HOUR, tick=False):
                question = data.draw(archives.questions(known))
                prefix = "" if question.page_language == "en" else f"/{question.page_language}"
                self.compare(prefix, question.query())

    def compare(self, prefix, query):
        """Ask all four."""
        answer = self.client.get(f"{prefix}/api/v1/news/{query}")
        if answer.status_code == 400:  # the last day lies before the first one
            return
        addresses = [urlsplit(row["address"]).path for row in answer.json()["results"]]
        page = self.client.get(f"{prefix}/news/{query}")
        assert [card.address for card in page.context["page"].cards] == addresses
        assert page.context["answer"].total == answer.json()["count"]
        export = b"".join(self.client.get(f"{prefix}/news/export.csv{query}").streaming_content).decode()
        assert [line.rstrip().rpartition(",")[2].strip('"') for line in export.splitlines()[1:]] == [
            f"http://127.0.0.1:8000{address}" for address in addresses
        ]
        feed = self.client.get(f"{prefix}/news/feed.json{query}", follow=True).json()
        assert sorted(urlsplit(entry["url"]).path for entry in feed["items"]) == sorted(addresses)
