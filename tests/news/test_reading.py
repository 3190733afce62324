"""The page of an item and of each edition that is or was public."""

import datetime
import re

import pytest
import time_machine
from django.conf import settings
from django.shortcuts import render

from news import workflow
from news.models import Edition
from news.reading import item_page
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2021, 6, 1, 10, 0, tzinfo=datetime.UTC)
LATER = NOON + datetime.timedelta(days=30)


@pytest.fixture
def twice_changed():
    """Publish an item, correct it on 1 June 2021 and again, in passing, thirty days later."""
    first = builders.published("First wording", body="<p>Eighteen.</p>")
    with time_machine.travel(NOON, tick=False):
        builders.next_edition(first, "Second wording", body="<p>Nineteen.</p>", change_note="Nineteen, not eighteen.")
    with time_machine.travel(LATER, tick=False):
        builders.next_edition(first, "Third wording", is_minor=True)
    return first


def test_the_history_tells_when_and_what_has_changed(client, twice_changed):
    """A minor change is listed, but is no update."""
    shown = main(client, twice_changed.get_absolute_url())
    line = re.sub("<[^>]*>", "", shown[shown.index('class="history__line"') :].partition("</p>")[0].partition(">")[2])
    assert line == "Published 15 January 2020, 10:00 CET. Updated 1 June 2021, 12:00 CEST."
    for note in ("First published.", "Nineteen, not eighteen.", "Minor change."):
        assert note in shown
    assert [f"editions/{number}/" in shown for number in (1, 2, 3)] == [True, True, False]


def test_each_language_is_offered_once_however_many_editions_it_has(client, twice_changed):
    """The one that can be read now."""
    builders.published("Première version", language="fr", translation_of=twice_changed.item)
    facts = main(client, twice_changed.get_absolute_url()).partition("Read it in")[2].partition("</dd>")[0]
    assert re.findall('lang="(..)"', facts.replace("hreflang", "")) == ["en", "fr"]


def test_an_earlier_edition_stays_readable_under_a_dated_notice(client, twice_changed):
    """It leads to the present one, and no search engine lists it."""
    address = twice_changed.get_absolute_url()
    shown = page(client, f"{address}editions/1/")
    assert "Eighteen." in shown
    assert "This is edition 1 of 3" in shown
    assert 'replaced <time datetime="2021-06-01T12:00:00+02:00">1 June 2021, 12:00 CEST</time>' in shown
    assert f'<a href="{address}">Read the present edition</a>' in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert f'<link rel="canonical" href="{settings.SITE_URL}{address}">' in shown
    assert "hreflang" not in shown.partition("</head>")[0]


def test_the_present_edition_has_an_address_of_its_own(client, twice_changed):
    """Who quotes it today finds the same words there tomorrow."""
    shown = main(client, f"{twice_changed.get_absolute_url()}editions/3/")
    assert "This is edition 3 of 3" in shown
    assert "replaced" not in shown


def test_an_edition_redirects_once_to_its_address(client, twice_changed):
    """As the item does."""
    response = client.get(f"/fr/news/{twice_changed.item_id}/x/editions/1/?a=1")
    assert (response.status_code, response.url) == (301, f"{twice_changed.get_absolute_url()}editions/1/?a=1")


def test_an_edition_published_in_error_is_gone_from_every_page(client, twice_changed):
    """From its own address and from the history."""
    Edition.objects.filter(item=twice_changed.item, number=1).update(is_retracted=True)
    page(client, f"{twice_changed.get_absolute_url()}editions/1/", status=404)
    assert "editions/1/" not in page(client, twice_changed.get_absolute_url())


def test_an_item_all_of_whose_editions_have_ended_is_gone_and_its_record_stays(client):
    """Nothing leads to a present edition that isn't there."""
    edition = builders.published("Ended")
    Edition.objects.filter(pk=edition.pk).update(visible_until=NOON)
    page(client, edition.get_absolute_url(), status=404)
    assert "Read the present edition" not in page(client, f"{edition.get_absolute_url()}editions/1/")


def test_the_frame_offers_true_translations_and_the_start_page_in_the_other_languages(client):
    """A language switch never leads back to where one came from."""
    original = builders.published("Alpha")
    french = builders.published("Alpha en français", language="fr", translation_of=original.item)
    albanian = builders.published("Alfa", language="sq", translation_of=original.item)
    head, _main, rest = page(client, french.get_absolute_url()).partition("<body")
    strip = rest.partition("</nav>")[0]
    for address in (original.get_absolute_url(), french.get_absolute_url(), "/de/", "/ru/"):
        assert f'href="{address}"' in strip
    for version in (original, french, albanian):
        address = f"{settings.SITE_URL}{version.get_absolute_url()}"
        assert f'hreflang="{version.language}" href="{address}"' in head
    assert head.count("hreflang=") == 3


def test_a_translation_that_is_not_public_yet_is_not_offered(client):
    """Nor is a draft."""
    original = builders.published("Alpha")
    builders.published(
        "Demain", language="fr", translation_of=original.item, visible_from=NOON + datetime.timedelta(days=20_000)
    )
    builders.draft("Entwurf", language="de", translation_of=original.item)
    assert "Read it in" not in main(client, original.get_absolute_url())


def test_related_items_stand_in_the_order_of_the_edition(client):
    """Those that are listed; one that is not is left out."""
    first, second, hidden = builders.published("Uno"), builders.published("Due"), builders.draft("Tre")
    story = builders.published("Alpha", related=[second.item_id, hidden.item_id, first.item_id])
    shown = main(client, story.get_absolute_url()).partition("Read on")[2]
    assert 0 < shown.index(">Due</a>") < shown.index(">Uno</a>")
    assert "Tre" not in shown


def test_the_e_mail_link_survives_any_title(client):
    """Ampersands and spaces are encoded, so that the whole title arrives."""
    story = builders.published("Arms & 100 % control?")
    assert "subject=Arms%20%26%20100%20%25%20control%3F&amp;body=" in main(client, story.get_absolute_url())


def test_a_draft_that_lacks_nearly_everything_can_be_drawn(rf):
    """The editors' preview draws it as the item's page."""
    bare = workflow.create_item(workflow.Content(title="Bare", dateline="VIENNA"), by=None)
    drawn = render(rf.get("/"), "news/news_item.html", item_page(bare)).content.decode()
    assert "Bare" in drawn
    assert "Published" not in drawn
    assert "Issued on" not in drawn
