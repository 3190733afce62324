"""Lists in pages."""

import re

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from news.question import SIZES
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_pages():
    """Publish what fills two pages and begins a third."""
    institution = builders.institution("Secretariat")
    return [builders.published(issued_by=[institution.pk]) for _number in range(2 * SIZES[0] + 1)]


@pytest.mark.parametrize("address", ["/news/", "/institutions/secretariat/"])
def test_the_pages_hold_each_story_once_in_one_order(client, three_pages, address):
    """Stories of the same moment too."""
    titles = []
    for number in ("", "?page=2", "?page=3"):
        titles += re.findall(r'class="row__link"[^>]*>([^<]+)<', main(client, address + number))
    assert titles == [story.title for story in reversed(three_pages)]


@pytest.mark.usefixtures("three_pages")
def test_the_count_is_the_number_of_rows(client):
    """And the page says which of them it shows."""
    shown = main(client, "/news/?page=3")
    assert "41 items" in shown
    assert "41 to 41" in shown
    assert 'start="41"' in shown


@pytest.mark.usefixtures("three_pages")
def test_the_first_page_has_one_address(client):
    """With its number it redirects to it, the list's parameters kept; other lists do the same."""
    assert client.get("/news/?page=1").url == "/news/"
    assert client.get("/fr/news/?page=1&kind=news").url == "/fr/news/?kind=news"
    assert client.get("/institutions/secretariat/?page=1").url == "/institutions/secretariat/"


@pytest.mark.parametrize("number", ["0", "-1", "4", "99999999999", "two", "2.0", "02", "+2", "1_0", "٢", " 2"])
@pytest.mark.usefixtures("three_pages")
def test_a_page_that_is_not_there_is_not_found(client, number):
    """Whatever stands in its place."""
    page(client, f"/news/?page={number}", status=404)


@pytest.mark.usefixtures("three_pages")
def test_the_pager_keeps_the_lists_parameters(client):
    """And leaves foreign ones out."""
    shown = main(client, "/news/?kind=news&page=2&utm_source=x")
    assert 'href="/news/?kind=news" rel="prev"' in shown
    assert 'href="/news/?kind=news&amp;page=3" rel="next"' in shown
    assert "utm_source" not in shown


@settings(deadline=None)  # the first request of a process is slow
@given(asked=st.text(max_size=6))
def test_no_page_number_breaks_the_list(asked):
    """It is a page, a redirect, or not found."""
    assert Client().get("/news/", {"page": asked}).status_code in {200, 301, 404}


@pytest.mark.usefixtures("three_pages")
def test_a_page_beyond_the_last_is_refused_before_a_row_is_read(client, django_assert_num_queries):
    """A look at the log, and one whether an item once stood at the address; no more."""
    page(client, "/news/")
    with django_assert_num_queries(2):
        client.get("/news/?page=7", headers={"accept-language": "en"})


@pytest.mark.usefixtures("three_pages")
def test_a_page_holds_as_many_items_as_the_reader_chooses(client):
    """Twenty, fifty or a hundred; another number is not found."""
    shown = main(client, "/news/?size=50")
    assert shown.count('class="row__link"') == 41
    assert 'rel="next"' not in shown
    page(client, "/news/?size=30", status=404)
    assert client.get("/news/?size=20").url == "/news/"
    assert 'href="/news/?size=50&amp;page=2"' not in shown
