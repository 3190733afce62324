"""The library in a browser: fifty files by mouse and by keyboard, described together; the focal point; sound pages."""

import base64
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from library import keeping
from library.models import Image
from tests import builders
from tests.browser.axe import look
from tests.library.admin.desk import EDITOR, drawn

pytestmark = pytest.mark.django_db(transaction=True)
FIFTY = 50
SCREENS = [
    {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 320, "height": 720}},
    {"forced_colors": "active", "viewport": {"width": 768, "height": 1024}},
    {"color_scheme": "dark", "viewport": {"width": 1920, "height": 1080}},
]
RED = """row => {
    const [red, green, blue] = getComputedStyle(row).borderInlineStartColor.match(/\\d+/g).map(Number);
    return red > green + 40 && red > blue + 40;
}"""
DROP = """files => {
    const dropped = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
        dropped.items.add(new File([bytes], name, {type: "image/jpeg"}));
    }
    return dropped;
}"""


@pytest.fixture(autouse=True)
def _editor(settings, tmp_path) -> None:
    """Let someone who tidies the library be known, and keep files in a folder of the test."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    builders.member_of_staff("egon", *EDITOR, "work_everywhere")


@pytest.fixture(autouse=True)
def _one_writer(monkeypatch) -> None:
    """Let uploads wait for each other: SQLite in memory refuses a second writer at once, as no site's database does."""
    lock, take_in = threading.Lock(), keeping.take_in

    def waiting(*given: Any, **named: Any) -> Image:
        with lock:
            return take_in(*given, **named)

    monkeypatch.setattr(keeping, "take_in", waiting)


@pytest.fixture(autouse=True)
def _wait_for_thumbnails(page: Page) -> Iterator[None]:
    """End a test when nothing is being loaded: the database is emptied then."""
    yield
    page.wait_for_load_state("networkidle")


def open_page(page: Page, address: str) -> None:
    """Log in, and begin at a page."""
    page.goto(address)
    page.get_by_label("Username").fill("egon")
    page.get_by_label("Password").fill(builders.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text("egon")
    page.wait_for_load_state()


def write(folder: Path, count: int) -> list[Path]:
    """Write so many pictures as files."""
    paths = [folder / f"picture-{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(drawn(number))
    return paths


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Drop files onto the page, as from the desktop."""
    named = [(name, base64.b64encode(content).decode()) for name, content in files]
    page.locator("#drop-zone").dispatch_event("drop", {"dataTransfer": page.evaluate_handle(DROP, named)})


def test_fifty_files_dropped_by_mouse_are_stored_and_described_together(page):
    """Each has a row with its outcome; the status says the sum; then all stand on one page."""
    open_page(page, "/admin/library/image/upload/")
    drop(page, *((f"picture-{number}.jpg", drawn(number)) for number in range(FIFTY)))
    expect(page.get_by_text("Files: 50")).to_be_visible()
    page.get_by_label("Credit").fill("OSCE/Maria Berg")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Stored: 50. Already there: 0. Not stored: 0.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name="stored")).to_have_count(FIFTY)
    page.get_by_role("link", name="Describe these images: 50").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Describe 50 images")
    page.get_by_label("Place").first.fill("Vienna")
    page.get_by_label("Alternative text, English").first.fill("Ballots are counted")
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_text("50 images are saved.")).to_be_visible()
    assert Image.objects.filter(place="Vienna", credit="OSCE/Maria Berg").count() == FIFTY
    assert Image.objects.filter(texts__alternative="Ballots are counted").count() == 1


def test_fifty_files_are_chosen_sent_and_described_by_keyboard(page, tmp_path):
    """From the input of the browser to the last button."""
    open_page(page, "/admin/library/image/upload/")
    page.get_by_label("choose the files").focus()
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Space")
    asked.value.set_files(write(tmp_path, FIFTY))
    page.keyboard.press("Tab")
    expect(page.get_by_label("Credit")).to_be_focused()
    page.keyboard.type("OSCE/Maria Berg")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Stored: 50. Already there: 0. Not stored: 0.")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Describe these images: 50").press("Enter")
    page.get_by_label("Decorative").first.press("Space")
    pad = page.get_by_role("button", name="Focal point: 50 per cent from the left, 50 per cent from the top").nth(1)
    pad.press("Shift+ArrowLeft")
    page.get_by_label("A local language too").select_option("sq")
    page.get_by_role("button", name="Save, and add its fields").press("Enter")
    expect(page.get_by_text("50 images are saved.")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("Alternative text, Shqip")).to_have_count(FIFTY)
    page.get_by_label("Alternative text, Shqip").nth(1).fill("Numërohen votat")
    page.get_by_role("button", name="Save all").press("Enter")
    expect(page.get_by_text("50 images are saved.")).to_be_visible(timeout=30_000)
    assert Image.objects.count() == FIFTY
    assert Image.objects.filter(is_decorative=True).count() == 1
    assert Image.objects.filter(focal_x=400, focal_y=500, texts__alternative="Numërohen votat").count() == 1


def test_what_is_there_is_offered_what_is_none_refused_and_what_failed_sent_again(page):
    """One by one or all with "Upload"; without a credit what does not say who made it waits for one."""
    open_page(page, "/admin/library/image/upload/")
    drop(page, ("one.jpg", drawn()), ("again.jpg", drawn()), ("bad.jpg", b"no picture"))
    page.route("**/upload/", lambda route: route.abort(), times=2)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Stored: 0. Already there: 0. Not stored: 3.")).to_be_visible()
    page.get_by_role("button", name="Try again one.jpg").press("Enter")
    expect(page.get_by_text("The file does not say who made the picture.")).to_be_visible()
    expect(page.get_by_text("Then press “Upload” to send them again: 1")).to_be_visible()
    assert look(page) == []
    page.get_by_label("Credit").fill("OSCE/Maria Berg")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Stored: 1. Already there: 1. Not stored: 1.")).to_be_visible()
    expect(page.get_by_role("link", name="Describe these images: 1")).to_be_visible()
    assert page.locator(".upload-row--there").evaluate(RED) is False
    page.get_by_label("Credit").fill("OSCE/Ana Lo")
    drop(page, ("third.jpg", drawn()))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("It keeps its credit, “OSCE/Maria Berg”")).to_be_visible()
    assert look(page) == []


def test_more_than_fifty_files_are_refused_before_any_is_sent(page, tmp_path):
    """Said at the field."""
    open_page(page, "/admin/library/image/upload/")
    page.get_by_label("choose the files").set_input_files(write(tmp_path, FIFTY + 1))
    page.get_by_label("Credit").fill("OSCE/Maria Berg")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("list").get_by_text("These are 51 files, and 50 is the most at once.")).to_be_visible()
    assert look(page) == []
    assert not Image.objects.exists()


def test_the_focal_point_is_set_by_click_by_keys_and_by_numbers(page):
    """The crosshair, the numbers and the crops say the same."""
    image = builders.image(width=3000, height=1000)
    page.route("**/files/images/**", lambda route: route.fulfill(body=drawn(0), content_type="image/jpeg"))
    open_page(page, f"/admin/library/image/{image.pk}/change/")
    page.wait_for_load_state("networkidle")
    left, top = (page.get_by_role("spinbutton", name=f"per cent from the {side}") for side in ("left", "top"))
    pad = page.get_by_role("button", name="Focal point: 50 per cent from the left, 50 per cent from the top")
    box = pad.bounding_box() or {}
    pad.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert float(left.input_value()) == pytest.approx(24, abs=0.5)  # a screen has whole pixels
    assert float(top.input_value()) == pytest.approx(60, abs=0.5)
    left.fill("24")
    top.fill("60")
    square = page.locator(".focal__crop--1x1 img")
    expect(square).to_have_css("object-position", "11% 50%")
    left.fill("100")
    expect(square).to_have_css("object-position", "100% 50%")
    page.get_by_role("button", name="Save and continue editing").press("Enter")
    expect(page.get_by_text("is saved.")).to_be_visible()
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (1000, 600)


def test_all_images_of_a_page_are_chosen_at_once(page):
    """And described, or not deleted where one is in use."""
    images = [builders.image() for _time in range(3)]
    builders.logo(images[0])
    open_page(page, "/admin/library/image/")
    page.get_by_role("button", name="Choose all on this page").press("Enter")
    expect(page.get_by_text("Chosen: 3")).to_be_visible()
    page.get_by_role("button", name="Delete the chosen images").press("Enter")
    expect(page.get_by_text("Nothing is deleted")).to_be_visible()
    assert look(page) == []
    page.go_back()
    page.get_by_role("button", name="Describe the chosen images").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Describe 3 images")


@pytest.mark.parametrize(
    "context_options", SCREENS, ids=["light", "dark and narrow", "forced colours", "dark and wide"]
)
def test_each_page_is_sound(page):
    """The grid, an image, many of them, an upload, a question before a deletion, an error."""
    image = builders.described(builders.image("council.jpg", place="48.2, 16.3"), "Delegates sit around a table")
    other = builders.image("x" * 190 + ".jpg", problem="The file is damaged.")
    builders.logo(image)
    open_page(page, "/admin/library/image/")
    assert look(page) == []
    for address in (
        "upload/",
        f"describe/?image={image.pk}&image={other.pk}",
        f"{image.pk}/change/",
        f"{other.pk}/delete/",
    ):
        page.goto(f"/admin/library/image/{address}")
        assert look(page) == [], address
    page.goto(f"/admin/library/image/{other.pk}/change/")
    page.get_by_label("Alternative text, English").fill("Photo")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("This says only that it is an image.")).to_be_visible()
    assert look(page) == []


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_without_scripts_files_are_sent_described_and_given_a_focal_point(page, tmp_path):
    """By the browser’s own forms."""
    open_page(page, "/admin/library/image/upload/")
    page.get_by_label("choose the files").set_input_files(write(tmp_path, 2))
    page.get_by_label("Credit").fill("OSCE/Maria Berg")
    page.get_by_role("button", name="Upload").press("Enter")
    expect(page.get_by_role("link", name="stored")).to_have_count(2)
    page.get_by_role("link", name="Describe these 2 images").press("Enter")
    page.get_by_label("Alternative text, English").first.fill("Ballots are counted")
    page.get_by_role("button", name="Save all").press("Enter")
    expect(page.get_by_text("2 images are saved.")).to_be_visible()
    page.get_by_role("link", name="picture-0.jpg").press("Enter")
    page.get_by_role("spinbutton", name="per cent from the left").fill("12.5")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    assert Image.objects.filter(focal_x=125).count() == 1
