"""What is answered where an item was removed: 410, one redirect, or its record under a notice."""

import datetime

import pytest
import time_machine

from news import workflow
from news.models import Removal
from news.workflow import RemovalWish
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db

UTC = datetime.UTC
NOON = datetime.datetime(2021, 6, 1, 10, 0, tzinfo=UTC)
SECRET = "xylophonewort"
LISTS = ("/", "/news/", "/fr/", "/fr/news/", "/de/news/")


def remove(edition, kind, **wish):
    """Remove the edition's item, and explain it unless the test says how."""
    given = {"reason": "Because.", "explanation": "So that you know." if kind == "withdrawn" else ""}
    return workflow.remove(edition.item, RemovalWish(kind=kind, **(given | wish)), by=None)


def twice_published(title=f"{SECRET} title", **fields):
    """Publish an item in 2020, and its second edition now."""
    first = builders.published(title, summary=SECRET, body=f"<p>{SECRET}</p>", **fields)
    return builders.next_edition(first, title, summary=SECRET, body=f"<p>{SECRET} again</p>", change_note=SECRET)


def addresses(edition):
    """Return every address that an item has: two slugs, four prefixes, its editions, its past, its comparisons."""
    parts = ("", "editions/1/", "editions/2/", "editions/9/", "editions/compare/?from=1&to=2", "editions/compare/",
             "?at=2020-06-01", "?at=2010-06-01", "?at=nonsense", "?utm_source=x")  # fmt: skip
    starts = [edition.get_absolute_url(), *(f"{prefix}/news/{edition.item_id}/x/" for prefix in ("", "/fr", "/sq"))]
    return [start + part for start in starts for part in parts]


def answers(client, edition):
    """Return status and goal of each address of the item."""
    responses = [client.get(address) for address in addresses(edition)]
    return {(response.status_code, response.headers.get("Location", "")) for response in responses}


def test_what_was_published_in_error_is_gone_from_every_address(client):
    """Past moments included; nothing of it is named, and the reader is told why."""
    edition = twice_published(dateline=SECRET)
    remove(edition, "error", explanation="It was sent too early.")
    assert answers(client, edition) == {(410, "")}
    for address in addresses(edition):
        shown = page(client, address, status=410)
        assert SECRET not in shown
        assert "It was sent too early." in shown
        assert 'rel="canonical"' not in shown
    assert 'href="/news/"' in main(client, "/news/")
    for address in LISTS:
        assert SECRET not in page(client, address)


def test_the_page_of_what_is_gone_speaks_the_language_of_its_address(client):
    """The explanation says in which language it is written."""
    edition = twice_published(language="de")
    remove(edition, "error", explanation="Zu früh veröffentlicht.")
    shown = page(client, f"/fr/news/{edition.item_id}/x/", status=410)
    assert '<html lang="fr"' in shown
    assert 'lang="de" dir="ltr"><p>Zu früh veröffentlicht.</p>' in shown


def test_what_was_published_in_error_may_lead_to_another_page_from_every_address(client):
    """In one redirect, which keeps no question, and which a browser asks about again."""
    goal, edition = builders.published("Goal"), twice_published()
    remove(edition, "error", leads_to=str(goal.item_id))
    assert answers(client, edition) == {(301, goal.get_absolute_url())}
    assert client.get(edition.get_absolute_url()).headers["Cache-Control"] == "no-cache"


def test_a_consolidated_page_leads_on_and_its_record_stays(client):
    """Its present address alone redirects; what was once public is read under a notice that says whereto."""
    goal, edition = builders.published("Goal"), twice_published()
    remove(edition, "consolidated", leads_to=str(goal.item_id), explanation="Both said the same.")
    item = edition.get_absolute_url()
    for address in (item, f"{item}?utm_source=x", f"/news/{edition.item_id}/x/", f"/fr/news/{edition.item_id}/x/"):
        response = client.get(address)
        assert (response.status_code, response.url) == (301, goal.get_absolute_url())
    for past in ("editions/1/", "editions/2/", "?at=2020-06-01", "editions/compare/?from=1&to=2"):
        shown = page(client, f"{item}{past}")
        assert "Merged into another page on" in shown
        assert "Both said the same." in shown
        assert f'<a href="{goal.get_absolute_url()}">Read the page that took its place</a>' in shown
        assert "Read the present edition" not in shown
    for unknown in ("editions/9/", "?at=2010-06-01", "?at=nonsense", "editions/compare/?from=1&to=9"):
        page(client, f"{item}{unknown}", status=404)
    for address in LISTS:
        assert SECRET not in page(client, address)


def test_a_way_over_several_removed_pages_is_one_redirect(client):
    """And where its end is gone, so is its beginning."""
    first, second, third = (twice_published(f"Page {number}") for number in "abc")
    remove(first, "consolidated", leads_to=str(second.item_id))
    remove(second, "error", leads_to=str(third.item_id))
    assert client.get(first.get_absolute_url()).url == third.get_absolute_url()
    remove(third, "error", explanation="Wrong from the start.")
    for edition in (first, second, third):
        assert "Wrong from the start." in page(client, edition.get_absolute_url(), status=410)
    shown = page(client, f"{first.get_absolute_url()}editions/1/")
    assert "Merged into another page on" in shown
    assert "Read the page that took its place" not in shown


@pytest.mark.parametrize(("kind", "prefix"), [("consolidated", ""), ("error", "/fr")])
def test_a_way_may_lead_to_a_list_or_a_country(client, kind, prefix):
    """In the language of the address that was asked for."""
    country = builders.country("Austria")
    for goal in ("/news/", country.get_absolute_url()):
        edition = twice_published()
        remove(edition, kind, leads_to=goal)
        assert client.get(f"{prefix}/news/{edition.item_id}/x/").url == f"{prefix}{goal}"


def test_a_withdrawn_page_stays_under_a_dated_notice_and_leaves_the_lists(client):
    """Its record does too."""
    edition = twice_published("Withdrawn story")
    other = builders.published("Other", related=[edition.item_id])
    with time_machine.travel(datetime.datetime(2060, 12, 2, 12, tzinfo=UTC), tick=False):
        remove(edition, "withdrawn", explanation="The figures were wrong.")
        item = edition.get_absolute_url()
        for past in ("", "editions/1/", "editions/2/", "?at=2020-06-01", "editions/compare/?from=1&to=2"):
            shown = page(client, f"{item}{past}")
            assert 'Withdrawn on <time datetime="2060-12-02T13:00:00+01:00">2 December 2060</time>' in shown
            assert "<p>The figures were wrong.</p>" in shown
        shown = page(client, item)
        assert SECRET in shown
        assert "<title>Withdrawn: Withdrawn story" in shown
        assert '<meta property="article:expiration_time" content="2060-12-02T13:00:00+01:00">' in shown
        assert "noindex" not in shown
        for address in (*LISTS, other.get_absolute_url()):
            assert "Withdrawn story" not in page(client, address)


def test_a_withdrawn_page_costs_no_more_queries_than_it_may(client, django_assert_max_num_queries):
    """Five, and one of them is the look at the log of changes."""
    edition = twice_published(related=[builders.published().item_id])
    remove(edition, "withdrawn")
    page(client, edition.get_absolute_url())
    with django_assert_max_num_queries(4):
        page(client, edition.get_absolute_url())


@pytest.mark.parametrize("kind", Removal.Kind.values)
def test_a_restored_page_is_as_it_was_before(client, kind):
    """At every address, without a word of its removal."""
    goal, edition = builders.published("Goal"), twice_published("Restored story")
    item = edition.get_absolute_url()
    before = {address: client.get(address).status_code for address in addresses(edition)}
    remove(edition, kind, **({"leads_to": str(goal.item_id)} if kind == "consolidated" else {}))
    workflow.restore(edition.item, by=None)
    after = {address: client.get(address).status_code for address in addresses(edition)}
    assert after == before
    for address in (item, f"{item}?at=2020-06-01", f"{item}editions/1/"):
        shown = page(client, address)
        assert "notice--withdrawn" not in shown
        assert "Merged into" not in shown
    assert "Restored story" in page(client, "/news/")


def test_a_page_as_of_its_withdrawal_shows_the_notice_of_that_time(client):
    """As it stood then, though it was published again later."""
    edition = builders.published("Story")
    item = edition.get_absolute_url()
    with time_machine.travel(NOON, tick=False):
        remove(edition, "withdrawn", explanation="Doubts.")
    with time_machine.travel(NOON + datetime.timedelta(days=9), tick=False):
        workflow.restore(edition.item, by=None)
    assert "Withdrawn on" not in page(client, f"{item}?at=2021-06-01T09:00Z")
    during = page(client, f"{item}?at=2021-06-05")
    assert "Doubts." in during
    assert 'It was published again on <time datetime="2021-06-10T12:00:00+02:00">10 June 2021</time>' in during
    for address in (item, f"{item}?at=2021-06-11", f"{item}editions/1/"):
        assert "Withdrawn on" not in page(client, address)


@pytest.mark.parametrize("kind", Removal.Kind.values)
def test_a_translation_outlives_its_removed_original_and_the_original_its_translation(client, kind):
    """Each is told nothing of the other, and a list in another language falls back on what is there."""
    goal = builders.published("Goal")
    wish = {"leads_to": str(goal.item_id)} if kind == "consolidated" else {}
    for is_original_removed in (True, False):
        original = builders.published(f"Original {is_original_removed}")
        french = builders.published(f"Texte {is_original_removed}", language="fr", translation_of=original.item)
        gone, left = (original, french) if is_original_removed else (french, original)
        remove(gone, kind, **wish)
        shown = page(client, left.get_absolute_url())
        assert left.title in shown
        assert gone.get_absolute_url() not in shown
        lists = [gone.title in page(client, address) for address in LISTS]
        assert not any(lists)
        shown_in = {address for address in LISTS if left.title in page(client, address)}
        assert shown_in == ({"/fr/", "/fr/news/"} if is_original_removed else set(LISTS))


def test_an_item_that_never_was_is_not_found(client):
    """However large its number is."""
    for number in (0, 987654, 10**30):
        for part in ("", "editions/1/", "editions/compare/?from=1&to=2", "?at=2020-06-01"):
            page(client, f"/news/{number}/x/{part}", status=404)
