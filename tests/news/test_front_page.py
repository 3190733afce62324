"""The home page's figures and ways into the site."""

import datetime

import pytest

from news.front_page import front_page, ways_in
from taxonomy.models import Institution, Membership
from tests import builders

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def test_the_figures_are_counted_from_the_data_on_the_day():
    """Neither a State that has left nor an operation that has closed counts."""
    for status, since, until in (
        ("participating_state", "1973", ""),
        ("participating_state", "1973", "1992"),
        ("asian_partner", "2003", ""),
        ("mediterranean_partner", "", ""),
    ):
        Membership.objects.create(country=builders.country(), status=status, since=since, until=until)
    for closed_on in ("", "2017", "2099"):
        builders.institution(kind=Institution.Kind.FIELD_OPERATION, closed_on=closed_on)
    figures = ways_in(DAY)
    assert (figures["participating"], figures["partners"], figures["operations"]) == (1, 2, 2)
    assert (figures["languages"], figures["local_languages"]) == (6, 21)


def test_only_the_houses_at_work_stand_on_the_home_page():
    """Departments and what has closed are in the structure."""
    secretariat = builders.institution("Secretariat", kind=Institution.Kind.SECRETARIAT)
    builders.institution("Closed house", kind=Institution.Kind.INSTITUTION, closed_on="2001")
    builders.institution("Department")
    assert [house.pk for house in ways_in(DAY)["houses"]] == [secretariat.pk]


def test_news_from_the_field_are_those_of_field_operations():
    """Of closed ones too: their last news may be recent."""
    mission = builders.institution(kind=Institution.Kind.FIELD_OPERATION, closed_on="2020-02")
    builders.published("Older, from the field", issued_by=[mission.pk])
    builders.published("Newest, from Vienna", issued_at=builders.LONG_AGO + datetime.timedelta(days=1))
    _field, cards = front_page()["groups"][-1]
    assert [card.edition.title for card in cards] == ["Older, from the field"]


def test_a_group_shows_what_is_rare_too():
    """However many other stories are newer."""
    builders.published("Rare speech of old", kind="statement")
    for number in range(1, 15):
        builders.published(issued_at=builders.LONG_AGO + datetime.timedelta(days=number))
    groups = {str(group.name): cards for group, cards in front_page()["groups"]}
    assert [card.edition.title for card in groups["Statements"]] == ["Rare speech of old"]
