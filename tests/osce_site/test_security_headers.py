"""What each answer tells the browser to refuse."""

import re

import pytest
from django.conf import settings as site_settings
from django.template import loader
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import builders
from tests.library import shelves

pytestmark = pytest.mark.django_db

LOCAL_ITEM = "<local_language:language>/news/<number:number>/<slug:slug>/"
# An address for each route; a route that is not here fails the test, so that none is forgotten.
ADDRESSES = {
    "": "/",
    "news/": "/news/",
    "news/<list_file:file>": "/news/feed.rss",
    "news/<number:number>/": "/news/999/",
    "news/<number:number>/<slug:slug>/": "{item}",
    "news/<number:number>/<slug:slug>/editions/<number:edition>/": "{item}editions/1/",
    "news/<number:number>/<slug:slug>/editions/compare/": "{item}editions/compare/?from=1&to=2",
    "search/": "/search/?q=story",
    "search/suggestions/": "/search/suggestions/?q=story",
    "search/<list_file:file>": "/search/feed.rss?q=story",
    "opensearch.xml": "/opensearch.xml",
    "countries/": "/countries/",
    "countries/choose/": "/countries/choose/",
    "countries/<slug:slug>/": "/countries/austria/",
    "countries/<slug:slug>/<list_file:file>": "/countries/austria/feed.atom",
    "institutions/": "/institutions/",
    "institutions/<slug:slug>/": "/institutions/secretariat/",
    "institutions/<slug:slug>/<list_file:file>": "/institutions/secretariat/feed.json",
    "fields-of-work/": "/fields-of-work/",
    "fields-of-work/<slug:slug>/": "/fields-of-work/elections/",
    "fields-of-work/<slug:slug>/<list_file:file>": "/fields-of-work/elections/export.csv",
    "<slugs:path>/": "/not/there/",
    "api/v1/": "/api/v1/",
    "api/v1/openapi.json": "/api/v1/openapi.json",
    "api/v1/news/": "/api/v1/news/",
    "api/v1/news/<number:number>/": "/api/v1/news/{number}/",
    "api/v1/news/<number:number>/editions/<number:edition>/": "/api/v1/news/{number}/editions/1/",
    "api/v1/countries/": "/api/v1/countries/",
    "api/v1/countries/<slug:slug>/": "/api/v1/countries/austria/",
    "api/v1/institutions/": "/api/v1/institutions/",
    "api/v1/institutions/<slug:slug>/": "/api/v1/institutions/secretariat/",
    "api/v1/topics/": "/api/v1/topics/",
    "api/v1/topics/<slug:slug>/": "/api/v1/topics/elections/",
    "api/v1/navigation/": "/api/v1/navigation/",
    "api/v1/^": "/api/v1/not/there",
    LOCAL_ITEM: "/sq/news/999/none/",
    f"{LOCAL_ITEM}editions/<number:edition>/": "/sq/news/999/none/editions/1/",
    f"{LOCAL_ITEM}editions/compare/": "/sq/news/999/none/editions/compare/",
    "files/images/<file_number:number>/<slug:crop>-<file_number:width>.<slug:format>": "/files/images/999/3x2-480.avif",
    "files/attachments/<file_number:number>/transcript/": "/files/attachments/999/transcript/",
    "files/attachments/<file_number:number>/<str:name>": "/files/attachments/{page}/the-page.html",
    "files/attachments/<file_number:number>/versions/<file_number:version>/<str:name>": (
        "/files/attachments/{document}/versions/1/the-method.pdf"
    ),
    "files/cards/<number:number>.jpg": "/files/cards/{edition}.jpg",
    "sitemap.xml": "/sitemap.xml",
    "sitemap-pages.xml": "/sitemap-pages.xml",
    "sitemap-latest.xml": "/sitemap-latest.xml",
    "sitemap-news-<int:number>.xml": "/sitemap-news-1.xml",
    "robots.txt": "/robots.txt",
    "humans.txt": "/humans.txt",
    ".well-known/security.txt": "/.well-known/security.txt",
    "favicon.ico": "/favicon.ico",
    "site.webmanifest": "/site.webmanifest",
}
OTHER_ADDRESSES = ["/fr/", "/not-there", "/admin/", "/admin/login/", "/static/site/css/tokens.css", "/static/none.css"]


def public_routes() -> list[str]:
    """Return the routes of the site without those of the admin, which are many and Django's own."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
        found = []
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            found += walk(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else [route]
        return found

    return [route for route in walk(get_resolver().url_patterns, "") if not route.startswith("admin/")]


def test_every_public_route_has_an_address_in_these_tests():
    """A new route is added here, or this fails."""
    assert set(public_routes()) == set(ADDRESSES)


@pytest.fixture
def addresses(settings, tmp_path):
    """Return an address for each public route, with records behind them."""
    settings.MEDIA_ROOT = str(tmp_path)
    builders.country("Austria", iso_code="AT", slug="austria")
    builders.institution("Secretariat", slug="secretariat")
    builders.topic("Elections", slug="elections")
    page = shelves.attachment("The page", kind="page", content=b"<p>Text.</p>")
    document = shelves.attachment("The method")
    story = builders.published("Story", attachments=[page.pk, document.pk])
    builders.next_edition(story, "Story", body="<p>Corrected.</p>", is_minor=True)
    item = story.get_absolute_url()
    named = {"item": item, "number": story.item_id, "edition": story.pk, "page": page.pk, "document": document.pk}
    return [address.format(**named) for address in ADDRESSES.values()] + OTHER_ADDRESSES


def policy_of(answer) -> dict[str, list[str]]:
    """Return the directives of the Content-Security-Policy."""
    directives = (part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in directives}


def test_every_answer_carries_the_headers(client, addresses):
    """Pages, redirects, files and errors."""
    for address in addresses:
        answer = client.get(address)
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer["X-Frame-Options"] == "DENY", address
        assert "camera=()" in answer["Permissions-Policy"], address
        assert policy_of(answer)["default-src"] == ["'none'"], address


def test_no_answer_allows_inline_scripts_or_styles(client, addresses):
    """Nor scripts of other hosts, nor eval."""
    for address in addresses:
        policy = policy_of(client.get(address))
        assert "unsafe" not in str(policy), address
        assert "*" not in str(policy), address
        assert "http" not in str(policy), address
        assert {"frame-ancestors", "base-uri", "form-action"} <= set(policy), address


def test_no_public_answer_carries_a_nonce(client, addresses):
    """A page with a nonce cannot be kept in a cache."""
    for address in addresses:
        if not address.startswith("/admin/"):
            assert "nonce" not in client.get(address)["Content-Security-Policy"], address


def test_no_public_page_sets_a_cookie(client, addresses):
    """Nor can one that starts a session."""
    for address in addresses:
        if not address.startswith("/admin/"):
            assert not client.get(address).cookies, address


def test_public_pages_hold_nothing_inline(client, addresses):
    """As the browser would see it, whatever template it came from."""
    for address in addresses:
        answer = client.get(address)
        if answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert not re.search(r"<style|\sstyle=|\son\w+=[\"']|javascript:", page), address
            assert not re.search(r"<script(?![^>]*(?:\ssrc=|type=\"application/(?:ld\+)?json\"))", page), address


def test_production_binds_browsers_to_https(client, settings):
    """For a year, and its subdomains with it; plain http is sent on."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = settings.SECURE_SSL_REDIRECT = True
    client = Client()
    answer = client.get("/news/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    redirect = client.get("/news/")
    assert (redirect.status_code, redirect["Location"]) == (301, "https://testserver/news/")


def test_a_local_site_binds_browsers_to_nothing(client):
    """Else 127.0.0.1 would ask for https a year long."""
    assert "Strict-Transport-Security" not in client.get("/news/")


@pytest.mark.usefixtures("admin_user")
def test_the_session_is_kept_from_scripts_and_other_sites(client):
    """Its cookie is set by signing in, and by nothing else."""
    answer = client.post("/admin/login/", {"username": "admin", "password": "password", "next": "/admin/"})
    cookie = answer.cookies[site_settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_an_unknown_host_is_refused(client):
    """A page that named another host in its links could be kept in a cache."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_an_unknown_host_costs_one_line_of_the_log(client, caplog):
    """Bots ask all day under made-up names; a traceback for each would bury what matters."""
    client.get("/", headers={"host": "evil.example"})
    (record,) = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert "evil.example" in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_write_from_another_site_is_refused(method):
    """Without the token that only the site's own form holds."""
    client = Client(enforce_csrf_checks=True)
    assert getattr(client, method)("/admin/login/", {"username": "admin", "password": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "500.html"])
def test_an_error_is_told_by_a_page_that_needs_nothing(name, django_assert_num_queries):
    """No context, no query: it must come when all else has failed."""
    with django_assert_num_queries(0):
        page = loader.render_to_string(name)
    assert page.count("<h1>") == 1
    assert f"Error {name[:3]}" in page
    assert '<link rel="stylesheet" href="/static/site/css/base.css">' in page


def test_a_refused_form_and_an_unknown_host_are_answered_in_the_sites_own_words():
    """Not in Django's."""
    client = Client(enforce_csrf_checks=True)
    assert "This form could not be sent" in client.post("/admin/login/").content.decode()
    assert "cannot read this request" in client.get("/", headers={"host": "evil.example"}).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_public_pages_are_read_and_nothing_else(addresses, method):
    """What is no question is refused, and the answer names what may be asked."""
    client = Client()
    for address in addresses[: len(ADDRESSES)]:
        response = getattr(client, method)(address)
        allowed = "GET, HEAD, OPTIONS" if "/api/" in address else "GET, HEAD"  # scripts of other pages ask first
        assert (response.status_code, response["Allow"]) == (405, allowed), address
