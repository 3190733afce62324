"""What machines find at the root."""

import datetime
import re
import struct
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from PIL import Image
from sectxt import Parser

from tests import builders
from tests.pages import page

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
LANGUAGES = ("en", "fr", "de", "it", "ru", "es")
NAME = "{http://a9.com/-/spec/opensearch/1.1/}"
DAY = datetime.timedelta(days=1)


def prefix(language: str) -> str:
    """Return what the addresses of a language begin with."""
    return "" if language == "en" else f"/{language}"


# Narrowed more than once, or with days, orders and moments before or behind the page.
ENDLESS = (
    "?kind=a&country=b&page=2", "?kind=a&kind=b&page=2", "?country=a&from=2020-01-01&page=2", "?kind=a&page=2&at=2020",
    "?from=2020&page=2", "?sort=oldest&page=2", "?country=a&sort=oldest&page=3", "?topic=a&size=50&page=2",
    "?page=2&at=2020-01-01",
)  # fmt: skip


def refuses(robots: str, address: str) -> bool:
    """Say whether the rules keep crawlers from an address, read as RFC 9309 says: the longest that fits decides."""
    rules = re.findall(r"^(Disallow|Allow): (.+)$", robots, re.MULTILINE)
    fitting = [(len(rule), way) for way, rule in rules if re.match(re.escape(rule).replace(r"\*", ".*"), address)]
    return bool(fitting) and min(way for length, way in fitting if length == max(fitting)[0]) != "Allow"


def test_robots_are_told_of_the_sitemap(client):
    """By its full address."""
    assert f"Sitemap: {SITE}/sitemap.xml" in page(client, "/robots.txt").splitlines()


@pytest.mark.parametrize("query", ENDLESS)
def test_robots_are_kept_from_later_pages_of_what_has_no_end(client, query):
    """Though they are let to those of lists with one value."""
    assert refuses(page(client, "/robots.txt"), f"/fr/news/{query}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_robots_are_kept_from_what_has_no_end(client, language):
    """In each language; pages, feeds, lists with one value and their pages stay open to them."""
    robots, start = page(client, "/robots.txt"), prefix(language)
    for path in (
        "/admin/",
        "/admin/news/",
        "/search/?q=x",
        "/search/feed.rss?q=x",
        "/news/export.csv",
        "/api/v1/news/",
    ):
        assert refuses(robots, start + path), path
    for query in ("?kind=a&country=b", "?from=2020-01-01", "?to=2020", "?sort=oldest", "?size=50", "?at=2020-01-01"):
        assert refuses(robots, f"{start}/news/{query}"), query
    for path in (
        "/",
        "/news/",
        "/news/12/title/",
        "/news/?country=ukraine",
        "/news/?page=2",
        "/news/?country=ukraine&page=2",
        "/countries/x/?kind=speech&page=14",
        "/news/feed.rss",
        "/countries/x/",
    ):
        assert not refuses(robots, start + path), path


def test_security_txt_stands_only_where_somebody_is_named(client, settings):
    """With all that RFC 9116 asks for."""
    assert client.get("/.well-known/security.txt").status_code == 404
    day = datetime.datetime.now(datetime.UTC).date() + 300 * DAY
    settings.SECURITY_CONTACTS = ["mailto:security@example.org", "https://www.example.org/security/"]
    settings.SECURITY_EXPIRES = day
    settings.SITE_URL = "https://www.example.org"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Expires: {day}T00:00:00Z" in answer.content.decode()
    read = Parser(answer.content)
    assert not read.errors
    assert {line["code"] for line in read.recommendations} <= {"not_signed", "no_encryption"}  # no key of ours to give


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_finds_the_search_of_the_site(client, language):
    """Each page leads to its description, and that to a search that answers, in the language of the address."""
    builders.published("Mines & harbours")
    start = prefix(language)
    shown = page(client, f"{start}/news/")
    assert f'<link rel="search" href="{start}/opensearch.xml" type="application/opensearchdescription+xml"' in shown
    answer = client.get(f"{start}/opensearch.xml")
    assert answer["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    described = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    assert described.tag == f"{NAME}OpenSearchDescription"
    assert 1 <= len(described.findtext(f"{NAME}ShortName")) <= 16
    assert len(described.findtext(f"{NAME}Description")) <= 1024
    assert described.findtext(f"{NAME}Language") == language
    ways = {way.get("rel", way.get("type")): way.get("template") for way in described.findall(f"{NAME}Url")}
    assert ways.pop("self") == f"{SITE}{start}/opensearch.xml"
    assert set(ways) == {"text/html", "application/rss+xml"}
    for kind, template in ways.items():
        found = client.get(template.removeprefix(SITE).replace("{searchTerms}", "mines%20%26%20harbours"))
        assert (found.status_code, found["Content-Type"].partition(";")[0]) == (200, kind)
        assert "Mines &amp; harbours" in found.content.decode() or "Mines" in unquote(found.content.decode())
    image = described.findtext(f"{NAME}Image").removeprefix(f"{SITE}/static/")
    assert finders.find(image)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_speaks_the_language_of_its_address(client, language):
    """And pages lead to it; a part of the site that is installed is the same app in all languages."""
    start = prefix(language)
    shown = page(client, f"{start}/news/")
    assert f'<link rel="manifest" href="{start}/site.webmanifest">' in shown
    described = client.get(f"{start}/site.webmanifest").json()
    assert (described["id"], described["lang"], described["start_url"]) == ("/", language, f"{start}/")
    assert f'<meta name="theme-color" content="{described["theme_color"]}">' in shown


def test_each_picture_is_what_it_is_said_to_be(client):
    """Its size, on a ground of its own; of the maskable one, nothing lies where it may be cut."""
    icons = client.get("/site.webmanifest").json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    shown = page(client, "/news/")
    apple = re.search(r'rel="apple-touch-icon" href="([^"]+)"', shown)[1]
    for address, side, is_maskable in [
        *((icon["src"], icon["sizes"], icon["purpose"] == "maskable") for icon in icons),
        (apple, "180x180", False),
    ]:
        with Image.open(finders.find(address.removeprefix("/static/"))) as picture:
            assert f"{picture.width}x{picture.height}" == side
            drawn = picture.convert("RGBA")
            assert drawn.getchannel("A").getextrema() == (255, 255)
            if is_maskable:
                assert _reach(drawn.convert("L")) <= 0.4  # of the side: the safe zone of the manifest's specification


def _reach(picture: Image.Image) -> float:
    """Return how far from the middle anything is drawn, as a share of the side."""
    middle = picture.width / 2
    drawn = [place for place, light in enumerate(picture.tobytes()) if light < 200]
    squares = ((place % picture.width - middle) ** 2 + (place // picture.width - middle) ** 2 for place in drawn)
    return max(squares) ** 0.5 / picture.width


def test_the_icon_of_the_root_is_there_in_two_sizes(client):
    """For those who look nowhere else."""
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    with open(finders.find(answer["Location"].removeprefix("/static/")), "rb") as file:
        assert struct.unpack("<HHH", file.read(6)) == (0, 1, 2)


def test_humans_are_told_who_makes_the_site(client):
    """As plain text, with ways that lead on."""
    answer = client.get("/humans.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Address: {SITE}/" in answer.content.decode()


@pytest.mark.parametrize("address", ["/robots.txt", "/humans.txt", "/opensearch.xml", "/site.webmanifest"])
def test_what_has_not_changed_is_not_sent_again(client, address):
    """To those who hold it; others may not write to it."""
    answer = client.get(address)
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.head(address).content == b""
    assert client.post(address).status_code == 405
