"""What is answered while somebody types in a search field."""

import json

import pytest

from news.models import SearchCount
from news.search.suggestions import newest_titles
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read_titles_anew():
    """Keep no titles from the test before."""
    newest_titles.forget()


def offered(client, words, prefix=""):
    """Return the answer to what is being typed."""
    return client.get(f"{prefix}/search/suggestions/", {"q": words})


def test_suggestions_are_data_in_the_language_of_the_address(client):
    """With a sentence that a screen reader says; plain letters, whatever the alphabet."""
    builders.country("Austria", iso_code="AT", name_ru="Австрия")
    answer = offered(client, "австр", "/ru")
    assert answer["Content-Type"] == "application/json"
    assert "Австрия" in answer.content.decode()
    found = json.loads(answer.content)
    assert [(one["name"], one["address"]) for one in found["suggestions"]] == [("Австрия", "/ru/countries/austria/")]
    english = json.loads(offered(client, "austr").content)
    assert english["status"] == "1 suggestion"
    assert english["suggestions"][0] == {
        "kind": "Country", "name": "Austria", "address": "/countries/austria/", "language": "",
    }  # fmt: skip


def test_a_page_is_not_suggested_for_what_only_its_text_says(client):
    """Its name would tell nobody why."""
    builders.navigation_item("Annual meetings", body="<p>Every year in Vaduz.</p>")
    assert json.loads(offered(client, "vaduz").content)["suggestions"] == []
    assert "/annual-meetings/" in client.get("/search/?q=vaduz").content.decode()


def test_suggestions_may_be_kept_and_are_asked_about_again(client):
    """So that what was removed a moment ago is not offered from a cache."""
    builders.country("Austria", iso_code="AT")
    answer = offered(client, "austr")
    assert answer["Cache-Control"] == "public, no-cache"
    again = client.get("/search/suggestions/", {"q": "austr"}, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("words", ["", "a", "\0", '"' * 64_000, "%" * 64_000, "* - " * 16_000, "-austria"])
def test_whatever_is_being_typed_is_no_error(client, words):
    """And offers nothing that it does not name."""
    builders.country("Austria", iso_code="AT")
    answer = offered(client, words)
    assert (answer.status_code, json.loads(answer.content)["suggestions"]) == (200, [])


def test_typing_is_not_counted(client):
    """Half words are no searches."""
    builders.country("Austria", iso_code="AT")
    offered(client, "austr")
    assert not SearchCount.objects.exists()
