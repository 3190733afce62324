"""What is not public is on no public page: not before its moment, not after its removal, on no route that there is."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from news import workflow
from news.models import Edition
from news.search.suggestions import newest_titles
from news.workflow import RemovalWish
from tests import builders
from tests.library import shelves

pytestmark = pytest.mark.django_db

SENTINEL = "xylophonewort"
BESIDE = "marigolden"  # stands beside it: a page repeats the words that it was asked for, so it is asked for these
BEGINNING, MISSPELT = "xylophonew", "xylophonwort"
MOMENT = datetime.datetime(2035, 5, 1, 10, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
PREFIXES = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
ITEM = "/news/{item}/{slug}/"
FILES = ("feed.rss", "feed.atom", "feed.json", "export.csv")
# Every route that a visitor can ask for, by its name, with addresses of it; the item's own routes come in any prefix.
ROUTES = {
    "home": ["/"],
    "news_list": ["/news/", "/news/?kind=statement", "/news/?page=2", "/news/?at=2036-01-01"],
    "news_file": [
        "/news/feed.rss",
        "/news/feed.atom",
        "/news/feed.json?kind=statement",
        "/news/export.csv",
        f"/news/feed.rss?q={BESIDE}",
    ],
    "search_file": [f"/search/{file}?q={text}" for file in FILES for text in (BESIDE, f"{BEGINNING}*", MISSPELT)],
    "search": [
        "/search/",
        f"/search/?q={BESIDE}",
        f"/search/?q={BESIDE}&kind=statement&country={{country}}",
        f"/search/?q={BEGINNING}*&sort=newest",
        f"/search/?q={MISSPELT}",
        f"/search/?q=-{BESIDE}",
        f"/news/?q={BESIDE}",
    ],
    "search_suggestions": [f"/search/suggestions/?q={text}" for text in (BEGINNING, MISSPELT, BESIDE)],
    "news_item": [ITEM, f"{ITEM}?at=2034-01-01", f"{ITEM}?at=2035-04-30", f"{ITEM}?at=2035-05-01T12:00", f"{ITEM}x/"],
    "edition": [f"{ITEM}editions/1/", f"{ITEM}editions/2/"],
    "comparison": [f"{ITEM}editions/compare/", f"{ITEM}editions/compare/?from=1&to=2"],
    "chosen_country": ["/countries/choose/?country={country}"],
    "country": ["/countries/{country}/", "/countries/unknown/"],
    "country_file": [f"/countries/{{country}}/{file}" for file in FILES],
    "institution": ["/institutions/{institution}/"],
    "institution_file": [f"/institutions/{{institution}}/{file}" for file in FILES],
    "topic": ["/fields-of-work/{topic}/"],
    "topic_file": [f"/fields-of-work/{{topic}}/{file}" for file in FILES],
    "countries": ["/countries/"],
    "institutions": ["/institutions/"],
    "topics": ["/fields-of-work/"],
    "page": ["/own-page/", "/unknown/"],
    "news_item_by_number": [ITEM.rpartition("/")[0].rpartition("/")[0] + "/"],
    "local_news_item": [f"/sq{ITEM}"],
    "local_edition": [f"/sq{ITEM}editions/2/"],
    "local_comparison": [f"/sq{ITEM}editions/compare/?from=1&to=2"],
    "sitemap_index": ["/sitemap.xml"],
    "sitemap_of_pages": ["/sitemap-pages.xml"],
    "sitemap_of_latest_news": ["/sitemap-latest.xml"],
    "sitemap_of_news": ["/sitemap-news-1.xml"],
    "robots": ["/robots.txt"],
    "humans": ["/humans.txt"],
    "security": ["/.well-known/security.txt"],
    "favicon": ["/favicon.ico"],
    "manifest": ["/site.webmanifest"],
    "open_search": ["/opensearch.xml"],
    "card": ["/files/cards/{edition}.jpg"],
    "rendition": ["/files/images/{image}/3x2-480.avif"],
    "attachment": ["/files/attachments/{page}/secret.html", "/files/attachments/{page}/other.html"],
    "attachment_version": [
        "/files/attachments/{page}/versions/1/secret.html",
        "/files/attachments/{page}/versions/1/other.html",
    ],
    "transcript": ["/files/attachments/{film}/transcript/"],
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
def tags(settings, tmp_path):
    """Make what the sentinel's text is tagged with, and a page of each sort that would list it."""
    settings.MEDIA_ROOT = str(tmp_path)
    builders.navigation_item("Own page")
    country, topic, institution = builders.country("Austria"), builders.topic("Arms"), builders.institution("Mission")
    return {"countries": [country.pk], "topics": [topic.pk], "issued_by": [institution.pk], "kind": "statement"}


def secret(tags, **fields):
    """Return content that has the sentinel in each of its texts, and words beside it that search can be asked for."""
    text = f"{SENTINEL} {BESIDE}"
    words = f"<p>{text}</p>"
    page = shelves.attachment(text, kind="page", content=words.encode(), slug="secret")
    film = shelves.attachment(text, kind="video", format="mp4", transcript=words, slug="secret")
    beneath = f"Beneath: {text}"  # a caption that repeats the alternative text is refused
    image = shelves.image(alternative=text, caption=beneath)
    image.texts.create(language="fr", alternative=text, caption=beneath)
    held = {"pictures": [image.pk], "attachments": [page.pk, film.pk]}
    return held | {"summary": text, "body": words, "dateline": SENTINEL, "change_note": SENTINEL} | tags | fields


def files_of(edition):
    """Return the numbers of the item's newest picture, page and film, or those of none."""
    kept = edition.item.editions.order_by("number").last().files
    numbers = {file["kind"]: file["attachment"] for file in kept.get("attachments", ())}
    image = (kept.get("lead") or {"image": 0})["image"]
    return {"image": image, "page": numbers.get("page", 0), "film": numbers.get("video", 0)}


def addresses(edition):
    """Return every address at which the text might be read or named, in every language."""
    slugs = {"item": edition.item_id, "slug": edition.item.slug, "country": "austria", "institution": "mission",
             "topic": "arms", "edition": edition.pk} | files_of(edition)  # fmt: skip
    templates = [template for route in ROUTES.values() for template in route] + STAFF
    plain = [template.format(**slugs) for template in templates]
    return [prefix + address for prefix in PREFIXES for address in plain]


def showing(client, edition):
    """Return the addresses at which the sentinel is read, wherever they lead; the staff's lead to the login."""
    newest_titles.forget()  # those that are suggested are kept for a minute
    found = set()
    for address in addresses(edition):
        answer = client.get(address, follow="/admin/" not in address)
        assert answer.status_code < 500, address
        if SENTINEL in answer.getvalue().decode(errors="replace"):  # of what is streamed too
            found.add(address)
    return found


def item(title, tags, *, issued_at=builders.LONG_AGO, **fields):
    """Create an item with the sentinel in its text and not in its address."""
    content = builders.content(title, **secret(tags, issued_at=issued_at))
    return workflow.create_item(content, by=None, slug="plain", **fields)


def drafts(shown, tags):
    """Open drafts: of the public item, and of a new one."""
    workflow.save_draft(workflow.open_edition(shown.item, by=None), builders.content(SENTINEL, **secret(tags)), by=None)
    return [item(f"{SENTINEL} draft", tags)]


def embargoed(shown, tags):
    """Let the public item's next edition wait for its moment, and an item of which all does."""
    builders.next_edition(shown, f"{SENTINEL} next", visible_from=MOMENT, **secret(tags))
    waiting = item(f"{SENTINEL} new", tags, issued_at=MOMENT - SECOND)
    return [workflow.approve(waiting, by=None, visible_from=MOMENT)]


def in_error(_shown, tags):
    """Publish an item of two editions and its translation, all in error."""
    first = item(f"{SENTINEL} error", tags)
    workflow.approve(first, by=None, visible_from=builders.LONG_AGO, from_archive=True)
    builders.next_edition(first, f"{SENTINEL} error, corrected", **secret(tags))
    french = item(f"{SENTINEL} erreur", tags, language="fr", translation_of=first.item)
    workflow.approve(french, by=None, visible_from=builders.LONG_AGO, from_archive=True)
    for edition in (first, french):
        workflow.remove(edition.item, RemovalWish(kind="error", reason="x", explanation="Why."), by=None)
    return [first, french]


SECRETS = [drafts, embargoed, in_error]


@pytest.mark.parametrize("hide", SECRETS)
def test_what_is_not_public_is_on_no_route(client, tags, hide):
    """In every language, at any address that an item has, for anonymous visitors."""
    shown = builders.published("Public", **tags)
    hidden = hide(shown, tags)
    builders.published("A story that points to it", related=[edition.item_id for edition in hidden], **tags)
    assert Edition.objects.filter(body__contains=SENTINEL).exists()
    with time_machine.travel(MOMENT - SECOND, tick=False):
        for edition in (shown, *hidden):
            assert showing(client, edition) == set()


# What lists, counts and offers.
COUNTS = ["/", "/news/", "/news/?kind=statement", "/countries/austria/", "/institutions/mission/",
          "/fields-of-work/arms/", "/search/?q=public", "/search/?q=public&kind=statement",
          "/search/suggestions/?q=public", "/news/feed.json", "/search/feed.rss?q=public", "/news/export.csv",
          "/sitemap-news-1.xml"]  # fmt: skip
ASKED_FOR = [f"/search/?q={BESIDE}", f"/search/?q={MISSPELT}", f"/search/suggestions/?q={BEGINNING}",
             f"/search/feed.rss?q={BESIDE}", f"/search/export.csv?q={BESIDE}"]  # fmt: skip


def answers(client):
    """Return what is answered at each address."""
    newest_titles.forget()
    return {address: client.get(address).getvalue().decode() for address in COUNTS + ASKED_FOR}


def different(before, after):
    """Return the addresses at which the answers differ."""
    return {address for address, answer in before.items() if after[address] != answer}


@pytest.mark.parametrize("hide", SECRETS)
def test_what_is_not_public_moves_no_number_and_no_row(client, tags, hide):
    """Totals, facets, results, suggestions and files are letter for letter what they are without it."""
    with time_machine.travel(MOMENT - SECOND, tick=False):
        shown = builders.published("Public", **tags)
        before = answers(client)
        hide(shown, tags)
        assert different(before, answers(client)) == set()


def test_what_is_public_moves_every_number(client, tags):
    """So the comparison above can fail, at each of its addresses."""
    with time_machine.travel(MOMENT - SECOND, tick=False):
        builders.published("Public", **tags)
        before = answers(client)
        builders.published(f"Public too: {SENTINEL}", **secret(tags))
        assert different(before, answers(client)) == {*COUNTS, *ASKED_FOR}


# What shows a text from its first moment on, without anything that runs at the moment.
SHOWS = ["/", "/news/", "/news/?kind=statement", "/countries/austria/", "/institutions/mission/",
         "/fields-of-work/arms/", "/fr/", "/de/news/", ITEM, f"{ITEM}?at=2035-05-01T12:00", f"{ITEM}editions/2/",
         f"{ITEM}editions/compare/?from=1&to=2", "/news/feed.rss", "/news/feed.json", "/news/export.csv",
         "/countries/austria/feed.atom", f"/search/?q={BESIDE}", f"/fr/search/?q={MISSPELT}",
         f"/search/export.csv?q={BESIDE}", "/sitemap-latest.xml",
         "/api/v1/news/", "/fr/api/v1/news/?country=austria",
         "/api/v1/news/{item}/", "/api/v1/news/{item}/editions/2/"]  # fmt: skip


@pytest.mark.parametrize("address", SHOWS)
def test_a_scheduled_text_is_there_on_the_first_request_of_its_moment(client, tags, address):
    """And in the second before it is not, whatever was asked for earlier."""
    shown = builders.published("Public", **tags)
    embargoed(shown, tags)
    address = address.format(item=shown.item_id, slug=shown.item.slug)
    with time_machine.travel(MOMENT - SECOND, tick=False):
        assert SENTINEL not in client.get(address).getvalue().decode()
    with time_machine.travel(MOMENT, tick=False):
        assert SENTINEL in client.get(address).getvalue().decode()


def test_the_sentinel_would_be_found(client, tags):
    """The search above can fail: what is public shows it on many routes."""
    shown = builders.published("Public", **tags)
    embargoed(shown, tags)
    with time_machine.travel(MOMENT, tick=False):
        found = showing(client, shown)
    assert len(found) > 100
    asked = [f"/search/?q={BESIDE}", f"/search/?q={BESIDE}&kind=statement&country=austria", f"/search/?q={MISSPELT}"]
    assert {*asked, f"/search/?q={BEGINNING}*&sort=newest", f"/search/suggestions/?q={BEGINNING}"} <= found
