"""What is not public is on no public page: not before its moment, not after its removal, on no route that there is."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from news import workflow
from news.models import Edition
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db

SENTINEL = "xylophonewort"
MOMENT = datetime.datetime(2035, 5, 1, 10, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
PREFIXES = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
ITEM = "/news/{item}/{slug}/"
# Every route that a visitor can ask for, by its name, with addresses of it; the item's own routes come in any prefix.
ROUTES = {
    "home": ["/"],
    "news_list": ["/news/", "/news/?kind=statement", "/news/?page=2", "/news/?at=2036-01-01"],
    "news_item": [ITEM, f"{ITEM}?at=2034-01-01", f"{ITEM}?at=2035-04-30", f"{ITEM}?at=2035-05-01T12:00", f"{ITEM}x/"],
    "edition": [f"{ITEM}editions/1/", f"{ITEM}editions/2/"],
    "comparison": [f"{ITEM}editions/compare/", f"{ITEM}editions/compare/?from=1&to=2"],
    "chosen_country": ["/countries/choose/?country={country}"],
    "country": ["/countries/{country}/", "/countries/unknown/"],
    "institution": ["/institutions/{institution}/"],
    "topic": ["/fields-of-work/{topic}/"],
    "countries": ["/countries/"],
    "institutions": ["/institutions/"],
    "topics": ["/fields-of-work/"],
    "page": ["/own-page/", "/unknown/"],
    "news_item_by_number": [ITEM.rpartition("/")[0].rpartition("/")[0] + "/"],
    "local_news_item": [f"/sq{ITEM}"],
    "local_edition": [f"/sq{ITEM}editions/2/"],
    "local_comparison": [f"/sq{ITEM}editions/compare/?from=1&to=2"],
}
API = {
    "api_root": ["/api/v1/"],
    "openapi-json": ["/api/v1/openapi.json"],
    "api_news": ["/api/v1/news/", "/api/v1/news/?kind=statement", "/api/v1/news/?at=2035-04-30T00:00:00Z",
                 f"/api/v1/news/?q={SENTINEL}"],
    "api_item": ["/api/v1/news/{item}/", "/api/v1/news/{item}/?at=2034-01-01", "/api/v1/news/{item}/?at=2036-01-01"],
    "api_edition": ["/api/v1/news/{item}/editions/1/", "/api/v1/news/{item}/editions/2/"],
    "api_countries": ["/api/v1/countries/"],
    "api_country": ["/api/v1/countries/{country}/"],
    "api_institutions": ["/api/v1/institutions/"],
    "api_institution": ["/api/v1/institutions/{institution}/"],
    "api_topics": ["/api/v1/topics/"],
    "api_topic": ["/api/v1/topics/{topic}/"],
    "api_navigation": ["/api/v1/navigation/"],
    "api_nothing": ["/api/v1/news/{item}/{slug}/"],
    "api-root": [],  # the root again
}  # fmt: skip
ROUTES |= API
STAFF = ["/admin/news/newsitem/{item}/change/", "/admin/news/newsitem/{item}/preview/", "/admin/news/newsitem/suggest/"]


def routes(patterns=None, namespace="") -> Iterator[str]:
    """Yield the name of every route of the site but the admin's."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from routes(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)


def test_every_route_is_looked_at_below():
    """A route that is not listed here may show anything."""
    assert set(routes()) == set(ROUTES)


@pytest.fixture
def tags():
    """Make what the sentinel's text is tagged with, and a page of each sort that would list it."""
    builders.navigation_item("Own page")
    country, topic, institution = builders.country("Austria"), builders.topic("Arms"), builders.institution("Mission")
    return {"countries": [country.pk], "topics": [topic.pk], "issued_by": [institution.pk], "kind": "statement"}


def secret(tags, **fields):
    """Return content that has the sentinel in each of its texts."""
    return (
        {"summary": SENTINEL, "body": f"<p>{SENTINEL}</p>", "dateline": SENTINEL, "change_note": SENTINEL}
        | tags
        | fields
    )


def addresses(edition):
    """Return every address at which the text might be read or named, in every language."""
    slugs = {"item": edition.item_id, "slug": edition.item.slug, "country": "austria", "institution": "mission",
             "topic": "arms"}  # fmt: skip
    templates = [template for route in ROUTES.values() for template in route] + STAFF
    plain = [template.format(**slugs) for template in templates]
    return [prefix + address for prefix in PREFIXES for address in plain]


def showing(client, edition):
    """Return the addresses at which the sentinel is read, wherever they lead; the staff's lead to the login."""
    found = set()
    for address in addresses(edition):
        answer = client.get(address, follow="/admin/" not in address)
        assert answer.status_code < 500, address
        if SENTINEL in answer.content.decode():
            found.add(address)
    return found


def item(title, tags, **fields):
    """Create an item with the sentinel in its text and not in its address."""
    return workflow.create_item(builders.content(title, **secret(tags)), by=None, slug="plain", **fields)


def draft_beside(tags):
    """Return a public edition whose item, and another one that it points to, have drafts with the sentinel."""
    hidden = item(f"{SENTINEL} draft", tags)
    shown = builders.published("Public", related=[hidden.item_id], **tags)
    workflow.save_draft(workflow.open_edition(shown.item, by=None), builders.content(SENTINEL, **secret(tags)), by=None)
    return [shown, hidden]


def embargoed(tags):
    """Return a public edition whose next one waits for its moment, and an item of which all does."""
    shown = builders.published("Public", **tags)
    builders.next_edition(shown, f"{SENTINEL} next", visible_from=MOMENT, **secret(tags))
    return [shown, workflow.approve(item(f"{SENTINEL} new", tags), by=None, visible_from=MOMENT)]


def in_error(tags):
    """Return an item of two editions and its translation, all published in error."""
    first = item(f"{SENTINEL} error", tags)
    workflow.approve(first, by=None, visible_from=builders.LONG_AGO, from_archive=True)
    builders.next_edition(first, f"{SENTINEL} error, corrected", **secret(tags))
    french = item(f"{SENTINEL} erreur", tags, language="fr", translation_of=first.item)
    workflow.approve(french, by=None, visible_from=builders.LONG_AGO, from_archive=True)
    builders.published("Public", related=[first.item_id], **tags)
    for edition in (first, french):
        workflow.remove(edition.item, RemovalWish(kind="error", reason="x", explanation="Why."), by=None)
    return [first, french]


@pytest.mark.parametrize("hidden", [draft_beside, embargoed, in_error])
def test_what_is_not_public_is_on_no_route(client, tags, hidden):
    """In every language, at any address that an item has, for anonymous visitors."""
    editions = hidden(tags)
    assert Edition.objects.filter(body__contains=SENTINEL).exists()
    with time_machine.travel(MOMENT - SECOND, tick=False):
        for edition in editions:
            assert showing(client, edition) == set()


# What shows a text from its first moment on, without anything that runs at the moment.
SHOWS = ["/", "/news/", "/news/?kind=statement", "/countries/austria/", "/institutions/mission/",
         "/fields-of-work/arms/", "/fr/", "/de/news/", ITEM, f"{ITEM}?at=2035-05-01T12:00", f"{ITEM}editions/2/",
         f"{ITEM}editions/compare/?from=1&to=2", "/api/v1/news/", "/fr/api/v1/news/?country=austria",
         "/api/v1/news/{item}/", "/api/v1/news/{item}/editions/2/"]  # fmt: skip


@pytest.mark.parametrize("address", SHOWS)
def test_a_scheduled_text_is_there_on_the_first_request_of_its_moment(client, tags, address):
    """And in the second before it is not, whatever was asked for earlier."""
    shown, _waiting = embargoed(tags)
    address = address.format(item=shown.item_id, slug=shown.item.slug)
    with time_machine.travel(MOMENT - SECOND, tick=False):
        assert SENTINEL not in client.get(address).content.decode()
    with time_machine.travel(MOMENT, tick=False):
        assert SENTINEL in client.get(address).content.decode()


def test_the_sentinel_would_be_found(client, tags):
    """The search above can fail: what is public shows it on many routes."""
    shown, _waiting = embargoed(tags)
    with time_machine.travel(MOMENT, tick=False):
        assert len(showing(client, shown)) > 50
