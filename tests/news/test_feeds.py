"""Feeds, as their readers see them."""

import datetime
import json
import re

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from news import workflow
from news.facets import keeper
from tests import builders
from tests.news.archives import HOUR, NOW, FreshTestCase
from tests.news.reading_files import FORMS, SITE, entries, numbers

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# What the databases hold: PostgreSQL no NUL, neither of them half a character.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)


class Titles(FreshTestCase):
    """A feed can be read whatever letters its titles hold."""

    @settings(max_examples=15, deadline=None)
    @given(titles=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=5), summary=TEXTS.filter(str.strip))
    def test_a_reader_finds_nothing_wrong(self, titles, summary):
        """In XML, where not even an escape could hold some of them, and in JSON."""
        office = [builders.institution("Fish & <chips>").pk]
        given_to_all = {"summary": summary, "body": "<p>Text.</p>", "issued_by": office}
        expected = sorted(builders.published(title, **given_to_all).item_id for title in titles)
        for form in FORMS:
            assert sorted(numbers(self.client, f"/news/feed.{form}"))[-len(expected) :] == expected


@pytest.mark.parametrize("form", FORMS)
def test_a_title_is_read_as_it_was_written(client, form):
    """Signs of markup too; what XML cannot hold is left out."""
    builders.published("Fish & <chips> \x0b “quoted”", summary="1 < 2")
    (entry,) = entries(client, f"/news/feed.{form}")
    assert entry["title"] == "Fish & <chips>  “quoted”"
    assert client.get(f"/news/feed.{form}")["Content-Type"] == f"{TYPES[form]}; charset=utf-8"


@pytest.mark.parametrize("form", FORMS)
def test_an_id_is_for_good(client, form):
    """Whatever becomes of title, slug, edition and language of the reader."""
    story = builders.published("Story")
    expected = f"tag:127.0.0.1,2026:news/{story.item_id}"
    assert [entry["id"] for entry in entries(client, f"/news/feed.{form}")] == [expected]
    builders.next_edition(story, "Quite another title")
    assert [entry["id"] for entry in entries(client, f"/fr/news/feed.{form}")] == [expected]


@pytest.mark.parametrize("form", FORMS)
def test_updated_moves_with_a_major_change_only(client, form):
    """A corrected comma wakes no reader; an edition that ends a withdrawal is a minor one."""

    def updated() -> str:
        (entry,) = entries(client, f"/news/feed.{form}")
        return entry["updated"]

    first = builders.published("Story")
    before = updated()
    with time_machine.travel(NOW, tick=False):
        minor = builders.next_edition(first, "Story.", is_minor=True)
        assert updated() == before
    with time_machine.travel(NOW + HOUR, tick=False):
        wish = workflow.RemovalWish(kind="withdrawn", reason="A test.", explanation="A test.")
        workflow.remove(minor.item, wish, by=None)
        assert numbers(client, f"/news/feed.{form}") == []
        workflow.restore(minor.item, by=None)
        assert updated() == before
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        builders.next_edition(first, "Story, told anew")
        assert updated() > before


@pytest.mark.parametrize("form", FORMS)
def test_an_unchanged_feed_is_not_sent_again(client, form):
    """By its tag and by its date, to those that ask for its head too."""
    with time_machine.travel(NOW, tick=False):
        builders.published("Story")
    with time_machine.travel(NOW + MINUTE, tick=False):
        client.get(f"/news/feed.{form}")
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        answer = client.get(f"/news/feed.{form}")
        for held in ({"If-None-Match": answer["ETag"]}, {"If-Modified-Since": answer["Last-Modified"]}):
            for ask in (client.get, client.head):
                assert ask(f"/news/feed.{form}", headers=held).status_code == 304


def published_story(**fields):
    """Publish what an act can concern, and return it."""
    return builders.published("Story", issued_at=NOW - HOUR, **fields)


def remove(kind):
    """Return the act that removes the story."""
    leads_to = "/news/" if kind == "consolidated" else ""
    wish = workflow.RemovalWish(kind=kind, reason="A test.", explanation="A test.", leads_to=leads_to)
    return lambda story, _country: workflow.remove(story.item, wish, by=None)


def rename(_story, country):
    """Give the country of the story another name."""
    country.name = country.name_en = "Republic of Austria"
    country.save()


ACTS = {
    "another story": lambda _story, _country: builders.published("Another", issued_at=NOW),
    "a minor edition": lambda story, _country: builders.next_edition(
        story, "Story.", is_minor=True, issued_at=NOW - HOUR
    ),
    "published in error": remove("error"),
    "withdrawn": remove("withdrawn"),
    "consolidated": remove("consolidated"),
    "a country's new name": rename,
    "an embargo that ends": lambda _story, _country: None,  # it ends at the moment of the act
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("is_new", [False, True], ids=["same process", "new process"])
def test_whoever_holds_what_has_changed_is_sent_the_new_one(client, act, is_new, django_capture_on_commit_callbacks):
    """By its tag and by its date, whatever has changed it, and in whichever process."""
    with time_machine.travel(NOW - MINUTE, tick=False):
        country = builders.country("Austria")
        story = published_story(countries=[country.pk])
        if act == "an embargo that ends":
            builders.published("Later", issued_at=NOW - HOUR, visible_from=NOW + 2 * MINUTE)
        client.get("/news/feed.atom")
    with time_machine.travel(NOW + MINUTE, tick=False):
        held = client.get("/news/feed.atom")
        assert client.get("/news/feed.atom", headers={"If-Modified-Since": held["Last-Modified"]}).status_code == 304
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            ACTS[act](story, country)
        if is_new:
            keeper.forget()
    for seconds in (0, 4, 60):
        with time_machine.travel(NOW + 2 * MINUTE + datetime.timedelta(seconds=seconds), tick=False):
            for name, value in (("If-Modified-Since", held["Last-Modified"]), ("If-None-Match", held["ETag"])):
                answer = client.get("/news/feed.atom", headers={name: value})
                assert (answer.status_code, answer.content == held.content) == (200, False)


def test_a_list_that_an_embargo_shortens_is_sent_anew(client):
    """Nothing new stands in it that could tell."""
    with time_machine.travel(NOW - MINUTE, tick=False):
        story = published_story(kind="speech")
        builders.next_edition(story, "A report", kind="statement", issued_at=NOW - HOUR, visible_from=NOW + 2 * MINUTE)
        client.get("/news/feed.atom")
    with time_machine.travel(NOW + MINUTE, tick=False):
        held = client.get("/news/feed.atom?kind=speech")
    with time_machine.travel(NOW + 3 * MINUTE, tick=False):
        answer = client.get("/news/feed.atom?kind=speech", headers={"If-Modified-Since": held["Last-Modified"]})
        assert answer.status_code == 200
        assert not feedparser.parse(answer.content).entries


def test_a_change_of_this_moment_gives_no_date(client):
    """Another one may follow within the same second, or be known to another process already."""
    with time_machine.travel(NOW, tick=False):
        published_story()
        assert "Last-Modified" not in client.get("/news/feed.atom")
    with time_machine.travel(NOW + datetime.timedelta(seconds=4), tick=False):
        assert "Last-Modified" not in client.get("/news/feed.atom")
    with time_machine.travel(NOW + MINUTE, tick=False):
        dated = client.get("/news/feed.atom")["Last-Modified"]
        assert dated == "Sat, 01 Jun 2030 12:00:02 GMT"


def test_a_json_feed_is_one_by_its_rules(client, settings):
    """Version 1.1: what it requires, and the types of what it allows."""
    settings.WEBSUB_HUB = "https://hub.example.org/"
    country = builders.country("Austria")
    builders.published("Récit", language="fr", countries=[country.pk], summary="En bref.")
    for _number in range(20):
        builders.published()
    feed = client.get("/news/feed.json?page=2").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["language"]) == ("OSCE: News", "en")
    assert feed["feed_url"] == f"{SITE}/news/feed.json?page=2"
    assert feed["home_page_url"] == f"{SITE}/news/"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]
    assert "next_url" not in feed
    assert client.get("/news/feed.json").json()["next_url"] == feed["feed_url"]
    (item,) = feed["items"]
    assert MOMENT.fullmatch(item["date_published"])
    assert MOMENT.fullmatch(item["date_modified"])
    assert item["url"].startswith(f"{SITE}/fr/news/")
    assert (item["title"], item["content_text"], item["language"]) == ("Récit", "En bref.", "fr")
    assert "Austria" in item["tags"]
    assert all(set(author) == {"name"} for author in item["authors"])


def test_a_feed_names_itself_its_list_and_the_way_on(client, settings):
    """And the hub, in its text and in its head."""
    settings.WEBSUB_HUB = "https://hub.example.org/"
    for _number in range(21):
        builders.published()
    for form in ("rss", "atom"):
        answer = client.get(f"/fr/news/feed.{form}?kind=news")
        links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
        own = f"{SITE}/fr/news/feed.{form}?kind=news"
        assert (links["self"], links["next"]) == (own, f"{own}&page=2")
        assert (links["alternate"], links["hub"]) == (f"{SITE}/fr/news/?kind=news", "https://hub.example.org/")
        assert answer["Link"] == f'<{own}>; rel="self", <https://hub.example.org/>; rel="hub"'
    settings.WEBSUB_HUB = ""
    assert b"hub" not in client.get("/news/feed.atom").content


def test_a_page_that_the_list_lacks_is_not_there(client):
    """As in the list; an empty list has one page."""
    assert entries(client, "/news/feed.atom") == []
    assert client.get("/news/feed.atom?page=2").status_code == 404
    assert json.loads(client.get("/news/feed.json").content)["items"] == []


def test_dates_are_english_in_all_languages(client):
    """As RFC 5322 writes them."""
    builders.published()
    assert "<pubDate>Wed, 15 Jan 2020 10:00:00 +0100</pubDate>" in client.get("/ru/news/feed.rss").content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_costs_the_same_queries_however_long_it_is(client, form):
    """The index's place in the log and whether it grew, the last act, the rows, their moments."""

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(f"/news/feed.{form}?size=100")
        return len(captured)

    builders.published()
    client.get(f"/news/feed.{form}?size=100")
    few = queries()
    for _number in range(30):
        builders.published(countries=[builders.country().pk])
    client.get(f"/news/feed.{form}?size=100")
    assert few == queries() <= 6
