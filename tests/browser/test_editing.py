"""An editor's day in a real browser: write, preview, submit, reopen, by keyboard where hands would stay on it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from news import workflow
from news.models import Edition
from tests import builders
from tests.browser.axe import look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page: Page) -> Page:
    """Return the page of someone who has logged in as an editor."""
    builders.member_of_staff("anna", *builders.EDITOR, "work_everywhere")
    page.goto("/admin/")
    page.get_by_label("Username").fill("anna")
    page.keyboard.press("Tab")
    page.keyboard.type(builders.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def write_a_text(page: Page) -> None:
    """Write a heading, a paragraph with a bold word, a list and a table, without a mouse."""
    editor = page.locator(".tiptap[role=textbox]")  # until it is there, the plain text area has its name
    editor.focus()
    keyboard = page.keyboard
    keyboard.type("## First day")
    keyboard.press("Enter")
    keyboard.type("The talks ")
    keyboard.press("Control+b")
    keyboard.type("opened")
    keyboard.press("Control+b")
    keyboard.type(" this morning.")
    keyboard.press("Enter")
    keyboard.type("- water")
    keyboard.press("Enter")
    keyboard.type("borders")
    keyboard.press("Enter")
    keyboard.press("Enter")
    page.get_by_role("button", name="Insert table").press("Enter")
    page.get_by_label("Rows").fill("2")
    page.get_by_label("Include header row").select_option("Yes")
    page.get_by_label("Columns").fill("2")
    keyboard.press("Enter")
    expect(editor.locator("th")).to_have_count(2)


def fill_the_form(desk: Page) -> None:
    """Write an item whose second issuer is moved to the first place."""
    desk.get_by_label("Title").fill("Talks open in Vienna")
    desk.get_by_label("Summary").fill("The talks have opened.")
    write_a_text(desk)
    desk.get_by_label("Issued on").fill("2026-01-15T10:00")
    first = desk.get_by_label("Institution 1", exact=True)
    first.select_option(label="Secretariat")
    desk.get_by_role("button", name="Add another").first.press("Enter")
    desk.get_by_label("Institution 2", exact=True).select_option(label="Conflict Prevention Centre")
    desk.get_by_role("button", name="Move up: Institution 2").press("Enter")
    desk.get_by_label("Narrow the list").first.fill("mold")
    desk.get_by_label("Moldova").check()


def test_an_editor_writes_previews_and_submits_an_item_and_opens_its_next_edition(desk: Page):
    """What was typed in the editor is what visitors read; the next edition leaves it public."""
    builders.institution("Secretariat")
    builders.institution("Conflict Prevention Centre")
    builders.country("Moldova")
    desk.goto("/admin/news/newsitem/")
    desk.get_by_role("link", name="Add news item").press("Enter")
    fill_the_form(desk)
    desk.get_by_role("button", name="Save and preview").press("Enter")

    expect(desk.get_by_role("heading", name="Preview of edition 1: draft")).to_be_visible()
    expect(desk.locator(".prose strong")).to_have_text("opened")
    expect(desk.locator(".facts__value a")).to_have_text(["Conflict Prevention Centre", "Secretariat"])
    desk.get_by_role("link", name="Back to the item").press("Enter")
    desk.get_by_role("button", name="Submit for approval").press("Enter")
    expect(desk.get_by_text("Someone else has to approve it.")).to_be_visible()
    workflow.approve(Edition.objects.get(), by=builders.member_of_staff("boris", *builders.EDITOR, "work_everywhere"))
    desk.reload()

    desk.get_by_role("link", name="Talks open in Vienna").first.press("Enter")
    expect(desk).to_have_url(re.compile(r"/news/\d+/talks-open-in-vienna/$"))
    expect(desk.locator(".prose h2")).to_have_text("First day")
    expect(desk.locator(".prose li")).to_have_text(["water", "borders"])
    expect(desk.locator(".prose table")).to_be_visible()

    desk.go_back()
    desk.get_by_role("button", name="Open a new edition").press("Enter")
    expect(desk.get_by_label("Title")).to_have_value("Talks open in Vienna")
    expect(desk.get_by_text("Public; a new edition is being written")).to_be_visible()
    assert Edition.objects.visible().get().title == "Talks open in Vienna"


def test_a_related_item_is_found_by_typing_a_part_of_its_title(desk: Page):
    """The browser's own list offers titles; choosing one needs no mouse."""
    related = builders.published("Border guards train together")
    edition = builders.draft("New")
    desk.goto(f"/admin/news/newsitem/{edition.item_id}/change/")
    field = desk.get_by_label("Item 1", exact=True)
    field.press_sequentially("guards")
    offered = f"Border guards train together [{related.item_id}]"
    expect(desk.locator(f'datalist option[value="{offered}"]')).to_have_count(1)
    field.fill(offered)
    desk.get_by_role("button", name="Save draft").press("Enter")
    expect(desk.get_by_text("The draft is saved.")).to_be_visible()
    edition.refresh_from_db()
    assert edition.tags["related"] == [related.item_id]


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(desk: Page):
    """The text in the editor included."""
    edition = builders.draft("New", summary="", body="")
    desk.goto(f"/admin/news/newsitem/{edition.item_id}/change/")
    editor = desk.locator(".tiptap[role=textbox]")
    editor.focus()
    desk.keyboard.type("A text that took all morning.")
    desk.get_by_role("button", name="Submit for approval").press("Enter")
    expect(desk.locator(".field-summary .errorlist")).to_have_text("Before it can be submitted, it needs a summary.")
    expect(editor).to_have_text("A text that took all morning.")


def test_two_editors_see_each_others_work_before_one_replaces_it(desk: Page):
    """The second one is told, keeps what was typed, and decides."""
    edition = builders.draft("As opened")
    desk.goto(f"/admin/news/newsitem/{edition.item_id}/change/")
    workflow.save_draft(edition, builders.content("Theirs"), by=None)
    desk.get_by_label("Title").fill("Mine")
    desk.get_by_role("button", name="Save draft").press("Enter")
    expect(desk.get_by_text("after you opened it")).to_be_visible()
    expect(desk.get_by_label("Title")).to_have_value("Mine")
    desk.get_by_label("Replace what is stored with what stands here").press("Space")
    desk.get_by_role("button", name="Save draft").press("Enter")
    expect(desk.get_by_text("The draft is saved.")).to_be_visible()
    edition.refresh_from_db()
    assert edition.title == "Mine"


def test_the_form_works_without_scripts(browser: Any, context_options: dict[str, Any], live_server: Any):
    """Plain inputs: the rows of institutions in their order, an item by its number."""
    builders.member_of_staff("anna", *builders.EDITOR, "work_everywhere")
    second, first = builders.institution("Second"), builders.institution("First")
    related = builders.published("Related")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, **context_options)
    page = context.new_page()
    page.goto("/admin/news/newsitem/add/")
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(builders.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Title").fill("By hand")
    page.get_by_label("Text").fill("<p>Plain HTML.</p>")
    page.get_by_label("Institution 1", exact=True).select_option(label="First")
    page.get_by_label("Institution 2", exact=True).select_option(label="Second")
    page.get_by_label("Item 1", exact=True).fill(str(related.item_id))
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    tags = Edition.objects.get(title="By hand").tags
    assert (tags["issued_by"], tags["related"]) == ([first.pk, second.pk], [related.item_id])
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_admin_has_no_violation_of_accessibility_and_fits_the_screen(desk: Page, width: int, scheme: Any):
    """The pages an editor meets, the refused form and the locked login included; axe: 0."""
    public, draft = builders.published("Public"), builders.draft("Draft", summary="", countries=[builders.country().pk])
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    items = (
        f"{draft.item_id}/change/",
        f"{draft.item_id}/discard/",
        f"{draft.item_id}/preview/",
        f"{public.item_id}/change/",
    )
    news = [f"news/newsitem/{address}" for address in ("", "add/", f"{draft.item_id}/history/", *items)]
    found = {}
    for address in ("", "password_change/", *news):
        desk.goto(f"/admin/{address}")
        found[address] = look(desk)
    desk.goto(f"/admin/news/newsitem/{draft.item_id}/change/")
    desk.get_by_role("button", name="Submit for approval").click()
    found["refused form"] = look(desk)
    desk.get_by_role("button", name="Log out").click()
    found["logged out"] = look(desk)
    desk.goto("/admin/login/")
    found["login"] = look(desk)
    lock_the_login(desk)
    found["locked login"] = look(desk)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def lock_the_login(page: Page) -> None:
    """Fail five times."""
    for _attempt in range(5):
        page.goto("/admin/login/")
        page.get_by_label("Username").fill("nobody")
        page.get_by_label("Password").fill("wrong")
        with page.expect_navigation():
            page.keyboard.press("Enter")
