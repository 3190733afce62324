"""The public pages of news, as a visitor meets them."""

import datetime
import re

import pytest
import time_machine
from django.conf import settings

from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SENTINEL = "xylophonewort"


def tagged_story(title="Alpha", **fields):
    """Publish a story with a tag of each sort, and return it with the addresses of all pages that show it."""
    country, topic, institution = builders.country(), builders.topic(), builders.institution()
    tags = {"countries": [country.pk], "topics": [topic.pk], "issued_by": [institution.pk]}
    story = builders.published(title, **(tags | fields))
    subjects = [record.get_absolute_url() for record in (country, topic, institution)]
    return story, tags, ["/", "/news/", *subjects]


def test_an_item_shows_everything_that_was_said_of_it(client):
    """Kind, dateline and date, issuing bodies in their order, fields of work, countries, text."""
    first, second = builders.institution("Mission to Moldova"), builders.institution("Secretariat")
    country, topic = builders.country("Moldova"), builders.topic("Arms control")
    story = builders.published(
        "Alpha", kind="press-release", dateline="CHIȘINĂU", body="<p>The text.</p>",
        issued_by=[second.pk, first.pk], countries=[country.pk], topics=[topic.pk],
    )  # fmt: skip
    shown = main(client, story.get_absolute_url())
    assert "Press release" in shown
    assert '<p><span class="prose__dateline">CHIȘINĂU, 15 January 2020.</span> The text.</p>' in shown
    assert shown.index(second.get_absolute_url()) < shown.index(first.get_absolute_url())
    for record in (country, topic):
        assert record.get_absolute_url() in shown
    assert "Published" in shown
    assert "15 January 2020, 10:00" in shown


@pytest.mark.parametrize("address", ["/news/{n}/another-slug/", "/fr/news/{n}/alpha/", "/sq/news/{n}/alpha/"])
def test_any_other_slug_or_language_redirects_once_and_keeps_the_question(client, address):
    """The number alone leads to the item."""
    story = builders.published("Alpha")
    response = client.get(address.format(n=story.item_id) + "?utm_source=mail&a=1")
    assert (response.status_code, response.url) == (301, f"/news/{story.item_id}/alpha/?utm_source=mail&a=1")
    assert client.get(response.url).status_code == 200


def test_an_item_in_a_local_language_stands_in_an_english_frame(client):
    """The article says its language, the parts that the site speaks say theirs."""
    story = builders.published("Lajme", language="sq", dateline="TIRANË")
    assert story.get_absolute_url() == f"/sq/news/{story.item_id}/lajme/"
    shown = page(client, story.get_absolute_url())
    assert '<html lang="en"' in shown
    assert '<article lang="sq" dir="ltr">' in shown
    assert "TIRANË, 15 janar 2020." in shown
    assert "Issued on" in shown


@pytest.mark.parametrize("address", ["/news/99/x/", "/xx/news/1/x/", "/news/0/x/", "/news/99/x/editions/1/"])
def test_what_never_was_is_not_found(client, address):
    """Neither an unknown number nor an unknown language."""
    page(client, address, status=404)


def test_a_draft_and_what_is_scheduled_are_nowhere(client):
    """A word that stands in them only is on no public page, and their own addresses don't exist."""
    _story, tags, shown_on = tagged_story(related=[])
    tomorrow = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=1)
    secret = {"summary": SENTINEL, "body": f"<p>{SENTINEL}</p>"} | tags
    draft = builders.draft(f"{SENTINEL} draft", **secret)
    scheduled = builders.published(f"{SENTINEL} scheduled", visible_from=tomorrow, **secret)
    public = builders.published("Public", related=[draft.item_id, scheduled.item_id], **tags)
    next_edition = builders.next_edition(public, f"{SENTINEL} next", visible_from=tomorrow, **secret)
    for address in [*shown_on, public.get_absolute_url(), *(f"/{code}/news/" for code in LANGUAGES[1:])]:
        assert SENTINEL not in page(client, address)
    for edition in (draft, scheduled):
        assert SENTINEL not in page(client, edition.get_absolute_url(), status=404)
        assert SENTINEL not in page(client, f"{edition.get_absolute_url()}editions/1/", status=404)
    unseen = f"{public.get_absolute_url()}editions/{next_edition.number}/"
    assert SENTINEL not in page(client, unseen, status=404)


def test_a_scheduled_edition_is_on_every_page_at_the_first_request_after_its_moment(client):
    """Nothing makes it live: the clock does."""
    story, tags, shown_on = tagged_story("Before")
    moment = datetime.datetime(2035, 5, 1, 10, 0, tzinfo=datetime.UTC)
    builders.next_edition(story, "Afterwards", visible_from=moment, **tags)
    addresses = [*shown_on, story.get_absolute_url()]
    with time_machine.travel(moment - datetime.timedelta(seconds=1), tick=False):
        assert ["Before" in main(client, address) for address in addresses] == [True] * len(addresses)
    with time_machine.travel(moment, tick=False):
        assert ["Afterwards" in main(client, address) for address in addresses] == [True] * len(addresses)
        assert ["Before" in main(client, address) for address in addresses] == [False] * len(addresses)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_show_one_row_for_a_story_in_the_language_of_the_address(client, language):
    """Its version there, else the original; the row names the other languages it can be read in."""
    prefix = "" if language == "en" else f"/{language}"
    original = builders.published("In English")
    builders.published("Nur englisch")
    for code in LANGUAGES[1:]:
        builders.published(f"Version {code}", language=code, translation_of=original.item)
    title = "In English" if language == "en" else f"Version {language}"
    for address in (f"{prefix}/", f"{prefix}/news/"):
        shown = main(client, address)
        assert shown.count(f">{title}</a>") == 1
        assert shown.count(">Nur englisch</a>") == 1
        assert sum(shown.count(f">Version {code}</a>") for code in LANGUAGES) == (language != "en")
    others = [code for code in LANGUAGES if code != language]
    shown = main(client, f"{prefix}/news/")
    assert [f'hreflang="{code}"' in shown for code in others] == [True] * len(others)
    assert f'hreflang="{language}"' not in shown


def test_a_title_in_another_language_than_the_pages_says_so(client):
    """A screen reader then speaks it rightly."""
    builders.published("Только по-русски", language="ru")
    assert re.search(r'lang="ru" dir="ltr"\s*>Только по-русски</a>', main(client, "/news/"))


def test_kinds_narrow_the_list(client):
    """One or several; what isn't a kind is not found."""
    for kind in ("speech", "statement", "spot-report"):
        builders.published(f"A {kind}", kind=kind)
    shown = main(client, "/news/?kind=speech&kind=statement&utm_source=x")
    assert "A speech" in shown
    assert "A statement" in shown
    assert "A spot-report" not in shown
    assert "2 items" in shown
    page(client, "/news/?kind=rumour", status=404)


def test_a_list_of_some_kinds_is_called_after_them_and_stands_below_all_news(client):
    """Two windows of the browser with two lists can be told apart."""
    narrowed = page(client, "/news/?kind=speech&kind=spot-report")
    assert "<title>Spot reports, Speeches | OSCE</title>" in narrowed
    assert "<h1>Spot reports, Speeches</h1>" in narrowed
    assert '<a class="crumbs__link" href="/news/">News</a>' in narrowed
    whole = page(client, "/news/")
    assert "<title>News | OSCE</title>" in whole
    assert '<a class="crumbs__link" href="/news/">' not in whole


def test_the_canonical_address_holds_the_known_parameters_in_one_order(client):
    """Nothing else, and the first page without its number."""
    builders.published(kind="speech")
    builders.published(kind="statement")
    shown = page(client, "/news/?utm_source=x&kind=speech&kind=statement")
    assert f'<link rel="canonical" href="{settings.SITE_URL}/news/?kind=speech&amp;kind=statement">' in shown


def test_the_chooser_of_countries_leads_to_the_country(client):
    """In the language of the page, and to the list of all where nothing was chosen."""
    builders.country("Austria")
    assert client.get("/de/countries/choose/?country=austria").url == "/de/countries/austria/"
    assert client.get("/countries/choose/?country=").url == "/countries/"
    assert client.get("/countries/choose/?country=//evil.example").url == "/countries/"


def test_the_home_page_leads_with_the_newest_and_groups_by_kind(client):
    """The lead stands once; what is in a group is of its kind."""
    day = builders.LONG_AGO
    for number in range(3):
        builders.published(f"Statement {number}", kind="statement", issued_at=day + datetime.timedelta(days=number))
    shown = main(client, "/")
    assert shown.index("Statement 2") < shown.index("Statement 1") < shown.index("Statement 0")
    assert shown.count(">Statement 2</a>") == 1
    assert 'href="/news/?kind=statement"' in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_site_has_its_pages_too(client, language):
    """Before the first news, in each language."""
    prefix = "" if language == "en" else f"/{language}"
    for address in (f"{prefix}/", f"{prefix}/news/"):
        page(client, address)


def test_each_page_costs_a_fixed_number_of_queries_however_many_stories(client, django_assert_max_num_queries):
    """The item five at most, a list six, the home page eight; a look at the log of changes is one more of them."""
    story, tags, _shown_on = tagged_story()
    for _number in range(25):
        original = builders.published(related=[story.item_id], **tags)
        builders.published(language="fr", translation_of=original.item, **tags)
    for address, budget in (("/", 8), ("/news/", 6), ("/news/?page=2", 6), (original.get_absolute_url(), 5)):
        page(client, address)
        with django_assert_max_num_queries(budget - 1):
            page(client, address)
