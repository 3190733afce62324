"""Countries, institutions, fields of work and the menu as data."""

import pytest

from taxonomy.models import Chairpersonship, Institution
from tests import builders
from tests.pages import data

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def test_a_country_tells_what_it_is_and_was(client):
    """Today's status, all of them in time, its years in the chair."""
    mongolia = builders.country("Mongolia", name_fr="Mongolie", iso_code="MN")
    builders.membership(country=mongolia, status="asian_partner", since="2004", until="2012")
    builders.membership(country=mongolia, since="2012-11-21")
    Chairpersonship.objects.create(country=mongolia, year=2031)
    assert data(client, "/fr/api/v1/countries/mongolia/") == {
        "slug": "mongolia",
        "name": "Mongolie",
        "address": f"{SITE}/fr/countries/mongolia/",
        "api_address": f"{SITE}/fr/api/v1/countries/mongolia/",
        "iso_code": "MN",
        "status": "participating_state",
        "status_label": "État participant",
        "memberships": [
            {"status": "asian_partner", "since": "2004", "until": "2012"},
            {"status": "participating_state", "since": "2012-11-21", "until": None},
        ],
        "chair_years": [2031],
        "news": f"{SITE}/fr/api/v1/news/?country=mongolia",
    }


def test_countries_stand_in_the_alphabet_of_the_language(client):
    """All of them."""
    builders.country("Austria", name_fr="Autriche")
    builders.country("Germany", name_fr="Allemagne")
    english, french = data(client, "/api/v1/countries/"), data(client, "/fr/api/v1/countries/")
    assert (english["count"], [row["slug"] for row in english["results"]]) == (2, ["austria", "germany"])
    assert [row["slug"] for row in french["results"]] == ["germany", "austria"]
    assert english["results"][0]["status"] is None


def test_institutions_are_a_tree(client):
    """Each with what stands above and below it, where it sits, and whether it has closed."""
    host = builders.country("Albania")
    top = builders.institution("Secretariat")
    builders.institution(
        "Presence", parent=top, acronym="PiA", host_country=host, city="Tirana", opened_on="1997", closed_on="2001-05"
    )
    answer = data(client, "/api/v1/institutions/")
    (root,), (child,) = answer["results"], answer["results"][0]["children"]
    assert (answer["count"], root["slug"], root["parent"]) == (2, "secretariat", None)
    assert (child["parent"], child["acronym"], child["city"], child["children"]) == ("secretariat", "PiA", "Tirana", [])
    assert child["host_country"]["api_address"] == f"{SITE}/api/v1/countries/albania/"
    assert (child["opened_on"], child["closed_on"], child["is_closed"]) == ("1997", "2001-05", True)
    assert (root["opened_on"], root["is_closed"], root["kind"]) == (None, False, Institution.Kind.DEPARTMENT)
    assert data(client, "/api/v1/institutions/presence/") == child


def test_topics_are_a_tree(client):
    """And one of them has what is below it."""
    top = builders.topic("Arms control")
    builders.topic("Small arms", parent=top)
    answer = data(client, "/api/v1/topics/")
    assert (answer["count"], answer["results"][0]["children"][0]["slug"]) == (2, "small-arms")
    assert data(client, "/api/v1/topics/arms-control/") == answer["results"][0]
    assert data(client, "/api/v1/topics/small-arms/")["parent"] == "arms-control"


def test_the_menu_is_a_tree_without_what_is_hidden(client):
    """Pages of this site by their full address, in the language."""
    top = builders.navigation_item("Our work")
    builders.navigation_item("Projects", parent=top)
    builders.navigation_item("Secret", parent=top, is_shown=False)
    builders.navigation_item("Elsewhere", address="https://other.example/")
    first, second = data(client, "/fr/api/v1/navigation/")["results"]
    assert (first["name"], first["address"]) == ("Our work", f"{SITE}/fr/our-work/")
    assert [child["address"] for child in first["children"]] == [f"{SITE}/fr/our-work/projects/"]
    assert second == {"name": "Elsewhere", "address": "https://other.example/", "children": []}


@pytest.mark.parametrize(
    ("maker", "folder"),
    [(builders.country, "countries"), (builders.institution, "institutions"), (builders.topic, "topics")],
)
def test_a_former_slug_redirects_once(client, maker, folder):
    """And what was never there is not found."""
    record = maker("Old name")
    record.slug = "new-name"
    record.save()
    answer = client.get(f"/fr/api/v1/{folder}/old-name/")
    assert (answer.status_code, answer["Location"]) == (301, f"/fr/api/v1/{folder}/new-name/")
    assert data(client, answer["Location"])["slug"] == "new-name"
    assert "“never”" in data(client, f"/api/v1/{folder}/never/", status=404)["detail"]


def test_taxonomy_is_told_without_a_query(client, django_assert_num_queries):
    """It is in the process."""
    builders.country("Austria")
    builders.institution("Secretariat", parent=builders.institution("Chair"))
    builders.topic("Mines")
    builders.navigation_item("Projects")
    addresses = [f"/api/v1/{part}" for part in ("countries/", "countries/austria/", "institutions/", "topics/mines/",
                                                "institutions/secretariat/", "topics/", "navigation/")]  # fmt: skip
    for address in addresses:
        data(client, address)
    with django_assert_num_queries(0):
        for address in addresses:
            data(client, address)


def test_addresses_are_those_of_the_language(client):
    """Whatever language asked before."""
    builders.topic("Mines")
    for prefix in ("", "/fr", "/de", ""):
        told = data(client, f"{prefix}/api/v1/topics/mines/")
        assert told["address"] == f"{SITE}{prefix}/fields-of-work/mines/"
        assert told["api_address"] == f"{SITE}{prefix}/api/v1/topics/mines/"
