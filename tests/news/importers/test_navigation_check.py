"""Holding a page's menu against the site's navigation."""

import datetime

import pytest
from django.core.management import call_command

from news.importers.navigation_check import check_navigation, page_menu
from taxonomy.models import NavigationItem
from tests import builders
from tests.news.importers.files import item_of
from tests.reference import both_pages

DAY = datetime.date(2026, 6, 30)
INSTITUTIONS = [
    "On the site, not on the page:",
    "  Office for Democratic Institutions and Human Rights",
    "  High Commissioner on National Minorities",
    "  Representative on Freedom of the Media",
]


def differences(text: str | bytes, *, today: datetime.date = DAY) -> list[str]:
    """Compare the menu of a page with the site's."""
    return check_navigation(item_of(text, "page.txt").menu, language="en", today=today)


@both_pages
@pytest.mark.django_db
def test_the_page_and_the_reference_data_differ_in_the_chair_and_three_institutions(page):
    """Nothing else; the second "Fields of work" is a link to the first."""
    call_command("load_reference_data", verbosity=0)
    chair = "The mark of the chair: Finland (2025) on the page, Switzerland (2026) on the site"
    assert differences(page.read_bytes()) == [chair, *INSTITUTIONS]
    assert differences(page.read_bytes(), today=datetime.date(2025, 6, 30)) == INSTITUTIONS


@pytest.mark.django_db
def test_entries_that_only_one_side_has_are_listed_each():
    """In the order in which they stand there."""
    top = NavigationItem.objects.create(label="Our work", slug="our-work")
    NavigationItem.objects.create(label="Hidden", slug="hidden", parent=top, is_shown=False)
    NavigationItem.objects.create(label="Meetings", slug="meetings", parent=top)
    text = builders.page_text(menu=["-", "Our work", "- Projects", "- Archive"])
    assert differences(text) == [
        "On the page, not on the site:",
        "  Projects",
        "  Archive",
        "On the site, not on the page:",
        "  Meetings",
    ]


def test_a_branch_without_entries_that_was_there_before_is_a_plain_link():
    """One that is new is an entry."""
    text = builders.page_text(menu=["-", "Topics", "- One", "-", "Topics", "-", "Countries", "- All", "-", "New"])
    assert page_menu(list(item_of(text, "page.txt").menu)).labels == ("Topics", "One", "Countries", "All", "New")
