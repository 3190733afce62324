"""The frame in a real browser: the menu by keyboard and without scripts, and what axe says of every page."""

import pytest
from playwright.sync_api import Page, expect

from taxonomy import catalogue
from taxonomy.models import Institution
from tests import builders
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("/countries/", "/ru/countries/?status=asian-partners", "/institutions/", "/fields-of-work/")
PAGES += ("/our-work/", "/our-work/meetings/", "/nowhere/")
NARROW = {"width": 320, "height": 720}


@pytest.fixture(autouse=True)
def _site(transactional_db) -> None:  # noqa: ARG001 - the database is to be there first
    """Fill every page a little."""
    switzerland = builders.country("Switzerland", iso_code="CH", name_ru="Швейцария")
    for year in range(2020, 2040):
        switzerland.chairpersonships.create(year=year)
    builders.membership(country=switzerland)
    builders.membership(country=builders.country("Japan", iso_code="JP", name_ru="Япония"), status="asian_partner")
    mission = {"kind": Institution.Kind.FIELD_OPERATION, "opened_on": "1993"}
    builders.institution("Mission to Moldova", **mission)
    builders.institution("Mission to Latvia", **mission, closed_on="2001")
    arms = builders.topic("Arms control")
    work = builders.navigation_item("Our work", introduction="What is done, and where.")
    fields = builders.navigation_item("Fields of work", parent=work, address="/fields-of-work/")
    builders.navigation_item("Arms control", parent=fields, topic=arms)
    meetings = builders.navigation_item("Meetings", parent=work, body="<h2>Who</h2><p>Ministers, once a year.</p>")
    builders.navigation_item("Summits", parent=meetings)
    countries = builders.navigation_item("Countries", address="/countries/")
    builders.navigation_item("Switzerland", parent=countries, country=switzerland)
    catalogue.forget()


def focused(page: Page) -> str:
    """Return the text of the element that has the focus."""
    return page.evaluate("document.activeElement.innerText.trim()")


def test_the_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(page):
    """Enter opens, Tab goes in, Escape closes; nothing opens by passing over it."""
    page.goto("/institutions/")
    top = page.get_by_role("button", name="Our work")
    panel = page.locator(".menu__panel", has_text="Meetings")
    top.focus()
    expect(panel).to_be_hidden()
    page.keyboard.press("Enter")
    expect(top).to_have_attribute("aria-expanded", "true")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "Our work: overview"
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert focused(page) == "Our work"


def test_escape_closes_what_was_opened_by_a_press_that_gave_no_focus(page):
    """Safari leaves the focus with the page when a button is pressed."""
    page.goto("/institutions/")
    page.get_by_role("button", name="Our work").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    expect(page.locator(".menu__panel", has_text="Meetings")).to_be_hidden()


def test_two_tabs_lead_to_the_content(page):
    """The skip link comes first; what follows it is the page itself."""
    page.goto("/countries/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_one_panel_is_open_at_a_time_and_a_press_outside_closes_it(page):
    """The page stays readable below."""
    page.goto("/institutions/")
    for name in ("Our work", "Countries"):
        page.get_by_role("button", name=name).click()
    assert page.locator(".menu__top[aria-expanded=true]").all_inner_texts() == ["Countries"]
    page.locator("h1").click(position={"x": 5, "y": 5}, force=True)
    page.mouse.click(5, 880)
    assert page.locator(".menu__top[aria-expanded=true]").count() == 0


def test_on_a_narrow_screen_three_levels_open_one_below_the_other(page):
    """Each level is a button beside a link that still leads to its page."""
    page.set_viewport_size(NARROW)
    page.goto("/institutions/")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Our work").click()
    page.get_by_role("button", name="Meetings").click()
    page.locator("#menu-list").get_by_role("link", name="Summits").click()
    expect(page.locator("h1")).to_have_text("Summits")


def test_escape_on_a_narrow_screen_closes_level_by_level(page):
    """The focus goes back to the button that opened what closed."""
    page.set_viewport_size(NARROW)
    page.goto("/institutions/")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Our work").click()
    page.keyboard.press("Escape")
    assert focused(page) == "Our work"
    page.keyboard.press("Escape")
    assert focused(page) == "Menu"
    expect(page.locator("#menu-list")).to_be_hidden()


def test_the_current_page_is_marked_in_the_open_menu(page):
    """By a word for screen readers, not by colour alone."""
    page.goto("/our-work/meetings/")
    page.get_by_role("button", name="Our work").click()
    expect(page.locator(".menu__panel [aria-current=page]")).to_have_text("Meetings")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)], ids=["light", "dark", "narrow"]
)
def test_axe_finds_nothing_on_any_page(page, path, scheme, width):
    """Contrast, names, order of headings, landmarks: with the menu closed and open."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    assert violations(page) == []
    page.locator("button:is(.menu__toggle, .menu__top):visible").first.click()
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_narrow_screen(page, path):
    """No page scrolls sideways at 320 pixels."""
    page.set_viewport_size(NARROW)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


class TestWithoutScripts:
    """The same site where no script runs."""

    @pytest.fixture
    def context_options(self, context_options):
        """Switch scripts off."""
        return context_options | {"java_script_enabled": False}

    def test_every_entry_of_the_bar_is_a_link_to_its_page(self, page):
        """From there the third level is one more link away."""
        page.goto("/countries/")
        page.locator(".menu").get_by_role("link", name="Our work", exact=True).click()
        expect(page.locator("h1")).to_have_text("Our work")
        page.locator("main").get_by_role("link", name="Summits").click()
        expect(page.locator("h1")).to_have_text("Summits")

    def test_the_menu_of_a_narrow_screen_leads_to_the_map_of_the_site(self, page):
        """At the foot of the same page."""
        page.set_viewport_size(NARROW)
        page.goto("/countries/")
        page.get_by_role("link", name="Menu").click()
        assert page.url.endswith("/countries/#site-map")
        page.locator("#site-map").get_by_role("link", name="Meetings").click()
        expect(page.locator("h1")).to_have_text("Meetings")

    def test_countries_are_chosen_by_links(self, page):
        """Tabs, letters and languages need no script."""
        page.goto("/countries/")
        page.get_by_role("link", name="Asian Partners for Co-operation").first.click()
        assert page.locator(".state__link").all_inner_texts() == ["Japan"]
        page.get_by_role("link", name="Русский").click()
        assert page.locator(".state__link").all_inner_texts() == ["Япония"]
