"""The pages of a country, an institution and a field of work."""

import re

import pytest

from taxonomy.models import Chairpersonship, Institution, InstitutionFormerName, Membership
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db


def membership(country, status, since, until=""):
    """Record what the country is or was."""
    return Membership.objects.create(country=country, status=status, since=since, until=until)


def test_a_country_tells_what_it_is_and_was_and_when_it_held_the_chair(client):
    """What holds today comes first; dates are as exact as they are known."""
    mongolia = builders.country("Mongolia", official_name="The State of Mongolia")
    membership(mongolia, "asian_partner", "2004", "2012-11-21")
    membership(mongolia, "participating_state", "2012-11-21")
    Chairpersonship.objects.create(year=2020, country=mongolia)
    shown = main(client, "/countries/mongolia/")
    assert shown.index("Participating State") < shown.index("Asian Partner for Co-operation")
    assert "since 21 November 2012" in shown
    assert "2004 to 21 November 2012" in shown
    assert "2020" in shown
    assert "The State of Mongolia" in shown


@pytest.mark.parametrize(
    ("maker", "list_address"),
    [
        (builders.country, "/countries/"),
        (builders.institution, "/institutions/"),
        (builders.topic, "/fields-of-work/"),
    ],
)
def test_the_trail_leads_through_what_stands_above_the_list_in_the_navigation(client, maker, list_address):
    """The list's own page and the pages that it lists agree on where they stand."""
    top = builders.navigation_item("Our work")
    builders.navigation_item("All of them", address=list_address, parent=top)
    address = maker("The one").get_absolute_url()
    crumbs = re.findall(r'crumbs__link" href="([^"]+)"', page(client, address))
    assert crumbs == ["/", "/our-work/", list_address]
    assert re.findall(r'crumbs__link" href="([^"]+)"', page(client, list_address)) == ["/", "/our-work/"]


@pytest.mark.parametrize("maker", [builders.country, builders.institution, builders.topic])
def test_a_description_that_exists_only_in_english_says_so_on_a_french_page(client, maker):
    """One in French does not."""
    address = maker("The one", description="<p>English</p>").get_absolute_url()
    assert '<div class="prose" lang="en"><p>English</p></div>' in main(client, f"/fr{address}")
    assert '<div class="prose"><p>English</p></div>' in main(client, address)
    address = maker("The other", description="<p>English</p>", description_fr="<p>Français</p>").get_absolute_url()
    assert '<div class="prose"><p>Français</p></div>' in main(client, f"/fr{address}")


def test_an_institution_does_not_say_its_name_twice(client):
    """The Secretariat is the only one of its kind."""
    kind = Institution.Kind.SECRETARIAT
    name = str(kind.label).capitalize()
    assert "kicker" not in main(client, builders.institution(name, kind=kind).get_absolute_url())
    other = main(client, builders.institution("House of the staff", kind=kind).get_absolute_url())
    assert f"{name}</a></p><h1>House of the staff</h1>" in other


def test_a_country_leads_to_those_beside_it_in_the_alphabet(client):
    """Two on either side."""
    for name in ("Albania", "Andorra", "Armenia", "Austria"):
        builders.country(name)
    shown = main(client, "/countries/andorra/").partition("More countries")[2]
    assert re.findall(r"countries/([a-z]+)/", shown) == ["albania", "armenia", "austria"]


def test_a_country_names_the_field_operations_that_it_hosts(client):
    """Closed ones apart; other institutions with a seat there are none."""
    serbia = builders.country("Serbia")
    kind = Institution.Kind.FIELD_OPERATION
    builders.institution("Mission to Serbia", kind=kind, host_country=serbia)
    builders.institution("Mission of long ago", kind=kind, host_country=serbia, opened_on="1992", closed_on="1993")
    builders.institution("A court", kind=Institution.Kind.COURT, host_country=serbia)
    shown = main(client, "/countries/serbia/")
    assert shown.index("Mission to Serbia") < shown.index("Closed (1)") < shown.index("Mission of long ago")
    assert "1992–1993" in shown
    assert "A court" not in shown


def test_an_institution_tells_its_place_its_seat_and_its_dates(client):
    """Its parent, its parts, its host country, when it opened and closed, what came after."""
    austria = builders.country("Austria")
    secretariat = builders.institution("Secretariat")
    centre = builders.institution(
        "Conflict Prevention Centre", acronym="CPC", parent=secretariat, host_country=austria, city="Vienna",
        opened_on="1990", closed_on="2001-05",
    )  # fmt: skip
    centre.successors.add(secretariat)
    InstitutionFormerName.objects.create(record=centre, name="Centre for Prevention", used_until="1991")
    builders.institution("Situation Room", parent=centre)
    shown = main(client, centre.get_absolute_url())
    for text in ("CPC", "Austria", "Vienna", "1990", "Closed: May 2001", "Centre for Prevention", "Situation Room"):
        assert text in shown
    assert shown.count(f'href="{secretariat.get_absolute_url()}"') == 2  # what it is part of, and what came after


@pytest.mark.parametrize(("maker", "tag"), [(builders.institution, "issued_by"), (builders.topic, "topics")])
def test_the_news_of_a_tree_are_those_of_its_whole_family(client, maker, tag):
    """A parent lists its descendants' news; a child does not list its parent's."""
    parent = maker("Above")
    child = maker("Below", parent=maker("Between", parent=parent))
    builders.published("Of the parent", **{tag: [parent.pk]})
    builders.published("Of the child", **{tag: [child.pk]})
    shown = main(client, parent.get_absolute_url())
    assert "Of the parent" in shown
    assert "Of the child" in shown
    shown = main(client, child.get_absolute_url())
    assert "Of the parent" not in shown
    assert "1 item" in shown


def test_a_country_lists_the_news_about_it(client):
    """And no others."""
    malta, cyprus = builders.country("Malta"), builders.country("Cyprus")
    builders.published("About both", countries=[malta.pk, cyprus.pk])
    builders.published("About Cyprus", countries=[cyprus.pk])
    shown = main(client, "/countries/malta/")
    assert "About both" in shown
    assert "About Cyprus" not in shown
    assert "No news yet" in main(client, builders.country("Monaco").get_absolute_url())


@pytest.mark.parametrize("maker", [builders.country, builders.institution, builders.topic])
def test_a_former_slug_redirects_once_to_the_page(client, maker):
    """In the language of the address, the question kept."""
    record = maker("Old name")
    old = record.get_absolute_url()
    record.slug = "new-name"
    record.save()
    response = client.get(f"/fr{old}?page=2&utm_source=x")
    assert (response.status_code, response.url) == (301, f"/fr{old.replace('old', 'new')}?page=2&utm_source=x")
    page(client, old.replace("old", "other"), status=404)


@pytest.mark.parametrize("maker", [builders.country, builders.institution, builders.topic])
def test_what_another_process_has_just_created_has_its_page(client, maker):
    """Though what this process keeps doesn't name it yet."""
    maker("Known")
    page(client, "/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("taxonomy.catalogue.forget", lambda: None)
        record = maker("Created elsewhere")
    assert "Created elsewhere" in main(client, record.get_absolute_url())


def test_pages_cost_a_fixed_number_of_queries_however_much_they_show(client, django_assert_max_num_queries):
    """Six at most, with the institution's successors seven."""
    country, topic, institution = builders.country(), builders.topic(), builders.institution()
    for _number in range(25):
        builders.published(countries=[country.pk], topics=[topic.pk], issued_by=[institution.pk])
    for record, budget in ((country, 6), (topic, 5), (institution, 7)):
        page(client, record.get_absolute_url())
        with django_assert_max_num_queries(budget):
            page(client, record.get_absolute_url())
