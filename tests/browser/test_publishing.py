"""The publishing rules in a real browser, by keyboard: from a writer by an editor to the readers, and withdrawn."""

import datetime
import zoneinfo
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from news import workflow
from news.models import Edition
from taxonomy.models import Institution
from tests import builders
from tests.browser.axe import look

pytestmark = pytest.mark.django_db(transaction=True)

VIENNA = zoneinfo.ZoneInfo("Europe/Vienna")
NINE = datetime.time(9, tzinfo=datetime.UTC)
PUBLIC_FROM = datetime.datetime.combine(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2), NINE)


@pytest.fixture
def open_page(browser: Browser, context_options: dict[str, Any], live_server: Any) -> Iterator[Callable[..., Page]]:
    """Return what opens the browser of one more person, logged in where a name is given."""
    contexts = []

    def opened(name: str = "", **options: Any) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, **context_options | options))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        if name:
            page.goto("/admin/")
            page.get_by_label("Username").fill(name)
            page.get_by_label("Password").fill(builders.PASSWORD)
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do?")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def house() -> Institution:
    """Return the institution that all of them work for."""
    return builders.institution("Secretariat")


def submit_a_text(page: Page) -> None:
    """Write an item from the admin's first page on, and submit it."""
    page.get_by_role("link", name="Add").first.press("Enter")
    page.get_by_label("Title").fill("Talks open in Vienna")
    page.get_by_label("Summary").fill("The talks have opened.")
    page.locator(".tiptap[role=textbox]").focus()
    page.keyboard.type("The talks opened this morning.")
    page.get_by_label("Issued on").fill("2026-01-15T10:00")
    page.get_by_label("Institution 1", exact=True).select_option(label="Secretariat")
    page.get_by_role("button", name="Submit for approval").press("Enter")
    expect(page.get_by_text("Submitted. Someone else approves it")).to_be_visible()


def approve_from(page: Page, moment: str) -> None:
    """Find on the desk what waits, read it, and approve it from a moment on by Vienna's clocks."""
    page.reload()
    page.get_by_role("region", name="To be approved").get_by_role("link", name="Talks open in Vienna").press("Enter")
    expect(page.get_by_text("The talks opened this morning.")).to_be_visible()
    page.get_by_label("Public from").fill(moment)
    expect(page.locator('[data-clock="UTC"]')).to_have_text(f"{PUBLIC_FROM:%-d %B %Y}, 09:00")
    page.get_by_role("button", name="Approve from this time").press("Enter")
    expect(page.get_by_text("Edition 1 is approved: scheduled for")).to_be_visible()


def withdraw(page: Page) -> None:
    """Withdraw the item that the page shows, after a look at what that will do."""
    page.get_by_role("link", name="Remove this item…").press("Enter")
    page.get_by_role("radio", name="Withdrawn").press("Space")
    page.get_by_label("Reason, for colleagues").fill("The talks were cancelled.")
    page.get_by_label("Explanation, for readers").fill("The talks did not take place.")
    page.get_by_role("button", name="Show what it will do").press("Enter")
    expect(page.get_by_text("“Talks open in Vienna” will be removed: withdrawn.")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).press("Enter")
    expect(page.get_by_text("The item is removed: withdrawn.")).to_be_visible()


def test_an_item_goes_from_its_writer_by_an_editor_under_an_embargo_to_its_readers_and_is_withdrawn(
    open_page: Callable[..., Page], house: Institution
):
    """Nothing runs at the moment: the clock alone makes it public."""
    for name, rights in (("wanda", builders.WRITER), ("edgar", builders.EDITOR), ("petra", builders.PUBLISHER)):
        builders.member_of_staff(name, *rights, home=[house])
    submit_a_text(open_page("wanda"))
    approve_from(open_page("edgar"), PUBLIC_FROM.astimezone(VIENNA).strftime("%Y-%m-%dT%H:%M"))
    address, visitor = Edition.objects.get().get_absolute_url(), open_page()
    assert visitor.goto(address).status == 404
    with time_machine.travel(PUBLIC_FROM, tick=True):
        assert visitor.goto(address).status == 200
        expect(visitor.get_by_text("The talks opened this morning.")).to_be_visible()
        visitor.goto("/news/")
        expect(visitor.get_by_role("link", name="Talks open in Vienna")).to_be_visible()
        publisher = open_page("petra")
        publisher.goto(f"/admin/news/newsitem/{Edition.objects.get().item_id}/change/")
        withdraw(publisher)
        assert visitor.goto(address).status == 200
        expect(visitor.get_by_text("The talks did not take place.")).to_be_visible()
        expect(visitor.get_by_text("The talks opened this morning.")).to_be_visible()
        visitor.goto("/news/")
        expect(visitor.get_by_role("link", name="Talks open in Vienna")).to_have_count(0)


def test_the_key_enter_in_the_input_of_a_moment_approves_nothing_at_once(
    open_page: Callable[..., Page], house: Institution
):
    """It belongs to the form of the later moment, which refuses what is missing."""
    edition = workflow.submit(builders.draft("Talks", issued_by=[house.pk]), by=None)
    builders.member_of_staff("edgar", *builders.EDITOR, home=[house])
    page = open_page("edgar")
    page.goto(f"/admin/news/newsitem/{edition.item_id}/change/")
    page.get_by_label("Public from").press("Enter")
    expect(page.get_by_text("Choose the day and the time from which it is to be public.")).to_be_visible()
    edition.refresh_from_db()
    assert edition.state == Edition.State.SUBMITTED


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_hour_that_comes_twice_is_asked_about(
    open_page: Callable[..., Page], house: Institution, *, has_scripts: bool
):
    """While it is typed; without scripts in the answer."""
    edition = workflow.submit(builders.draft("Talks", issued_by=[house.pk]), by=None)
    builders.member_of_staff("edgar", *builders.EDITOR, home=[house])
    page = open_page("edgar", java_script_enabled=has_scripts)
    page.goto(f"/admin/news/newsitem/{edition.item_id}/change/")
    page.get_by_label("Public from").fill("2027-10-31T02:30")
    if not has_scripts:
        page.get_by_role("button", name="Approve from this time").click()
        expect(page.get_by_text("02:30 comes twice")).to_be_visible()
    page.get_by_role("radio", name="the second (UTC+01:00)").press("Space")
    page.get_by_role("button", name="Approve from this time").press("Enter")
    expect(page.get_by_text("Edition 1 is approved: scheduled for 31 October 2027, 02:30 (Vienna).")).to_be_visible()
    edition.refresh_from_db()
    assert edition.visible_from == datetime.datetime(2027, 10, 31, 1, 30, tzinfo=datetime.UTC)


def test_a_time_that_the_clocks_skip_is_told_while_it_is_typed(open_page: Callable[..., Page], house: Institution):
    """Before anything is sent; another zone has it."""
    edition = workflow.submit(builders.draft("Talks", issued_by=[house.pk]), by=None)
    builders.member_of_staff("edgar", *builders.EDITOR, home=[house])
    page = open_page("edgar")
    page.goto(f"/admin/news/newsitem/{edition.item_id}/change/")
    page.get_by_label("Public from").fill("2027-03-28T02:30")
    clock = page.locator('[data-clock="Europe/Vienna"]')
    expect(clock).to_have_text("The clocks are put forward then: there is no such time.")
    page.get_by_label("By the clocks of").select_option(label="UTC")
    expect(clock).to_have_text("28 March 2027, 04:30")


def pages_of_acts(house: Institution) -> dict[str, str]:
    """Create items in every state, and return the pages of their acts."""
    own = {"issued_by": [house.pk]}
    other = builders.member_of_staff("olga", *builders.PUBLISHER, "work_everywhere")
    public = builders.published("Public", **own)
    second = workflow.open_edition(public.item, by=None)
    workflow.save_draft(second, builders.content("Public, mended", is_minor=True, **own), by=None)
    workflow.submit(second, by=None)
    scheduled = workflow.submit(builders.draft("To come", **own), by=None)
    workflow.approve(scheduled, visible_from=PUBLIC_FROM, by=None)
    forced = workflow.force(builders.draft("Forced", **own), reason="The storm.", by=other)
    withdrawn = builders.published("Withdrawn", **own)
    wish = workflow.RemovalWish(kind="withdrawn", reason="R", explanation="E")
    workflow.remove(withdrawn.item, wish, by=None)
    items = "/admin/news/newsitem"
    return {
        "first page": "/admin/",
        "desk": f"{items}/desk/",
        "submitted": f"{items}/{public.item_id}/change/",
        "submitted, its form": f"{items}/{public.item_id}/change/?edit=1",
        "compare": f"{items}/{public.item_id}/compare/",
        "force": f"{items}/{public.item_id}/force/",
        "scheduled": f"{items}/{scheduled.item_id}/change/",
        "forced": f"{items}/{forced.item_id}/change/",
        "remove": f"{items}/{forced.item_id}/remove/",
        "withdrawn": f"{items}/{withdrawn.item_id}/change/",
        "restore": f"{items}/{withdrawn.item_id}/restore/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_acts_have_no_violation_of_accessibility_and_fit_the_screen(
    open_page: Callable[..., Page], house: Institution, width: int, scheme: Any
):
    """The refused removal and its confirmation included; axe: 0."""
    builders.member_of_staff("petra", *builders.PUBLISHER, home=[house])
    pages = pages_of_acts(house)
    page = open_page("petra", color_scheme=scheme, viewport={"width": width, "height": 900})
    found = {}
    for name, address in pages.items():
        page.goto(address)
        found[name] = look(page)
    page.goto(pages["remove"])
    page.get_by_role("button", name="Show what it will do").click()
    found["refused removal"] = look(page)
    page.get_by_role("radio", name="Published in error").check()
    page.get_by_label("Reason, for colleagues").fill("Wrong text.")
    page.get_by_role("button", name="Show what it will do").click()
    found["confirmation"] = look(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
