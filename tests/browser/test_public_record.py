"""The public record in a real browser: as it stood, compared, withdrawn, gone; and what axe says of each page."""

import datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from news import workflow
from news.workflow import RemovalWish
from taxonomy import catalogue
from tests import builders
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)

NARROW, WIDE = {"width": 320, "height": 720}, {"width": 1280, "height": 900}
NOON = datetime.datetime(2021, 6, 1, 10, 0, tzinfo=datetime.UTC)
OLD = (
    "<p>Eighteen laboratories.</p><h2>Features</h2><ul><li><p>In January</p></li></ul><blockquote><p>“Said.”</p>"
    "</blockquote><table><tbody><tr><th><p>Calibre</p></th><td><p>9 mm</p></td></tr></tbody></table>"
    '<p>See <a href="/x/">it</a>.</p>'
)
UNCHANGED = "".join(f"<p>Paragraph {number} stays.</p>" for number in range(4))
LONG = f"<p>{'Serialnumberwithoutanyspace' * 3}</p>"


@pytest.fixture(autouse=True)
def addresses(transactional_db):  # noqa: ARG001 - the database is to be there first
    """Publish a story in two editions and two languages, and remove three others; return the address of each page."""
    tags = {"issued_by": [builders.institution("Mission").pk], "countries": [builders.country("Austria").pk]}
    story = builders.published("Alpha", body=OLD + UNCHANGED, **tags)
    withdrawn, gone, merged = (builders.published(name, **tags) for name in ("Withdrawn", "Gone", "Merged"))
    foreign = builders.published("Альфа", language="ru", translation_of=story.item, body=OLD, **tags)
    with time_machine.travel(NOON, tick=False):
        new = OLD.replace("Eighteen", "Nineteen").replace("/x/", "/y/") + UNCHANGED + LONG
        builders.next_edition(story, "Beta", body=new, change_note="Nineteen.", kind="statement", **tags)
        builders.next_edition(foreign, "Бета", body=new, change_note="Исправлено.", **tags)
    for edition, wish in {
        withdrawn: RemovalWish(kind="withdrawn", reason="x", explanation="The figures were wrong."),
        gone: RemovalWish(kind="error", reason="x", explanation="Sent too early."),
        merged: RemovalWish(kind="consolidated", reason="x", leads_to=str(story.item_id)),
    }.items():
        workflow.remove(edition.item, wish, by=None)
    catalogue.forget()
    item = story.get_absolute_url()
    return {
        "item": item,
        "as of": f"{item}?at=2021-05-31",
        "edition": f"{item}editions/1/",
        "comparison": f"{item}editions/compare/?from=1&to=2",
        "comparison in Russian": f"{foreign.get_absolute_url()}editions/compare/?from=1&to=2",
        "withdrawn": withdrawn.get_absolute_url(),
        "gone": gone.get_absolute_url(),
        "merged": f"{merged.get_absolute_url()}editions/1/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_axe_finds_nothing_on_any_page_of_the_record(page: Page, addresses, scheme, viewport):
    """WCAG 2.2 A and AA and best practice, and nothing runs over the edge."""
    page.set_viewport_size(viewport)
    page.emulate_media(**({"forced_colors": "active"} if scheme == "forced" else {"color_scheme": scheme}))
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False, "viewport": NARROW}])
def test_a_visitor_without_scripts_finds_out_what_stood_there_and_what_has_changed(page: Page, addresses):
    """From the story to its comparison, to other editions, and to a day of the past and back."""
    page.goto(addresses["item"])
    page.get_by_text("What has changed (2)").click()
    page.get_by_role("link", name="Compare with edition 1").click()
    expect(page).to_have_url(addresses["comparison"])
    expect(page.locator(".compared__block del").filter(has_text="[removed: Eighteen]")).to_be_visible()
    expect(page.locator(".compared__block ins").filter(has_text="[added: Nineteen]")).to_be_visible()
    expect(page.get_by_text("Paragraph 2 stays.")).not_to_be_visible()
    page.get_by_label("with", exact=True).select_option("Edition 1 (15 January 2020)")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("These two editions say the same.")).to_be_visible()
    page.goto(addresses["item"])
    page.get_by_text("How did this page read on …?").click()
    page.get_by_label("Day and time in Vienna").fill("2021-05-31T12:00")
    page.get_by_role("button", name="Show").last.click()
    expect(page.get_by_role("heading", name="As it stood on 31 May 2021, 12:00 (Vienna)")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alpha")
    page.get_by_role("link", name="Read the present edition").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beta")


def test_what_was_added_and_removed_is_told_apart_without_colour(page: Page, addresses):
    """Underlined and struck through, on paper too, where nothing stays folded away."""
    page.goto(addresses["comparison"])
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        lines = [
            page.locator(f".compared__block {mark}").first.evaluate("e => getComputedStyle(e).textDecorationLine")
            for mark in ("ins", "del")
        ]
        assert lines == ["underline", "line-through"]
    expect(page.get_by_text("Paragraph 2 stays.")).to_be_visible()
    expect(page.get_by_role("button", name="Show")).not_to_be_visible()
