"""Each list has one address."""

import re

import pytest
from django.test import RequestFactory

from news.question import read_question
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["q", "kind", "country", "from", "sort", "size", "page", "at", "language"])
def test_an_empty_value_asks_for_nothing(client, name):
    """A form sends one for each field that was left empty; the list has one address."""
    answer = client.get(f"/news/?{name}=")
    assert (answer.status_code, answer.url) == (301, "/news/")


def test_a_day_of_the_past_is_its_last_second(client):
    """The address names it as short as it can."""
    assert client.get("/news/?at=2024-01-01").url == "/news/?at=2024-01-01T22%3A59%3A59Z"
    assert client.get("/news/?at=2024-01-01T10:00:00.123456Z").url == "/news/?at=2024-01-01T10%3A00%3A00Z"


def test_the_subject_of_a_page_is_fixed_and_not_in_its_address(client):
    """Whatever its own parameter says: with it, this would be a second address of the page."""
    malta, cyprus = builders.country("Malta"), builders.country("Cyprus")
    builders.published("About Malta", countries=[malta.pk])
    builders.published("About Cyprus", countries=[cyprus.pk], kind="speech")
    for other in ("cyprus", "malta", "atlantis", ""):
        answer = client.get(f"/countries/malta/?kind=news&country={other}&utm_source=x")
        assert (answer.status_code, answer.url) == (301, "/countries/malta/?kind=news")
    assert "About Malta" in main(client, "/countries/malta/?kind=news")
    assert "About Malta" not in main(client, "/countries/malta/?kind=speech")
    assert client.get("/fr/countries/malta/?page=1&kind=news").url == "/fr/countries/malta/?kind=news"
    request = RequestFactory().get("/countries/malta/?country=cyprus&kind=news")
    question, _problems = read_question(request, subject=("country", malta.pk))
    assert (question.countries, question.query()) == ((malta.pk,), "?kind=news")


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/news/", "News"),
        ("/news/?kind=statement", "Statements"),
        ("/news/?kind=statement&country=malta", "Statements: Malta"),
        ("/news/?country=malta", "News: Malta"),
    ],
)
def test_a_list_is_headed_by_all_that_was_chosen(client, address, heading):
    """Two lists of one kind are told apart by it, as by their titles."""
    builders.country("Malta")
    shown = page(client, address)
    assert f"<h1>{heading}</h1>" in shown
    assert f"<title>{heading} | OSCE</title>" in shown


def test_a_row_read_out_divides_what_the_eye_sees_divided_by_gaps(client):
    """Issuer, country and field of work are parts of their own."""
    malta, mines = builders.country("Malta"), builders.topic("Mines")
    builders.published(countries=[malta.pk], topics=[mines.pk])
    heard = " ".join(re.sub(r"<[^>]+>", "", main(client, "/news/")).split())
    assert "Malta.Mines." in heard
