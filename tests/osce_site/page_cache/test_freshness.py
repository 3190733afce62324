"""What a publishing act makes anew: every page that shows the edition, and no other."""

import datetime

import pytest
from django.test import Client

from news import workflow
from news.models import Removal
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db


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
        "/countries/austria/feed.json?topic=media", "/countries/ukraine/feed.json?topic=borders", "/institutions/other/",
        other.get_absolute_url(), "/countries/", "/institutions/", "/news/feed.atom?kind=speech",
    ]  # fmt: skip
    for address in [*concerned, *others]:
        assert site.get(address).how == "made", address
        assert site.get(address).how == "hit", address
    builders.next_edition(edition, "Tunnel", **told)
    assert {address: site.get(address).how for address in concerned} == dict.fromkeys(concerned, "made")
    assert {address: site.get(address).how for address in others} == dict.fromkeys(others, "hit")
    for address in [*concerned, *others]:
        assert site.get(address).text == fresh(address), address
