"""The frame around every page: head, languages, menu, site map, and the pages for errors."""

import re
import time

import pytest
import time_machine
from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from osce_site.page_addresses import in_language, without_language
from osce_site.suggestions import suggestions_for
from taxonomy.models import Chairpersonship
from tests import builders

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = ("/countries/", "/institutions/", "/fields-of-work/", "/our-work/")


def page(client, path):
    """Return a page as text."""
    return client.get(path).content.decode()


def links_to(html, href):
    """Return the start tags of the links that lead there."""
    return re.findall(rf'<(?:a|link)[^>]*href="{re.escape(href)}"[^>]*>', html)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_every_language(client, path, language):
    """The frame says which language it speaks."""
    builders.navigation_item("Our work")
    response = client.get(in_language(path, language))
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="ltr">' in response.content.decode()


def test_the_skip_link_is_the_first_link_and_leads_to_the_content(client):
    """A reader by keyboard passes the menu with one key."""
    html = page(client, "/countries/")
    first = re.search(r"<a [^>]*>", html[html.index("<body") :])[0]
    assert first == '<a class="skip" href="#main">'
    assert '<main class="main" id="main" tabindex="-1">' in html


def test_the_switch_leads_to_the_same_page_in_each_language_and_marks_the_current_one(client):
    """Each link is written in its own language."""
    html = page(client, "/fr/countries/")
    switch = html[html.index('class="lang"') : html.index("</nav>")]
    assert re.findall(r'href="([^"]+)" lang="(\w+)" hreflang="(\w+)"', switch) == [
        (in_language("/countries/", code), code, code) for code in LANGUAGES
    ]
    assert re.findall(r'hreflang="(\w+)" aria-current="true"', switch) == ["fr"]


def test_the_head_names_the_one_address_and_the_same_page_in_other_languages(client, settings):
    """Search engines are told with whole addresses; parameters that don't count are left out."""
    settings.SITE_URL = "https://site.example"
    html = page(client, "/de/countries/")
    assert '<link rel="canonical" href="https://site.example/de/countries/">' in html
    alternates = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', html)
    assert alternates == [(code, f"https://site.example{in_language('/countries/', code)}") for code in LANGUAGES]


def test_a_parameter_that_counts_stays_in_the_address_and_others_are_left_out(client):
    """The status is a page of its own; where a reader came from is not."""
    builders.membership(status="asian_partner")
    html = page(client, "/fr/countries/?utm_source=x&status=asian-partners")
    canonical = links_to(html, f"{settings.SITE_URL}/fr/countries/?status=asian-partners")[0]
    assert 'rel="canonical"' in canonical
    assert links_to(html, "/ru/countries/?status=asian-partners")
    assert "utm_source" not in html


def test_title_and_description_stand_in_the_head_and_on_the_card(client):
    """What is shared elsewhere names the page and the site."""
    html = page(client, "/institutions/")
    assert "<title>Structures and institutions | OSCE</title>" in html
    assert '<meta property="og:title" content="Structures and institutions">' in html
    description = re.search(r'<meta name="description" content="([^"]+)">', html)[1]
    assert f'<meta property="og:description" content="{description}">' in html


@pytest.mark.parametrize("path", [*PAGES, "/nowhere/"])
def test_no_page_holds_an_inline_style_or_script(client, path):
    """The content security policy would refuse it."""
    builders.navigation_item("Our work")
    html = page(client, path)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)


def test_a_warm_page_draws_its_menu_without_a_query(client, django_assert_num_queries):
    """Country, session, user: a page of taxonomy needs none at all."""
    builders.navigation_item("Countries", address="/countries/")
    client.get("/countries/")
    with django_assert_num_queries(0):
        client.get("/countries/")


def test_the_menu_follows_its_contract(client):
    """Each link that opens something is followed at once by what it opens, and works as a link without scripts."""
    top = builders.navigation_item("Our work")
    branch = builders.navigation_item("Meetings", parent=top)
    builders.navigation_item("Summits", parent=branch)
    html = page(client, "/countries/")
    panel = f'<a class="menu__top" href="/our-work/" data-controls="menu-{top.pk}">Our work</a>'
    assert f'{panel}<div class="menu__panel" id="menu-{top.pk}">' in html
    head = '<a class="menu__link menu__head" href="/our-work/meetings/">Meetings</a>'
    assert f'{head} <ul class="menu__sub" id="menu-{branch.pk}">' in html
    assert '<a class="menu__toggle" href="#site-map" data-controls="menu-list">' in html
    assert 'id="site-map"' in html
    assert 'role="menu' not in html


def test_the_menu_marks_the_section_and_the_page_that_is_shown(client):
    """The kept menu is one; the mark is this page's."""
    top = builders.navigation_item("Our work")
    builders.navigation_item("Projects", parent=top)
    builders.navigation_item("Partnerships", parent=top)
    html = page(client, "/our-work/projects/")
    assert 'href="/our-work/" data-controls' in html
    assert re.search(r'class="menu__top" href="/our-work/"[^>]* aria-current="true"', html)
    assert 'class="menu__link menu__head" href="/our-work/projects/" aria-current="page"' in html
    assert 'href="/our-work/partnerships/" aria-current' not in html
    assert re.search(r'href="/our-work/partnerships/" aria-current="page"', page(client, "/our-work/partnerships/"))


def test_the_chair_changes_at_new_year_in_vienna_in_a_process_that_keeps_its_menu(client):
    """The mark is computed from the country, the year and the day; nobody edits a label."""
    for year, name in ((2026, "Switzerland"), (2027, "Cyprus")):
        country = builders.country(name)
        Chairpersonship.objects.create(year=year, country=country)
        builders.navigation_item(name, country=country, parent=builders.navigation_item(f"Top {name}"))
    mark = r'>(\w+)\s+<span class="mark">OSCE Chairpersonship (\d{4})</span>'
    with time_machine.travel("2026-12-31T22:59:59+00:00", tick=False):
        assert re.findall(mark, page(client, "/institutions/")) == [("Switzerland", "2026")]
    with time_machine.travel("2026-12-31T23:00:00+00:00", tick=False):
        html = page(client, "/institutions/")
        assert re.findall(mark, html) == [("Cyprus", "2027")]
        assert "2027 Chairpersonship: Cyprus" in html


def test_a_year_without_a_chair_has_no_mark(client):
    """Nothing is invented."""
    builders.country("Cyprus")
    assert "Chairpersonship" not in page(client, "/countries/")


@pytest.mark.parametrize("path", ["/contries/albanja/", "/albania/", "/x/ALBANIA/"])
def test_an_address_with_a_slip_is_answered_with_the_pages_that_come_nearest(client, path):
    """The words of the address say what was meant."""
    builders.country("Albania")
    builders.country("Uzbekistan")
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 404
    section = html[html.index('id="nearest"') : html.index('id="again"')]
    assert "/countries/albania/" in section
    assert "uzbekistan" not in section


def test_the_last_word_of_an_address_counts_more_than_those_before_it():
    """Who sought the Secretariat among the institutions is led to the Secretariat first."""
    builders.navigation_item("Institutions", address="/institutions/")
    builders.institution("Secretariat")
    names = [place.name for place in suggestions_for("/institutions/secretariatt/")]
    assert names == ["Secretariat", "Institutions"]


def test_the_page_of_an_error_has_no_address_of_its_own_and_its_languages_lead_home(client):
    """No version of a page that doesn't exist is offered."""
    html = page(client, "/fr/nowhere/")
    assert 'rel="canonical"' not in html
    assert 'rel="alternate"' not in html
    assert '<a class="lang__link" href="/de/"' in html


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a/" * 3_000,
        "/" + "a" * 7_000 + "/",
        "/%00/",
        "/%ff%fe/",
        "/<script>alert(1)</script>/",
        "/../../etc/passwd",
        "/%2e%2e/%2f/",
        "/countries/%D0%90/",
        "/🐘/",
    ],
)
def test_a_hostile_address_is_answered_404_within_a_moment(client, path):
    """Nothing of it comes back as markup."""
    for number in range(150):
        builders.navigation_item(f"Some page with a name {number}")
    client.get("/nowhere/")
    started = time.process_time()
    response = client.get(path, follow=True)
    assert time.process_time() - started < 0.5
    assert response.status_code == 404
    assert b"<script>alert" not in response.content


def test_of_an_endless_path_only_the_beginning_is_looked_at():
    """The price of an answer does not grow with the question."""
    builders.country("Albania")
    assert [place.name for place in suggestions_for("/x/albania/")] == ["Albania"]
    assert suggestions_for(f"/{'x' * 300}/albania/") == []
    assert suggestions_for(f"{'/x' * 50}/albania/") == []


@given(path=st.text(max_size=300))
def test_suggestions_are_few_whatever_the_path_holds(path):
    """And never an error."""
    assert len(suggestions_for(path)) <= 5


@given(path=st.from_regex(r"/([a-z0-9-]{1,9}/){0,4}", fullmatch=True), code=st.sampled_from(LANGUAGES))
def test_a_path_keeps_its_page_through_the_languages(path, code):
    """Only the prefix differs."""
    bare = without_language(path)
    assert without_language(in_language(bare, code)) == bare or bare.split("/")[1] in LANGUAGES
    assert in_language(in_language(bare, "ru"), "en") == in_language(bare, "en")


def test_a_fault_is_answered_without_a_query(django_assert_num_queries):
    """The page for faults needs neither database nor context."""
    with django_assert_num_queries(0):
        response = response_for_exception(RequestFactory().get("/"), RuntimeError("broken"))
    assert response.status_code == 500
    assert b"The fault is ours" in response.content
