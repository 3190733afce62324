"""The files below each list: which question each answers, at which address."""

import re

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from news.paging import last_page
from tests import builders
from tests.news import archives
from tests.news.archives import HOUR, NOW, FreshTestCase
from tests.news.reading_files import FORMS, SITE, numbers
from tests.pages import page

pytestmark = pytest.mark.django_db
FILES = ("feed.rss", "feed.atom", "feed.json", "export.csv")
LANGUAGES = ("", "/fr", "/de", "/it", "/ru", "/es")


@pytest.mark.parametrize("file", FILES)
def test_a_file_answers_the_question_of_its_address(client, file):
    """And holds nothing that is not public."""
    austria = builders.country("Austria")
    here = builders.published("Here", countries=[austria.pk])
    builders.published("Elsewhere")
    builders.draft("Draft", countries=[austria.pk])
    assert numbers(client, f"/news/{file}?country=austria") == [here.item_id]
    assert numbers(client, f"/countries/austria/{file}") == [here.item_id]


@pytest.mark.parametrize("file", FILES)
def test_what_stands_below_a_record_is_in_its_files(client, file):
    """Of institutions and of fields of work."""
    top, field = builders.institution("Secretariat"), builders.topic("Security")
    part, branch = builders.institution(parent=top), builders.topic(parent=field)
    story = builders.published(issued_by=[part.pk], topics=[branch.pk])
    builders.published()
    assert numbers(client, f"/institutions/secretariat/{file}") == [story.item_id]
    assert numbers(client, f"/fields-of-work/security/{file}") == [story.item_id]


@pytest.mark.parametrize("file", FILES)
def test_a_search_has_files_of_what_it_finds(client, file):
    """Filters narrow it."""
    speech = builders.published("Clearing mines", kind="speech")
    report = builders.published("Mines in the harbour")
    builders.published("Elections")
    assert set(numbers(client, f"/search/{file}?q=mines")) == {speech.item_id, report.item_id}
    assert numbers(client, f"/search/{file}?q=mines&kind=speech") == [speech.item_id]
    assert numbers(client, f"/search/{file}?q=nothingofthekind") == []
    assert numbers(client, f"/search/{file}?q=--") == []


def test_a_file_of_a_search_holds_nothing_that_is_not_public(client):
    """Though its words are known before its moment."""
    builders.draft("Mines, a draft")
    with time_machine.travel(NOW, tick=False):
        builders.published("Mines, embargoed", issued_at=NOW, visible_from=NOW + HOUR)
        assert numbers(client, "/search/feed.rss?q=mines") == numbers(client, "/search/export.csv?q=mines") == []
    with time_machine.travel(NOW + HOUR, tick=False):
        assert (
            len(numbers(client, "/search/feed.rss?q=mines")) == len(numbers(client, "/search/export.csv?q=mines")) == 1
        )


def test_a_feed_of_a_search_is_by_date_and_its_table_by_relevance(client):
    """A follower wants what is new; the table is the list that was seen."""
    older = builders.published("Mines")
    newer = builders.published("Harbour", summary="With mines.", issued_at=builders.LONG_AGO + HOUR)
    assert numbers(client, "/search/feed.atom?q=mines") == [newer.item_id, older.item_id]
    assert numbers(client, "/search/export.csv?q=mines") == [older.item_id, newer.item_id]
    assert numbers(client, "/search/export.csv?q=mines&sort=newest") == [newer.item_id, older.item_id]


@pytest.mark.parametrize("file", FILES)
def test_words_lead_to_the_search_in_one_step(client, file):
    """With all that is asked beside them, the page's subject too; without words it is the list of all news."""
    builders.country("Austria")
    for asked, answered in [
        (f"/news/{file}?q=x&kind=speech", f"/search/{file}?q=x&kind=speech"),
        (f"/fr/countries/austria/{file}?kind=speech&q=x", f"/fr/search/{file}?q=x&kind=speech&country=austria"),
        (f"/search/{file}?kind=speech", f"/news/{file}?kind=speech"),
    ]:
        answer = client.get(asked)
        assert (answer.status_code, answer["Location"]) == (301, answered)
        assert client.get(answered).status_code == 200


def test_another_form_of_the_address_redirects_once(client):
    """Order and pages of a table, and the order of a feed, mean nothing; a stranger's parameter is let be."""
    for asked, answered in [
        ("/news/export.csv?page=2&size=50&kind=speech&kind=news", "/news/export.csv?kind=news&kind=speech"),
        ("/news/feed.rss?sort=oldest", "/news/feed.rss"),
        ("/search/feed.rss?q=%20mines&sort=oldest", "/search/feed.rss?q=mines"),
    ]:
        answer = client.get(asked)
        assert (answer.status_code, answer["Location"]) == (301, answered)
        assert client.get(answered).status_code == 200
    builders.country("Austria")
    assert client.get("/news/feed.rss?utm_source=x").status_code == 200
    answer = client.get("/countries/austria/feed.rss?country=x")  # its subject is no parameter of it
    assert (answer.status_code, answer["Location"]) == (301, "/countries/austria/feed.rss")
    assert client.get("/news/feed.rss?kind=poem").status_code == 404


def test_what_is_followed_has_no_past(client):
    """The feed of a past list is that of the list now; its table is the past one."""
    first = builders.published("First wording")
    with time_machine.travel(NOW, tick=False):
        builders.next_edition(first, "Second wording")
        answer = client.get("/news/feed.rss?at=2021-01-01T12:00:00Z")
        assert (answer.status_code, answer["Location"]) == (301, "/news/feed.rss")
        answer = client.get("/news/export.csv?at=2021-01-01T12:00:00Z")
        assert b"First wording" in b"".join(answer.streaming_content)
        assert client.get("/search/export.csv?q=wording&at=2021-01-01T12:00:00Z").status_code == 404


@pytest.mark.parametrize("file", FILES)
def test_a_day_that_is_none_is_said_to_be_none(client, file):
    """Which parameter, and how to write it; in the language of the address, as plain text."""
    answer = client.get(f"/news/{file}?from=yesterday&to=2020-01-01")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode() == "from: “yesterday” is no date. Write it as 2025-11-30.\n"
    assert client.get(f"/search/{file}?q=x&from=2021&to=2020").content.startswith(b"to: ")


@pytest.mark.parametrize("file", FILES)
def test_a_former_slug_leads_to_the_same_file(client, file):
    """Not to the page above it."""
    austria = builders.country("Austria")
    austria.slug = "republic-of-austria"
    austria.save()
    answer = client.get(f"/countries/austria/{file}")
    assert (answer.status_code, answer["Location"]) == (301, f"/countries/republic-of-austria/{file}")


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_each_list_leads_to_its_own_feeds(client, prefix):
    """With what is chosen, without what is the page's alone; the home page to those of all news. None redirects."""
    builders.country("Austria")
    builders.institution("Secretariat")
    builders.topic("Security")
    builders.published("Mines")
    for path, query, feed_query in [
        ("/", "", ""),
        ("/news/", "?kind=news&sort=oldest", "?kind=news"),
        ("/countries/austria/", "", ""),
        ("/institutions/secretariat/", "", ""),
        ("/fields-of-work/security/", "", ""),
        ("/search/", "?q=mines", "?q=mines"),
    ]:
        shown = page(client, prefix + path + query)
        offered = re.findall(r'<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"', shown)
        place = "/news/" if path == "/" else path
        assert offered == [f"{SITE}{prefix}{place}feed.{form}{feed_query}" for form in FORMS]
        assert all(client.get(address.removeprefix(SITE)).status_code == 200 for address in offered)


def test_a_list_leads_to_its_table(client):
    """In its order."""
    assert 'href="/news/export.csv?kind=news&amp;sort=oldest"' in page(client, "/news/?kind=news&sort=oldest")


@pytest.mark.parametrize("file", FILES)
def test_whoever_asks_for_the_head_gets_the_head(client, file):
    """And may not write."""
    builders.published()
    full, head = client.get(f"/news/{file}"), client.head(f"/news/{file}")
    assert head.status_code == 200
    assert head["Content-Type"] == full["Content-Type"]
    assert (b"".join(head.streaming_content) if head.streaming else head.content) == b""
    assert client.post(f"/news/{file}").status_code == 405
    # Without the test's client, which would drop a body by itself; a table would be read to its end for nobody.
    answer = WSGIHandler()(RequestFactory().head(f"/news/{file}").environ, lambda _status, _headers: None)
    assert b"".join(answer) == b""
    answer.close()


class OneQuestion(FreshTestCase):
    """Whatever is asked of whatever archive, list, feeds and table hold the same items."""

    @settings(max_examples=10, deadline=None, phases=[Phase.generate])
    @given(data=st.data(), drawn=archives.STORIES)
    def test_list_feed_and_table_hold_the_same(self, data, drawn):
        """In the same order."""
        with time_machine.travel(NOW, tick=False):
            known = archives.names()
            archives.publish(drawn, known)
        with time_machine.travel(NOW + data.draw(st.integers(0, 40)) * HOUR, tick=False):
            question = data.draw(archives.questions(known))
            prefix = "" if question.page_language == "en" else f"/{question.page_language}"
            if question.since and question.until and question.until < question.since:
                assert self.client.get(f"/news/feed.rss{question.query()}").status_code == 400
                return
            listed = self.client.get(f"{prefix}/news/{question.query()}")
            expected = [card.edition.item_id for card in listed.context["page"].cards]
            assert last_page(question, listed.context["page"].total) == 1
            assert numbers(self.client, f"{prefix}/news/export.csv{question.query()}") == expected
            newest_first = expected if question.sort == "newest" else expected[::-1]
            for form in FORMS:
                query = question.query(sort="newest")
                assert numbers(self.client, f"{prefix}/news/feed.{form}{query}") == newest_first
