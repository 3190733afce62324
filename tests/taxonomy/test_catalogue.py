"""Taxonomy as plain data."""

import datetime

import pytest
from django.utils.translation import override

from taxonomy.catalogue import catalogue, in_reading_order
from taxonomy.models import Chairpersonship, Membership
from tests import builders

pytestmark = pytest.mark.django_db


def test_names_and_addresses_come_in_the_active_language():
    """English where a language lacks the name."""
    country = builders.country("Switzerland", name_fr="Suisse")
    entry = catalogue().countries[country.pk]
    with override("fr"):
        assert (entry.name, entry.address) == ("Suisse", "/fr/countries/switzerland/")
    with override("it"):
        assert entry.name == "Switzerland"


FRENCH = {
    "Arms control": "Maîtrise des armements",
    "Democratization": "Démocratisation",
    "Education": "Éducation",
    "Elections": "Élections",
    "Human rights": "Droits de l’homme",
    "Youth": "Jeunesse",
}


def in_french(names):
    """Return the French names of topics that stand in their tree in this order, as a French page shows them."""
    for name in names:
        builders.topic(name, name_fr=FRENCH[name])
    with override("fr"):
        return [entry.name for entry in in_reading_order(catalogue().topics.values())]


def test_what_stands_in_the_english_alphabet_stands_in_that_of_each_language():
    """A reader of French looks for Éducation between Démocratisation and Jeunesse."""
    assert in_french(FRENCH) == sorted(FRENCH.values(), key=lambda name: name.replace("É", "E").replace("é", "e"))


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Youth", *list(FRENCH)[:-1]], id="an editor's order"),
        pytest.param(["Arms control", "Elections", "Youth"], id="a few, in the alphabet's order by chance"),
    ],
)
def test_any_other_order_of_a_tree_is_kept_in_each_language(names):
    """It was somebody's choice."""
    assert in_french(names) == [FRENCH[name] for name in names]


def test_a_warm_catalogue_asks_nothing(django_assert_num_queries):
    """Pages name what they are tagged with for nothing."""
    builders.country()
    catalogue()
    with django_assert_num_queries(0):
        catalogue()


def test_a_family_is_a_node_and_all_below_it():
    """Choosing a parent includes its descendants."""
    top = builders.institution("Secretariat")
    middle = builders.institution("Centre", parent=top)
    leaf = builders.institution("Unit", parent=middle)
    tree = catalogue().institutions
    assert tree[top.pk].family == [top.pk, middle.pk, leaf.pk]
    assert tree[top.pk].children == [middle.pk]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2003-12-31", "", id="before it belonged"),
        pytest.param("2004-06-01", "asian_partner", id="within the year that is all that is known"),
        pytest.param("2012-11-20", "asian_partner", id="on the last day as a partner"),
        pytest.param("2012-11-21", "participating_state", id="on the first day as a participating State"),
    ],
)
def test_a_status_holds_from_its_first_day_until_its_last(day, status):
    """Mongolia was a partner before it became a participating State."""
    country = builders.country("Mongolia")
    Membership.objects.create(country=country, status="asian_partner", since="2004", until="2012-11-21")
    Membership.objects.create(country=country, status="participating_state", since="2012-11-21")
    assert catalogue().countries[country.pk].status_on(datetime.date.fromisoformat(day)) == status


def test_the_chair_is_computed_from_the_year():
    """On New Year's Day it is another State's."""
    finland, switzerland = builders.country("Finland"), builders.country("Switzerland")
    Chairpersonship.objects.create(year=2025, country=finland)
    Chairpersonship.objects.create(year=2026, country=switzerland)
    assert catalogue().chair_on(datetime.date(2025, 12, 31)).name == "Finland"
    assert catalogue().chair_on(datetime.date(2026, 1, 1)).name == "Switzerland"
    assert catalogue().chair_on(datetime.date(2031, 1, 1)) is None


@pytest.mark.parametrize(
    ("name", "key"), [("The Netherlands", "netherlands"), ("Türkiye", "turkiye"), ("Österreich", "osterreich")]
)
def test_countries_sort_without_article_and_accents(name, key):
    """As a reader looks for them."""
    country = builders.country(name)
    assert catalogue().countries[country.pk].sort_key == key
