"""Search in a real browser: the combobox by keyboard, mouse and without scripts, and what axe says of its pages."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from news.search.suggestions import newest_titles
from taxonomy import catalogue
from tests import builders
from tests.browser.axe import look

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"width": 320, "height": 720}
FIELDS = ["#site-search", "#page-search"]


@pytest.fixture(autouse=True)
def _site(transactional_db) -> None:  # noqa: ARG001 - the database is to be there first
    """Fill the site with what can be found."""
    moldova = builders.country("Moldova", iso_code="MD", name_ru="Молдова", name_de="Moldau")
    builders.institution("Mission to Moldova")
    builders.topic("Border management")
    builders.navigation_item("Our work", body="<p>In Moldova too.</p>")
    for number in range(25):
        builders.published(f"Moldova: border story {number}", countries=[moldova.pk])
    builders.published("Граница Молдовы", language="ru")
    catalogue.forget()
    newest_titles.forget()


def write(page: Page, words: str, field: str = "#page-search") -> None:
    """Type letter by letter, as a hand does."""
    page.locator(field).press_sequentially(words, delay=20)


def chosen(page: Page, field: str = "#page-search") -> str:
    """Return the text of the option that the field names as the active one."""
    number = page.locator(field).get_attribute("aria-activedescendant")
    option = page.locator(f"#{number}[aria-selected=true]")
    return " ".join(option.inner_text().split())


@pytest.mark.parametrize("field", FIELDS)
def test_down_and_enter_lead_to_what_was_offered(page, field):
    """The field keeps the focus and the text; the list says how many it holds."""
    page.goto("/search/")
    combobox = page.locator(field)
    expect(combobox).to_have_attribute("aria-expanded", "false")
    write(page, "mold", field)
    expect(combobox).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form", has=combobox).get_by_role("status")).to_have_text("7 suggestions")
    assert combobox.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    assert chosen(page, field) == "Country Moldova"
    page.keyboard.press("ArrowDown")
    assert chosen(page, field) == "Department Mission to Moldova"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert combobox.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert chosen(page, field).startswith("News Moldova: border story")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(combobox).to_be_focused()
    expect(combobox).to_have_value("mold")
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/moldova/")


def test_enter_without_a_choice_searches_for_what_was_typed(page):
    """Also when a suggestion was active and one went on typing."""
    page.goto("/search/")
    write(page, "mold")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    write(page, "ova")
    assert page.locator("#page-search").get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=moldova")
    expect(page.locator(".tools__count")).to_contain_text("25 news items")


def test_escape_closes_the_list_and_leaves_the_text_and_down_opens_it_again(page):
    """Nothing that was typed is lost."""
    page.goto("/search/")
    write(page, "mold")
    listbox = page.get_by_role("listbox", name="Suggestions")
    expect(listbox).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    field = page.locator("#page-search")
    expect(field).to_have_value("mold")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(listbox).to_be_visible()


def test_left_and_right_lead_back_into_the_text(page):
    """There Enter searches again."""
    page.goto("/search/")
    write(page, "mold")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    write(page, "x")
    expect(page.locator("#page-search")).to_have_value("molxd")


def test_leaving_the_field_closes_the_list(page):
    """By Tab or by a press elsewhere."""
    page.goto("/search/")
    for leave in (lambda: page.keyboard.press("Tab"), lambda: page.mouse.click(5, 700)):
        page.locator("#page-search").fill("")
        write(page, "mold")
        expect(page.get_by_role("listbox")).to_be_visible()
        leave()
        expect(page.get_by_role("listbox")).to_have_count(0)
        expect(page.locator("#page-search")).to_have_value("mold")


def test_a_press_on_a_suggestion_follows_it_and_it_is_closed_on_the_way_back(page):
    """In the masthead the list lies above the menu."""
    page.goto("/institutions/")
    write(page, "mission", "#site-search")
    page.get_by_role("option", name="Mission to Moldova").click()
    page.wait_for_url("**/institutions/mission-to-moldova/")
    page.go_back()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_an_answer_that_comes_too_late_is_not_shown(page):
    """What was asked for before is given up."""
    asked: list[str] = []
    held: list[Route] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        held.append(route) if route.request.url.endswith("q=mo") else route.continue_()

    page.route("**/search/suggestions/**", answer)
    page.goto("/search/")
    write(page, "mo")
    page.wait_for_timeout(400)
    write(page, "ldova")
    expect(page.get_by_role("option").first).to_contain_text("Moldova")
    assert len(held) == 1
    assert [url.rpartition("=")[2] for url in asked] == ["mo", "moldova"]  # one wait for all letters of one go
    expect(page.get_by_role("option")).not_to_have_count(0)


def test_a_server_that_does_not_answer_leaves_the_form(page):
    """The list stays away, and the form searches."""
    page.route("**/search/suggestions/**", lambda route: route.fulfill(status=503))
    page.goto("/search/")
    with page.expect_response("**/search/suggestions/**"):
        write(page, "moldova")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=moldova")


def test_on_a_narrow_screen_search_is_a_link_beside_the_menu(page):
    """It leads to the page with the field, where suggestions fit the screen."""
    page.set_viewport_size(NARROW)
    page.goto("/institutions/")
    page.locator(".menu").get_by_role("link", name="Search").click()
    write(page, "moldova border")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_filters_replace_what_stands_above_the_news_too(page):
    """What is no news is part of the whole answer only."""
    page.goto("/search/?q=moldova")
    expect(page.get_by_role("region", name="Pages of this site")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^News")).check()
    page.wait_for_url("**/search/?q=moldova&kind=news")
    expect(page.get_by_role("region", name="Pages of this site")).to_have_count(0)
    expect(page.locator(".tools__count")).to_contain_text("25 news items")


class TestWithoutScripts:
    """The form is a form."""

    @pytest.fixture
    def context_options(self):
        """Open the browser without scripts."""
        return {"java_script_enabled": False, "viewport": {"width": 1280, "height": 900}}

    def test_the_forms_search_and_the_answer_can_be_narrowed(self, page):
        """From the masthead, and again on the page."""
        page.goto("/institutions/")
        page.locator("#site-search").fill("moldova")
        page.locator("#site-search").press("Enter")
        expect(page).to_have_url(re.compile(r"/search/\?q=moldova$"))
        expect(page.locator("#page-search")).to_have_value("moldova")
        assert page.locator("#page-search").get_attribute("role") is None
        page.get_by_role("checkbox", name=re.compile("^News")).check()
        page.get_by_role("button", name="Apply the filters").click()
        expect(page).to_have_url(re.compile(r"q=moldova&kind=news"))
        expect(page.locator(".tools__count")).to_contain_text("25 news items")


PAGES = {
    "results": "/search/?q=moldova",
    "filtered": "/search/?q=moldova&kind=news&page=2",
    "a bad date": "/search/?q=moldova&from=soon",
    "nothing found": "/search/?q=zeppelinish+moldova",
    "another spelling": "/search/?q=moldoba",
    "records only": "/search/?q=management",
    "no words": "/search/",
    "no word to look for": "/search/?q=-moldova",
    "Russian": "/ru/search/?q=Молдова",
    "German": "/de/search/?q=Moldau",
}
SCREENS = {
    "narrow": {"viewport": NARROW},
    "wide, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow, dark": {"viewport": NARROW, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
}


@pytest.mark.parametrize("context_options", SCREENS.values(), ids=SCREENS.keys())
def test_axe_finds_nothing_on_any_page_of_search(page, context_options):  # noqa: ARG001 - the browser takes it
    """With results and without, with suggestions open; and no page is wider than its screen."""
    found = {}
    for name, address in PAGES.items():
        page.goto(address)
        found[name] = look(page)
    page.goto("/search/")
    write(page, "moldova")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "Country Moldova"
    found["suggestions open"] = look(page)
    assert found == {name: [] for name in (*PAGES, "suggestions open")}
