"""What the address of an item may ask for: a past moment, two editions to compare."""

import datetime

import pytest
import time_machine
from django.conf import settings

from news import workflow
from news.moments import moment_text, read_moment
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db

UTC = datetime.UTC
NOON = datetime.datetime(2021, 6, 1, 10, 0, tzinfo=UTC)
LATER = NOON + datetime.timedelta(days=30)


@pytest.fixture
def story():
    """Publish a story on 15 January 2020 and two more editions, on 1 June and 1 July 2021."""
    first = builders.published("First wording", body="<p>Eighteen.</p>")
    with time_machine.travel(NOON, tick=False):
        builders.next_edition(first, "Second wording", body="<p>Nineteen.</p>", change_note="Nineteen it is.")
    with time_machine.travel(LATER, tick=False):
        builders.next_edition(first, "Third wording", body="<p>Nineteen.</p>", is_minor=True)
    return first


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-06-01T10:00Z", NOON),
        ("2021-06-01T12:00+02:00", NOON),
        ("2021-06-01T12:00 02:00", NOON),  # a "+" that was not encoded
        ("2021-06-01T12:00", NOON),  # Vienna's
        ("2021-06-01 12:00", NOON),
        ("2021-12-01T12:00", datetime.datetime(2021, 12, 1, 11, 0, tzinfo=UTC)),
        ("2021-06-01T12:00:30", NOON + datetime.timedelta(seconds=30)),
        ("2021-06-01", datetime.datetime(2021, 6, 1, 21, 59, 59, tzinfo=UTC)),
        ("2021-06-01T12:00:30.75", NOON + datetime.timedelta(seconds=30)),
        ("2021-10-31T02:30", datetime.datetime(2021, 10, 31, 0, 30, tzinfo=UTC)),  # the first of the two
        (
            "2021-03-28T02:30",
            datetime.datetime(2021, 3, 28, 1, 30, tzinfo=UTC),
        ),  # by the clock that was not put forward
    ],
)
def test_a_moment_is_read_with_its_offset_and_without_one_as_viennas(text, moment):
    """A day is read as its last second in Vienna; parts of a second are none of an address."""
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2021", "2021-13-01", "2021-06-31", "2021-06-01T25:00Z", "0001-01-01T00:00+14:00", "\0" * 10,
     "9999-12-31T23:59-14:00", "2021-06-01T10:00Z'", "١٢٣٤-٠٦-٠١"],
)  # fmt: skip
def test_what_is_no_moment_is_not_found(client, story, text):
    """Nor is one that no calendar of ours holds."""
    assert client.get(story.get_absolute_url(), {"at": text}).status_code == 404


def test_today_is_now_and_what_has_not_come_is_not_found(client, story):
    """The evening of today is no moment of the past."""
    address = story.get_absolute_url()
    with time_machine.travel(NOON, tick=False):
        assert "Second wording" in page(client, f"{address}?at=2021-06-01")
        page(client, f"{address}?at=2021-06-01T10:00Z")
        page(client, f"{address}?at=2021-06-01T10:00:01Z", status=404)
        page(client, f"{address}?at=2021-06-02", status=404)


def test_the_page_shows_what_stood_there_under_a_notice(client, story):
    """The present one is a step away; no search engine lists the past."""
    address = story.get_absolute_url()
    shown = page(client, f"{address}?at=2021-05-31T10:00Z")
    assert "First wording" in shown
    assert "Eighteen." in shown
    assert "Nineteen" not in shown
    assert 'As it stood on <time datetime="2021-05-31T12:00:00+02:00">31 May 2021, 12:00</time> (Vienna)' in shown
    assert f'<a href="{address}">Read the present edition</a>' in shown
    assert f'href="{address}editions/1/"' in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert f'<link rel="canonical" href="{settings.SITE_URL}{address}">' in shown
    assert "Updated" not in shown
    assert "First wording: as it stood on 31 May 2021, 12:00" in shown.partition("</title>")[0]


def test_before_the_first_publication_there_was_no_page(client, story):
    """Not even a second before it."""
    address = story.get_absolute_url()
    page(client, f"{address}?at=2020-01-15T09:00:00Z")
    page(client, f"{address}?at=2020-01-15T08:59:59Z", status=404)


def test_any_other_slug_redirects_once_and_keeps_the_moment(client, story):
    """As it does for the present."""
    response = client.get(f"/fr/news/{story.item_id}/x/?at=2021-05-31")
    assert (response.status_code, response.url) == (301, f"{story.get_absolute_url()}?at=2021-05-31")


def test_history_languages_and_related_items_are_as_of_the_moment(client):
    """What came later is not told, what was there is offered as it stood."""
    related = builders.published("Related one")
    original = builders.published("Original", related=[related.item_id])
    with time_machine.travel(NOON, tick=False):
        builders.published("Traduction", language="fr", translation_of=original.item, visible_from=NOON)
        builders.next_edition(related, "Related one, renamed", is_minor=True)
        builders.next_edition(original, "Original, corrected", change_note="Later.", related=[])
    address = original.get_absolute_url()
    before = page(client, f"{address}?at=2021-05-31T10:00Z")
    assert ">Related one</a>" in before
    for absent in ("Read it in", "Later.", "renamed", "What has changed"):
        assert absent not in before
    after = page(client, f"{address}?at=2021-06-01T10:00Z")
    assert "?at=2021-06-01T10:00:00Z" in after.partition("Read it in")[2].partition("</dd>")[0]
    assert "?at=2021-06-01T10:00:00Z" in after.partition('class="strip"')[2].partition("</nav>")[0]
    assert "hreflang" not in after.partition("</head>")[0]


def test_a_moment_before_the_import_says_that_it_comes_from_the_archive(client):
    """This site did not exist then."""
    edition = workflow.create_item(builders.content("Old"), by=None, imported_at=NOON, source="tape", source_id="1")
    workflow.approve(edition, visible_from=builders.LONG_AGO, from_archive=True, by=None)
    address = edition.get_absolute_url()
    assert "From the archive" in page(client, f"{address}?at=2021-05-31")
    assert "1 June 2021" in page(client, f"{address}?at=2021-05-31")
    assert "From the archive" not in page(client, f"{address}?at=2021-06-02")


def test_the_form_asks_for_a_moment_in_vienna(client, story):
    """A plain form, whose answer is this page's address with the question."""
    shown = main(client, story.get_absolute_url())
    assert f'action="{story.get_absolute_url()}" method="get"' in shown
    assert 'name="at" type="datetime-local"' in shown
    assert "First wording" in page(client, f"{story.get_absolute_url()}?at=2021-05-31T12:00")


def test_a_moment_is_written_as_an_address_holds_it():
    """In UTC, whatever its zone; read again it is the same."""
    moment = datetime.datetime(2021, 6, 1, 12, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    assert moment_text(moment) == "2021-06-01T10:00:00Z"
    assert read_moment(moment_text(moment)) == moment


def test_two_editions_are_compared_at_an_address_of_their_own(client, story):
    """Words added and removed are marked, for those who hear the page too."""
    address = f"{story.get_absolute_url()}editions/compare/"
    shown = page(client, f"{address}?from=1&to=2").replace("\n", "")
    assert '<del><span class="visually-hidden">[removed: </span>Eighteen<span class="visually-hidden">]' in shown
    assert '<ins><span class="visually-hidden">[added: </span>Nineteen<span class="visually-hidden">]' in shown
    assert "Nineteen it is." in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert f'<a class="kicker__link" href="{story.get_absolute_url()}">' in shown
    assert f'action="{address}" method="get"' in shown
    assert "from edition 2 to edition 1" in page(client, f"{address}?from=2&to=1&utm_source=x")


def test_editions_that_say_the_same_are_said_to(client, story):
    """An edition compared with itself is one of these."""
    address = f"{story.get_absolute_url()}editions/compare/"
    assert "These two editions say the same." in page(client, f"{address}?from=1&to=1")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("", "from=2&to=3"), ("?from=1", "from=1&to=3"), ("?to=2", "from=1&to=2")],
)
def test_by_default_the_newest_is_compared_with_the_one_before(client, story, asked, answered):
    """For now only: the next edition changes where it leads."""
    address = f"{story.get_absolute_url()}editions/compare/"
    response = client.get(f"{address}{asked}")
    assert (response.status_code, response.url) == (302, f"{address}?{answered}")


def test_a_comparison_redirects_once_to_its_address(client, story):
    """As the item does."""
    response = client.get(f"/sq/news/{story.item_id}/x/editions/compare/?from=1&to=2")
    assert (response.status_code, response.url) == (301, f"{story.get_absolute_url()}editions/compare/?from=1&to=2")


@pytest.mark.parametrize(
    "query", ["from=1&to=4", "from=0&to=1", "from=9&to=1", "from=&to=2", "from=a&to=2", "from=1&to=-2", "to=1",
              "from=1&to=99999999999999999999"]
)  # fmt: skip
def test_what_never_was_public_is_not_compared(client, story, query):
    """Nor is a first edition, with nothing before it."""
    builders.workflow.open_edition(story.item, by=None)
    page(client, f"{story.get_absolute_url()}editions/compare/?{query}", status=404)


def test_an_edition_ahead_of_its_moment_is_not_compared(client, story):
    """Though it is approved."""
    ahead = builders.next_edition(story, "Ahead", visible_from=datetime.datetime(2060, 1, 1, tzinfo=UTC), is_minor=True)
    address = f"{story.get_absolute_url()}editions/compare/"
    page(client, f"{address}?from=1&to={ahead.number}", status=404)
    assert client.get(address).url == f"{address}?from=2&to=3"


def test_a_related_item_that_is_not_public_is_not_named_in_a_comparison(client):
    """Its title is nobody's business yet."""
    secret, known = builders.draft("Secret title"), builders.published("Known title")
    story = builders.published("Story")
    builders.next_edition(story, "Story", related=[secret.item_id, known.item_id], is_minor=True)
    shown = page(client, f"{story.get_absolute_url()}editions/compare/?from=1&to=2")
    assert "Known title" in shown
    assert "Secret title" not in shown


def test_stored_text_is_escaped_in_a_comparison(client):
    """Words are shown, never run."""
    story = builders.published("A <script>alert(1)</script> title", body="<p>&lt;img src=x onerror=alert(1)&gt;</p>")
    builders.next_edition(story, "Other", body='<p><a href="/x/?a=1&amp;b=2">&lt;b&gt;</a></p>', is_minor=True)
    shown = main(client, f"{story.get_absolute_url()}editions/compare/?from=1&to=2")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "(/x/?a=1&amp;b=2)" in shown


def test_the_pages_of_the_past_cost_a_fixed_number_of_queries(client, story, django_assert_max_num_queries):
    """However many editions there are."""
    address = story.get_absolute_url()
    asked = {f"{address}?at=2021-05-31": 4, f"{address}editions/1/": 4, f"{address}editions/compare/?from=1&to=3": 4}
    for each, budget in asked.items():
        page(client, each)
        with django_assert_max_num_queries(budget):
            page(client, each)
