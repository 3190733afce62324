"""The pages of people in a real browser: for who manages users, and for everybody's own settings."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from news import groups
from news.models import Person
from tests import builders
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)
SELECTS_FIT = """[...document.querySelectorAll('.form-row select')].every((one) =>
  one.getBoundingClientRect().right <= one.closest('.form-row').getBoundingClientRect().right)"""
NARROW = {"width": 320, "height": 800}


@pytest.fixture
def desk(page: Page) -> Page:
    """Return the page of an Administrator who has logged in."""
    builders.institution("Office", parent=builders.institution("Secretariat"))
    builders.member_of_staff("ada").groups.add(Group.objects.get(name=groups.ADMINISTRATOR))
    page.goto("/admin/your-settings/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(builders.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Your settings")).to_be_visible()
    return page


@pytest.mark.parametrize(
    "context_options",
    [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": NARROW}],
    ids=["light", "dark and narrow"],
)
def test_axe_finds_nothing_wrong_with_the_pages_of_people(desk):
    """Nor does a narrow page scroll sideways, or a select reach over its frame."""
    user = Person.objects.get(user__username="ada").user_id
    for address in ("your-settings/", "auth/user/", "auth/user/add/", f"auth/user/{user}/change/", "auth/group/add/"):
        desk.goto(f"/admin/{address}")
        desk.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert violations(desk) == [], address
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert desk.evaluate(SELECTS_FIT), address


def test_an_institution_is_found_by_a_part_of_its_name(desk):
    """And the choice is stored with the person."""
    person = Person.objects.get(user__username="ada")
    desk.goto(f"/admin/auth/user/{person.user_id}/change/")
    institutions = desk.get_by_role("group", name="Institutions")
    institutions.get_by_role("searchbox").fill("offi")
    expect(institutions.get_by_label("Secretariat")).to_be_hidden()
    institutions.get_by_label("Office").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert [institution.name for institution in person.institutions.all()] == ["Office"]


def test_a_person_chooses_a_time_zone_in_the_own_settings(desk):
    """The link stands in the header of every page."""
    desk.goto("/admin/")
    desk.get_by_role("link", name="Your settings").click()
    desk.get_by_label("Time zone").select_option("Asia/Tashkent")
    desk.get_by_role("button", name="Save settings").click()
    expect(desk.get_by_text("Your settings are saved.")).to_be_visible()
    assert Person.objects.get(user__username="ada").time_zone == "Asia/Tashkent"
