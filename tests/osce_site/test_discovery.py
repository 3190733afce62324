"""What machines find at the root."""

import datetime

import pytest
from django.contrib.staticfiles import finders
from sectxt import Parser

from tests.pages import page

pytestmark = pytest.mark.django_db


def test_robots_are_told_of_the_sitemap_and_of_what_is_not_for_them(client):
    """In each language."""
    lines = page(client, "/robots.txt").splitlines()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /fr/search/"} <= set(lines)


def test_security_txt_stands_only_where_somebody_is_named(client, settings):
    """With all that RFC 9116 asks for."""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACTS = ["mailto:security@example.org"]
    settings.SECURITY_EXPIRES = datetime.date(2099, 1, 1)
    text = page(client, "/.well-known/security.txt")
    assert "Expires: 2099-01-01T00:00:00Z" in text
    assert not [error for error in Parser(text.encode()).errors if error["code"] not in {"long_expiry", "no_https"}]


def test_the_manifest_speaks_the_language_of_its_address(client):
    """And its pictures are there."""
    described = client.get("/fr/site.webmanifest").json()
    assert (described["lang"], described["start_url"]) == ("fr", "/fr/")
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in described["icons"])
