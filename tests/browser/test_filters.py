"""Narrowing a list in a real browser: by keyboard, without scripts, on a narrow screen, there and back again."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from taxonomy import catalogue
from tests import builders
from tests.browser.axe import look

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"width": 320, "height": 720}
WIDE = {"width": 1280, "height": 900}
NAMES = ["Albania", "Austria", "Belgium", "Canada", "Czechia", "Denmark", "Estonia", "Finland", "Georgia", "Hungary"]
COUNTRIES = [*NAMES, "Malta", "Moldova", "Türkiye"]


@pytest.fixture(autouse=True)
def news(transactional_db):  # noqa: ARG001 - the database is to be there first
    """Publish two pages: a news item on each of thirteen countries, and speeches of a part of an institution."""
    above = builders.institution("Secretariat")
    part = builders.institution("Documentation Centre", parent=above)
    topic = builders.topic("Elections")
    for name in COUNTRIES:
        country = builders.country(name)
        builders.published(f"On {name}", countries=[country.pk], topics=[topic.pk], issued_by=[above.pk])
    for number in range(10):
        builders.published(f"Speech {number}", kind="speech", issued_by=[part.pk])
    catalogue.forget()


def count(page: Page):
    """Return what says how many items the list has."""
    return page.locator(".tools__count")


def test_a_choice_by_keyboard_narrows_the_list_and_keeps_its_place(page: Page):
    """No reload, the address follows, the option stays focused, its facet open, and the count is said once."""
    page.goto("/news/")
    page.evaluate("window.isSame = true")
    page.get_by_role("checkbox", name="Speeches").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url("/news/?kind=speech")
    expect(count(page)).to_contain_text("10 items")
    expect(page.get_by_role("checkbox", name="Speeches")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Speeches")).to_be_checked()
    expect(page.get_by_role("heading", level=1)).to_have_text("Speeches")
    expect(page).to_have_title(re.compile("^Speeches"))
    expect(page.get_by_role("main").get_by_role("status").filter(has_text="10 items")).to_have_count(1)
    assert page.evaluate("window.isSame")


def test_chips_are_removed_alone_and_together(page: Page):
    """The reader is then at the list."""
    page.goto("/news/?kind=news&country=malta&country=moldova")
    page.get_by_role("link", name="Remove: Malta").click()
    expect(page).to_have_url("/news/?kind=news&country=moldova")
    expect(count(page)).to_contain_text("1 item")
    expect(page.get_by_role("checkbox", name="Malta")).not_to_be_checked()
    expect(page.locator("#results")).to_be_focused()
    page.get_by_role("link", name="Remove all").click()
    expect(page).to_have_url("/news/")
    expect(page.locator(".chip")).to_have_count(0)


def test_the_back_button_leads_through_the_questions(page: Page):
    """List, form, title and heading are those of the address."""
    page.goto("/news/")
    page.get_by_role("checkbox", name="Speeches").check()
    expect(count(page)).to_contain_text("10 items")
    page.get_by_role("checkbox", name="News").check()
    expect(count(page)).to_contain_text("23 items")
    page.get_by_role("link", name="Next page").click()
    expect(count(page)).to_contain_text("21 to 23")
    page.go_back()
    expect(count(page)).to_contain_text("1 to 20")
    page.go_back()
    expect(page).to_have_url("/news/?kind=speech")
    expect(count(page)).to_contain_text("10 items")
    expect(page.get_by_role("checkbox", name="News")).not_to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("News")
    expect(page.get_by_role("checkbox", name="Speeches")).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_role("checkbox", name="Speeches")).to_be_checked()


def test_a_long_facet_is_searched_without_accents(page: Page):
    """What was typed stays when a choice brings new counts; Enter sends nothing."""
    page.goto("/news/")
    page.get_by_text("Country", exact=True).first.click()
    field = page.get_by_role("searchbox", name="Find in: Country")
    field.fill("TURK")
    expect(page.locator("[data-name=country] .option:visible")).to_have_text([re.compile("Türkiye")])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field.press("Enter")
    assert asked == []
    page.get_by_role("checkbox", name="Türkiye").check()
    expect(page).to_have_url("/news/?country=turkiye")
    expect(field).to_have_value("TURK")
    expect(page.locator("[data-name=country] .option:visible")).to_have_count(1)
    field.fill("atlantis")
    expect(page.get_by_text("Nothing here matches.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox", name="Türkiye")).to_be_in_viewport()


def test_a_day_counts_when_it_is_complete(page: Page):
    """Not after each key; and what is wrong is said beside the field, above the list, and aloud."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/news/")
    page.get_by_text("Issued", exact=True).first.click()
    asked.clear()
    since, until = page.get_by_label("From"), page.get_by_label("To", exact=True)
    since.press_sequentially("01012020")
    assert asked == []
    since.press("Enter")
    expect(page).to_have_url("/news/?from=2020-01-01")
    until.focus()
    page.keyboard.type("01012019")
    page.get_by_role("checkbox", name="News").focus()
    expect(page.locator("#f-to")).to_have_attribute("aria-describedby", "e-to")
    expect(page.locator(".problem")).to_contain_text("The last day lies before the first one.")
    expect(page.get_by_role("main").get_by_role("status").filter(has_text="The last day lies")).to_have_count(1)


def test_only_the_last_question_is_answered(page: Page):
    """An answer that comes late does not take the place of what was asked after it."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    given_up: list[str] = []
    page.on("requestfailed", lambda request: given_up.append(request.url))
    page.goto("/news/")
    page.route("**/news/?kind=speech", hold)
    page.get_by_role("checkbox", name="Speeches").check()
    expect(page.locator(".results")).to_have_attribute("aria-busy", "true")
    page.get_by_role("checkbox", name="Speeches").uncheck()
    page.get_by_role("checkbox", name="News").check()
    expect(count(page)).to_contain_text("13 items")
    expect(page.locator(".results")).not_to_have_attribute("aria-busy", "true")
    expect(page).to_have_url("/news/?kind=news")
    assert [route.request.url.endswith("?kind=speech") for route in held] == [True]
    assert held[0].request.url in given_up  # beside the list without any choice, where it was not answered in time


def test_what_cannot_be_fetched_is_gone_to(page: Page):
    """The browser then shows what it would without scripts."""
    page.goto("/news/")
    page.route(
        "**/news/?kind=speech",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.evaluate("window.isSame = true")
    page.get_by_role("checkbox", name="Speeches").check()
    expect(page).to_have_url("/news/?kind=speech")
    expect(count(page)).to_contain_text("10 items")
    assert not page.evaluate("window.isSame ?? false")


@pytest.mark.parametrize("context_options", [{"viewport": NARROW}])
def test_on_a_narrow_screen_the_filters_are_behind_a_button(page: Page):
    """It says whether they are open; Escape closes them, the button at their end leads to the list."""
    page.goto("/news/")
    opener = page.get_by_role("button", name=re.compile("^Filters"))
    expect(page.get_by_role("checkbox", name="Speeches")).to_be_hidden()
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.get_by_role("checkbox", name="Speeches").check()
    expect(opener).to_have_text("Filters: 1 chosen")
    page.get_by_role("checkbox", name="Speeches").press("Escape")
    expect(page.get_by_role("checkbox", name="Speeches")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role("button", name="Show 10 items").click()
    expect(page.locator("#results")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Speeches")).to_be_hidden()


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False, "viewport": NARROW}])
def test_without_scripts_the_form_is_sent_and_the_chips_are_links(page: Page):
    """Filters are unfolded by their address."""
    page.goto("/institutions/secretariat/")
    page.get_by_role("link", name="Filters").click()
    page.get_by_role("checkbox", name="Speeches").check()
    page.get_by_role("button", name="Apply the filters").click()
    expect(page).to_have_url("/institutions/secretariat/?kind=speech")
    expect(count(page)).to_contain_text("10 items")
    page.get_by_role("link", name="Remove: Speeches").click()
    expect(page).to_have_url("/institutions/secretariat/")
    page.goto("/news/?from=foo")
    expect(page.get_by_label("From")).to_have_value("foo")
    page.get_by_role("link", name="From: “foo” is no date").click()
    expect(page.get_by_label("From")).to_be_in_viewport()


ADDRESSES = [
    "/news/",
    "/news/?country=malta&country=moldova",
    "/news/?from=foo",
    "/news/?kind=speech&country=malta",
    "/news/?at=2021-01-01",
    "/countries/malta/",
    "/institutions/secretariat/?kind=speech",
]


@pytest.mark.parametrize(
    "media", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str
)
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_axe_finds_nothing_on_any_list(page: Page, media, viewport):
    """With all filters unfolded too."""
    page.set_viewport_size(viewport)
    page.emulate_media(**media)
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate("document.querySelector('.filters').classList.add('filters--open')")
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert look(page) == [], address
