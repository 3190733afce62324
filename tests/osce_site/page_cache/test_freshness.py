"""What a publishing act makes anew: every page that shows the edition, and no other."""

import datetime

import pytest
import time_machine
from django.test import Client

from news import workflow
from news.models import Change, Removal
from news.workflow import RemovalWish
from taxonomy.dependencies import ALL_NEWS
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_office():
    """Issue everything by one institution: to create another one is a change of taxonomy."""
    return {"issued_by": [builders.institution("Office").pk]}


def fresh(address):
    """Return what Django makes of the address now."""
    return Client().get(address).content.decode()


def test_a_page_is_made_once(site):
    """The second reader gets what the first one caused."""
    builders.published("Bridge")
    assert [site.get("/news/").how for _time in range(3)] == ["made", "hit", "hit"]
    assert site.get("/news/").text == fresh("/news/")


def test_a_publishing_act_makes_its_pages_anew_and_no_others(site):
    """Combinations of one matching and one other value are others."""
    ukraine, austria = builders.country("Ukraine"), builders.country("Austria")
    media, border = builders.topic("Media"), builders.topic("Borders")
    office = builders.institution("Office")
    builders.institution("Other")
    told = {"issued_by": [office.pk], "countries": [ukraine.pk], "topics": [media.pk]}
    other = builders.published("Other", countries=[austria.pk], topics=[border.pk])
    edition = builders.published("Bridge", **told)
    concerned = [
        "/", "/news/", "/news/?country=ukraine", "/news/?country=ukraine&topic=media", "/news/feed.atom",
        "/countries/ukraine/", "/fields-of-work/media/", "/institutions/office/", edition.get_absolute_url(),
        "/countries/ukraine/feed.rss",
    ]  # fmt: skip
    others = [
        "/countries/austria/", "/fields-of-work/borders/", "/countries/austria/feed.rss",
        "/countries/austria/feed.json?topic=media", "/countries/ukraine/feed.json?topic=borders",
        "/institutions/other/", other.get_absolute_url(), "/countries/", "/institutions/",
        "/news/feed.atom?kind=speech",
    ]  # fmt: skip
    for address in [*concerned, *others]:
        assert site.get(address).how == "made", address
        assert site.get(address).how == "hit", address
    builders.next_edition(edition, "Tunnel", **told)
    assert {address: site.get(address).how for address in concerned} == dict.fromkeys(concerned, "made")
    assert {address: site.get(address).how for address in others} == dict.fromkeys(others, "hit")
    for address in [*concerned, *others]:
        assert site.get(address).text == fresh(address), address


def how(site, *addresses):
    """Return where each of the pages comes from now; each is what Django would make."""
    replies = {address: site.get(address) for address in addresses}
    for address, reply in replies.items():
        assert reply.text == fresh(address), address
    return [reply.how for reply in replies.values()]


def test_what_an_edition_was_about_is_made_anew_too(site, by_office):
    """A list that it has left has changed."""
    ukraine, austria = builders.country("Ukraine"), builders.country("Austria")
    edition = builders.published("Bridge", countries=[ukraine.pk], **by_office)
    pages = ["/countries/ukraine/", "/countries/austria/"]
    how(site, *pages)
    builders.next_edition(edition, "Bridge", countries=[austria.pk], **by_office)
    assert how(site, *pages) == ["made", "made"]
    builders.next_edition(edition, "Bridge", countries=[austria.pk], **by_office)
    assert how(site, *pages) == ["hit", "made"]


def test_a_translation_makes_the_pages_of_its_original_anew(site):
    """They name the languages in which the story can be read."""
    ukraine = builders.country("Ukraine")
    original = builders.published("Bridge", countries=[ukraine.pk])
    pages = [original.get_absolute_url(), "/countries/ukraine/", "/fr/countries/ukraine/", "/news/feed.atom"]
    how(site, *pages)
    builders.published("Pont", language="fr", translation_of=original.item)
    assert how(site, *pages) == ["made"] * 4


def test_what_stands_below_makes_what_stands_above_anew(site):
    """The list of an institution holds the news of its parts."""
    above = builders.institution("Above")
    below = builders.institution("Below", parent=above)
    beside = builders.institution("Beside")
    pages = ["/institutions/above/", "/institutions/below/", "/institutions/beside/"]
    how(site, *pages)
    builders.published("Bridge", issued_by=[below.pk])
    assert how(site, *pages) == ["made", "made", "hit"]
    beside.parent = above
    beside.save()
    assert how(site, *pages) == ["made"] * 3
    builders.published("Bridge", issued_by=[beside.pk])
    assert how(site, *pages) == ["made", "hit", "made"]


def test_a_related_item_makes_the_page_that_names_it_anew(site, by_office):
    """Its card stands there."""
    other, third = builders.published("Other"), builders.published("Third")
    page = builders.published("Bridge", related=[other.item_id]).get_absolute_url()
    how(site, page)
    builders.next_edition(third, "Third again", **by_office)
    assert how(site, page) == ["hit"]
    builders.next_edition(other, "Other again", **by_office)
    assert how(site, page) == ["made"]


@pytest.mark.parametrize("kind", Removal.Kind.values)
def test_a_removal_and_its_end_make_the_item_anew(site, kind):
    """The page goes at once, and comes back at once."""
    ukraine = builders.country("Ukraine")
    edition = builders.published("Bridge", countries=[ukraine.pk])
    page = edition.get_absolute_url()
    other = builders.published("Other").get_absolute_url()
    how(site, page, f"{page}editions/1/", "/countries/ukraine/", other)
    leads_to = "/news/" if kind == Removal.Kind.CONSOLIDATED else ""
    workflow.remove(edition.item, RemovalWish(kind=kind, reason="x", explanation="Why.", leads_to=leads_to), by=None)
    gone = {"error": 410, "consolidated": 301, "withdrawn": 200}[kind]
    assert site.get(page).status == gone
    assert site.get(f"{page}editions/1/").status == (410 if kind == "error" else 200)
    assert "Bridge" not in site.get("/countries/ukraine/").text
    assert site.get(other).how == "hit"
    workflow.restore(edition.item, by=None)
    assert how(site, page, other) == ["made", "hit"]
    assert "Bridge" in site.get("/countries/ukraine/").text


def test_an_embargo_lifts_at_its_instant_and_makes_nothing_else_anew(site):
    """Never early, with no job and no look at the log."""
    ukraine = builders.country("Ukraine")
    builders.country("Austria")
    draft = builders.draft("Bridge", countries=[ukraine.pk])
    builders.published("Reader", related=[draft.item_id], countries=[ukraine.pk])
    now = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
    lifts = now + datetime.timedelta(hours=1)
    with time_machine.travel(now, tick=False) as clock:
        reader = fresh("/countries/ukraine/").partition('href="/news/')[2].partition('"')[0]
        pages = ["/countries/ukraine/", "/countries/ukraine/feed.rss", f"/news/{reader}", "/countries/austria/"]
        how(site, *pages)
        workflow.approve(draft, visible_from=lifts, by=None)
        how(site, *pages)
        clock.move_to(lifts - datetime.timedelta(microseconds=1))
        assert how(site, *pages) == ["hit"] * 4
        assert "Bridge" not in site.get("/countries/ukraine/", look=False).text
        clock.move_to(lifts)
        assert "Bridge" in site.get("/countries/ukraine/", look=False).text
        assert how(site, *pages) == ["hit", "made", "made", "hit"]


def test_a_scheduled_edition_takes_the_place_of_the_one_before_at_its_instant(site):
    """Also where the process began after the schedule was made."""
    now = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False) as clock:
        edition = builders.published("Bridge")
        clock.shift(1)
        builders.next_edition(edition, "Tunnel", visible_from=now + datetime.timedelta(hours=1))
        page = edition.get_absolute_url()
        assert "Bridge" in site.get(page).text
        clock.shift(3600)
        assert "Tunnel" in site.get(page, look=False).text


def test_a_page_holds_until_the_day_ends(site):
    """Who chairs the organisation and which mission is closed are true of a day, in Vienna."""
    with time_machine.travel(datetime.datetime(2026, 12, 31, 22, 59, 59, tzinfo=datetime.UTC), tick=False) as clock:
        pages = ["/", "/countries/", "/news/feed.atom"]
        how(site, *pages)
        clock.shift(1)
        assert how(site, *pages) == ["made", "made", "hit"]


def test_taxonomy_makes_everything_anew(site):
    """The menu and the names are on every page."""
    country = builders.country("Ukraine")
    how(site, "/", "/countries/ukraine/")
    country.name = "Ukraina"
    country.save()
    assert how(site, "/", "/countries/ukraine/") == ["made", "made"]


def test_many_rows_at_once_are_followed_or_everything_is_made_anew(site, monkeypatch, by_office):
    """Whoever is too far behind starts anew."""
    pages = ["/countries/ukraine/", "/countries/austria/"]
    told = by_office | {"countries": [builders.country("Ukraine").pk]}
    builders.country("Austria")
    how(site, *pages)
    for _number in range(3):
        builders.published(**told)
    assert how(site, *pages) == ["made", "hit"]
    monkeypatch.setattr("news.index.following.ROWS", 2)
    for _number in range(3):
        builders.published(**told)
    assert how(site, *pages)[0] == "made"


@pytest.mark.parametrize("kept", [0, 2])
def test_a_page_older_than_the_oldest_kept_row_is_never_fresh(site, kept, by_office):
    """A log that was pruned, or is another one, says nothing of what came before."""
    builders.country("Ukraine")
    for _number in range(3):
        builders.published(**by_office)
    how(site, "/countries/ukraine/")
    for _number in range(3):
        builders.published(**by_office)
    rows = Change.objects.order_by("-pk").values_list("pk", flat=True)
    Change.objects.exclude(pk__in=list(rows[:kept])).delete()
    assert how(site, "/countries/ukraine/") == ["made"]


def test_little_is_remembered_and_what_is_older_is_made_anew(site, monkeypatch, by_office):
    """Memory is bounded: at the price of pages that nobody has asked for since."""
    monkeypatch.setattr("osce_site.page_cache.log.MOST_MOVED", 30)
    builders.country("Ukraine")
    builders.country("Austria")
    how(site, "/countries/ukraine/", "/countries/austria/")
    for _number in range(8):
        builders.published(**by_office)
        assert how(site, "/countries/ukraine/") == ["hit"]
    assert how(site, "/countries/austria/") == ["made"]
    assert len(site.cache.log.moved) < 100


def test_what_stands_on_a_page_is_asked_for_by_its_number(site):
    """No page of one item depends on all news: each question says what it was narrowed to."""
    other = builders.published("Other")
    edition = builders.published("Bridge", related=[other.item_id])
    builders.next_edition(edition, "Bridge")
    page = edition.get_absolute_url()
    for address in (
        page,
        f"{page}editions/1/",
        f"{page}editions/compare/?from=1&to=2",
        "/countries/",
        "/institutions/",
    ):
        site.get(address)
        assert ALL_NEWS not in site.tags(address), address
