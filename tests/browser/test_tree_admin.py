"""Taxonomy's admin in a real browser: moving by keyboard and by mouse, without scripts, and what axe says of it.

The fixture `page` fails every test that meets a violation of the content security policy.
"""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from taxonomy.models import NavigationItem, Topic
from tests import builders
from tests.browser.axe import violations
from tests.taxonomy.outlines import outline, plant

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/taxonomy/topic/"
NARROW = {"width": 320, "height": 720}


@pytest.fixture(autouse=True)
def _editor(context: BrowserContext, live_server: Any) -> None:
    """Let someone who may do everything be logged in."""
    client = Client()
    client.force_login(User.objects.create_superuser("anna"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def row(page: Page, name: str) -> Locator:
    """Return the row of an entry."""
    return page.locator(".tree-row").filter(has=page.get_by_role("link", name=name, exact=True))


def button(page: Page, act: str, name: str) -> Locator:
    """Return a button of an entry, by what a screen reader calls it."""
    return page.get_by_role("button", name=f"{act} {name}", exact=True)


def test_buttons_move_by_keyboard_and_the_focus_stays_on_the_moved_row(page):
    """The words say where it went."""
    plant("a(b c) d")
    page.goto(LIST)
    button(page, "Move up", "c").focus()
    page.keyboard.press("Enter")
    status = page.get_by_role("status")
    expect(status).to_have_text("“c” is now first below “a”.")
    expect(button(page, "Move up", "c")).to_be_focused()
    button(page, "Move out", "c").focus()
    page.keyboard.press("Space")
    expect(status).to_have_text("“c” now stands at the top, after “a”.")
    expect(button(page, "Move out", "c")).to_be_focused()
    assert outline() == "a(b) c d"


def test_a_button_that_leads_nowhere_keeps_the_focus_and_says_so(page):
    """It is marked as disabled for those who hear the page."""
    plant("a b")
    page.goto(LIST)
    up = button(page, "Move up", "a")
    expect(up).to_have_attribute("aria-disabled", "true")
    up.press("Enter")
    expect(page.get_by_role("status")).to_have_text("It cannot go further that way.")
    expect(up).to_be_focused()


@pytest.mark.parametrize(
    ("height", "expected"),
    [(0.1, "d a(b c) e"), (0.5, "a(b c d) e"), (0.9, "a(d b c) e")],
    ids=["above", "into", "below an open branch"],
)
def test_a_row_is_dragged_above_into_and_below_another(page, height, expected):
    """Below an open branch is before its first entry, where the line is drawn."""
    plant("a(b c) d e")
    page.goto(LIST)
    target = row(page, "a")
    box = target.bounding_box()
    row(page, "d").drag_to(target, target_position={"x": 200, "y": box["height"] * height})
    expect(page.get_by_role("status")).to_contain_text("“d”")
    expect(page.get_by_role("link", name="d", exact=True)).to_be_focused()
    assert outline() == expected


def test_a_row_cannot_be_dragged_into_its_own_branch(page):
    """There is no place to drop it."""
    plant("a(b(c)) d")
    page.goto(LIST)
    row(page, "a").drag_to(row(page, "c"))
    page.wait_for_load_state("networkidle")  # a move that was sent would be done by now
    assert outline() == "a(b(c)) d"
    expect(page.get_by_role("status")).to_have_text("")


def test_what_someone_else_moved_meanwhile_is_told_and_the_list_is_brought_up_to_date(page):
    """The button was drawn before."""
    nodes = plant("a b c")
    page.goto(LIST)
    nodes["c"].move(nodes["a"])
    button(page, "Move up", "c").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Someone else has moved “c” meanwhile")
    expect(page.locator(f"#below-{nodes['a'].pk}")).to_contain_text("c")
    assert outline() == "a(c) b"


def test_an_expired_login_is_told(page, context):
    """Nothing is moved, and the page stays."""
    plant("a b")
    page.goto(LIST)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    button(page, "Move up", "b").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("not logged in any more")
    assert outline() == "a b"


def test_branches_fold_and_stay_folded_after_a_move_and_a_reload(page):
    """A branch that hides the moved row opens."""
    plant("a(b(c)) d")
    page.goto(LIST)
    fold = page.get_by_role("button", name="Show what is below a")
    expect(fold).to_have_attribute("aria-expanded", "true")
    fold.press("Enter")
    expect(row(page, "b")).to_be_hidden()
    page.reload()
    expect(row(page, "b")).to_be_hidden()
    button(page, "Move in", "d").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("“d”")  # the server has answered
    expect(row(page, "d")).to_be_visible()
    expect(button(page, "Move in", "d")).to_be_focused()
    assert outline() == "a(b(c) d)"
    page.get_by_role("button", name="Fold all", exact=True).click()
    expect(row(page, "c")).to_be_hidden()
    page.get_by_role("button", name="Unfold all").click()
    expect(row(page, "c")).to_be_visible()


def test_arrow_keys_go_to_the_same_button_of_the_next_row(page):
    """Folded rows are passed over."""
    plant("a(b) c")
    page.goto(LIST)
    page.get_by_role("button", name="Show what is below a").press("Enter")
    button(page, "Move up", "a").focus()
    page.keyboard.press("ArrowDown")
    expect(button(page, "Move up", "c")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(button(page, "Move up", "a")).to_be_focused()


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_without_scripts_the_same_buttons_move_and_the_focus_comes_back(page):
    """The words stand among the messages of the page."""
    plant("a(b c) d")
    page.goto(LIST)
    button(page, "Move up", "c").press("Enter")
    expect(page.get_by_text("“c” is now first below “a”.")).to_be_visible()
    expect(button(page, "Move up", "c")).to_be_focused()
    assert outline() == "a(c b) d"


def test_a_new_entry_is_written_in_the_rich_text_editor(page):
    """The editor starts under the policy, and what is written in it is stored."""
    nodes = plant("a")
    page.goto(LIST)
    page.get_by_role("link", name="Add below a").click()
    page.get_by_label("Name [en]").fill("Borders")
    page.locator(".ProseMirror").first.click()
    page.keyboard.type("Guarded.")
    expect(page.get_by_role("textbox", name="Address")).to_have_value("borders")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(row(page, "Borders")).to_be_visible()
    topic = Topic.objects.get(slug="borders")
    assert (topic.description_en, topic.parent) == ("<p>Guarded.</p>", nodes["a"])


def fill_the_trees() -> None:
    """Create a little of everything."""
    country = builders.country("Austria", iso_code="AT")
    builders.membership(country=country)
    mission = builders.institution("Mission", closed_on="2011", slug="mission")
    builders.institution("Office", parent=mission)
    builders.topic("Arms control", parent=builders.topic("Security"))
    work = builders.navigation_item("Our work")
    builders.navigation_item("Austria", parent=work, country=country)
    NavigationItem.objects.get(slug="our-work").save()


PAGES = [f"/admin/taxonomy/{model}/" for model in ("topic", "institution", "navigationitem", "country")]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "context_options",
    [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": NARROW}],
    ids=["light", "dark and narrow"],
)
def test_axe_finds_nothing_wrong_with_lists_and_forms(page, address):
    """Nor does the narrow page scroll sideways."""
    fill_the_trees()
    page.goto(address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#content-main a[href*='/change/']").first.click()
    page.wait_for_selector(".ProseMirror")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert violations(page) == []
