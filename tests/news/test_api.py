"""News as data: lists, items and editions at /api/v1/news/."""

import datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news import workflow
from news.facets import index
from news.workflow import RemovalWish
from taxonomy.catalogue import forget
from tests import builders
from tests.news import archives
from tests.news.archives import HOUR, NOW

pytestmark = pytest.mark.django_db

NEWS = "/api/v1/news/"
NOON = datetime.datetime(2021, 6, 1, 10, 0, tzinfo=datetime.UTC)


def data(client, address, *, status=200):
    """Return what the API answers."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return answer.json()


def ids(client, address):
    """Return the numbers of the items on a page of a list."""
    return [row["id"] for row in data(client, address)["results"]]


def item_address(edition):
    """Return the address of the item's data."""
    return f"{NEWS}{edition.item_id}/"


def remove(edition, kind, **wish):
    """Remove the edition's item."""
    given = {"reason": "Because.", "explanation": "So that you know." if kind == "withdrawn" else ""}
    return workflow.remove(edition.item, RemovalWish(kind=kind, **(given | wish)), by=None)


def tagged():
    """Publish a story that has all that a story may have, and return it."""
    country, topic, institution = builders.country("Ukraine"), builders.topic("Mines"), builders.institution("Mission")
    tags = {"countries": [country.pk], "topics": [topic.pk], "issued_by": [institution.pk]}
    return builders.published("Alpha", kind="statement", dateline="VIENNA", **tags)


def test_a_row_names_all_that_a_list_shows(client):
    """With full addresses, of pages and of data."""
    story = tagged()
    french = builders.published("Alpha en français", language="fr", translation_of=story.item)
    (row,) = data(client, NEWS)["results"]
    site = "http://127.0.0.1:8000"
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
        "translations": [
            {
                "language": "fr",
                "language_name": "Français",
                "id": french.item_id,
                "address": f"{site}/fr/news/{french.item_id}/alpha-en-francais/",
                "api_address": f"{site}/api/v1/news/{french.item_id}/",
            }
        ],
        "address": f"{site}/news/{story.item_id}/alpha/",
        "api_address": f"{site}/api/v1/news/{story.item_id}/",
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
    builders.published("Mines in the field", kind="speech")
    best = builders.published("Mines, mines, mines")
    builders.published("Elections")
    found = data(client, f"{NEWS}?q=mines")
    assert (found["count"], found["results"][0]["id"]) == (2, best.item_id)
    assert data(client, f"{NEWS}?q=mines&kind=speech")["count"] == 1
    assert data(client, f"{NEWS}?q=nothing-of-the-sort")["results"] == []


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


@pytest.mark.parametrize(
    ("query", "parameter", "value"),
    [
        ("?kind=news&kind=rumour", "kind", "rumour"), ("?country=atlantis", "country", "atlantis"),
        ("?institution=1", "institution", "1"), ("?topic=%00", "topic", "\0"), ("?language=xx", "language", "xx"),
        ("?sort=title", "sort", "title"), ("?size=30", "size", "30"), ("?page=0", "page", "0"),
        ("?page=9", "page", "9"), ("?at=yesterday", "at", "yesterday"), ("?at=2999-01-01", "at", "2999-01-01"),
        ("?q=mines&at=2020-01-01", "at", "2020-01-01"), ("?page=7&at=2020-01-01T00:00:00Z", "page", "7"),
    ],
)  # fmt: skip
def test_an_unknown_value_is_named(client, query, parameter, value):
    """With its parameter, in the form of RFC 9457."""
    told = data(client, NEWS + query, status=404)
    assert [(error["parameter"], error["value"]) for error in told["errors"]] == [(parameter, value)]
    assert told["type"] == "tag:127.0.0.1,2026:problems/unknown-value"
    assert (told["status"], told["instance"]) == (404, NEWS + query)


def test_a_bad_date_is_no_list(client):
    """Each is named, with what is wrong and what to write instead."""
    told = data(client, f"{NEWS}?from=soon&to=2024-02-30", status=400)
    assert told["type"] == "tag:127.0.0.1,2026:problems/unreadable-date"
    assert [(error["parameter"], error["value"]) for error in told["errors"]] == [
        ("from", "soon"),
        ("to", "2024-02-30"),
    ]
    assert "Write it as 2025-11-30." in told["errors"][0]["detail"]


def test_a_past_moment_has_rows_and_no_counts(client):
    """And its rows lead to that moment."""
    first = builders.published("Before")
    builders.next_edition(first, "After")
    answer = data(client, f"{NEWS}?at=2021-01-01T00:00:00Z")
    assert (answer["count"], answer["facets"], answer["next"]) == (None, None, None)
    (row,) = answer["results"]
    assert row["title"] == "Before"
    assert row["api_address"].endswith(f"{item_address(first)}?at=2021-01-01T00:00:00Z")
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
    first = builders.published("Alpha", dateline="VIENNA", related=[related.item_id], body="<p>One <strong>bold</strong></p>")
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
    assert ids(client, NEWS) == []


@pytest.mark.parametrize("part", ["999999/", "999999/editions/1/", "999999999999999999/", "x/", "-1/"])
def test_what_never_was_is_not_found(client, part):
    """As a problem."""
    assert data(client, NEWS + part, status=404)["status"] == 404


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
