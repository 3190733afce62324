"""Pictures and attachments in the editors' form in a real browser: chosen, ordered, uploaded, placed in the text."""

import io
import re
from typing import Any

import pytest
from PIL import Image as Pixels
from playwright.sync_api import Page, Route, expect

from library.models import Attachment, Image
from news.models import Edition
from tests import builders
from tests.browser.axe import look

pytestmark = pytest.mark.django_db(transaction=True)
RIGHTS = [f"{act}_{model}" for act in ("view", "add", "change") for model in ("image", "attachment")]


def drawn(colour: str = "#355c7d") -> bytes:
    """Return a small picture of one colour."""
    written = io.BytesIO()
    Pixels.new("RGB", (640, 480), colour).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def desk(page: Page) -> Page:
    """Return the page of an editor who has logged in; thumbnails of images that are rows alone are drawn."""
    builders.member_of_staff("anna", *builders.EDITOR, "work_everywhere", *RIGHTS)
    data = drawn()

    def draw(route: Route) -> None:
        route.fulfill(body=data, content_type="image/jpeg")

    page.route("**/files/images/**", draw)
    page.goto("/admin/")
    page.get_by_label("Username").fill("anna")
    page.keyboard.press("Tab")
    page.keyboard.type(builders.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


@pytest.fixture
def bridge() -> Image:
    """Return a described image."""
    return builders.described(builders.image("bridge.jpg"), "A bridge at night.")


@pytest.fixture
def hands() -> Image:
    """Return another one."""
    return builders.described(builders.image("hands.jpg"), "Two people shake hands.")


def opened(desk: Page, **fields: Any) -> Edition:
    """Open the form of a draft."""
    edition = builders.draft("Talks open", **fields)
    desk.goto(f"/admin/news/newsitem/{edition.item_id}/change/")
    return edition


def save(desk: Page, edition: Edition) -> Edition:
    """Save the draft, and return it as it is stored."""
    desk.get_by_role("button", name="Save draft").press("Enter")
    expect(desk.get_by_text("The draft is saved.")).to_be_visible()
    edition.refresh_from_db()
    return edition


def names(desk: Page) -> Any:
    """Return the names of the chosen pictures."""
    return desk.locator(".field-pictures .chosen__name")


def test_pictures_are_chosen_and_ordered_by_keyboard(desk: Page, bridge: Image, hands: Image):
    """The dialog finds by words, says what is chosen already, and closes with Escape; focus is never lost."""
    edition = opened(desk)
    box = desk.locator(".field-pictures")
    box.get_by_role("button", name="Choose from the library").press("Enter")
    dialog = desk.get_by_role("dialog", name="Choose an image")
    expect(dialog.get_by_label("Words or a number")).to_be_focused()
    desk.keyboard.type("bridge")
    found = dialog.get_by_role("button", name=re.compile("bridge.jpg"))
    expect(dialog.locator(".library-dialog__entry")).to_have_count(1)
    found.press("Enter")
    expect(found).to_have_attribute("aria-pressed", "true")
    dialog.get_by_label("Words or a number").fill("hands")
    dialog.get_by_role("button", name=re.compile("hands.jpg")).press("Enter")
    desk.keyboard.press("Escape")
    expect(names(desk)).to_have_text(["bridge.jpg", "hands.jpg"])
    expect(box.get_by_text("Two people shake hands.")).to_be_visible()

    up = box.get_by_role("button", name="Move up: hands.jpg")
    up.press("Enter")
    expect(names(desk)).to_have_text(["hands.jpg", "bridge.jpg"])
    expect(box.get_by_role("status")).to_have_text("hands.jpg: Moved to place 1")
    expect(box.get_by_role("button", name="Move down: hands.jpg")).to_be_focused()
    assert save(desk, edition).tags["pictures"] == [hands.pk, bridge.pk]

    desk.locator(".field-pictures").get_by_role("button", name="Remove: hands.jpg").press("Enter")
    expect(desk.get_by_role("button", name="Remove: bridge.jpg")).to_be_focused()
    assert save(desk, edition).tags["pictures"] == [bridge.pk]


def test_an_image_is_uploaded_from_the_form(desk: Page):
    """It is chosen at once, and says that it has no alternative text yet."""
    edition = opened(desk)
    desk.locator(".field-pictures").get_by_role("button", name="Upload").click()
    dialog = desk.get_by_role("dialog", name="Upload images")
    dialog.get_by_label("File").set_input_files([{"name": "harbour.jpg", "mimeType": "image/jpeg", "buffer": drawn()}])
    dialog.get_by_label("Credit").fill("OSCE/Maria Berg")
    dialog.get_by_role("button", name="Upload").press("Enter")
    expect(names(desk)).to_have_text(["harbour.jpg"])
    expect(desk.get_by_text("No alternative text in English")).to_be_visible()
    assert save(desk, edition).tags["pictures"] == [Image.objects.get().pk]


def test_a_file_that_is_in_the_library_is_chosen_and_said_to_be_there(desk: Page):
    """What was typed of it is not lost without a word; a file without a credit waits for one, and is not sent twice."""
    opened(desk)
    desk.locator(".field-pictures").get_by_role("button", name="Upload").click()
    dialog = desk.get_by_role("dialog", name="Upload images")
    files = [{"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": drawn()} for name in ("harbour", "again")]
    dialog.get_by_label("File").set_input_files(files)
    dialog.get_by_role("button", name="Upload").press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("does not say who made the picture")
    dialog.get_by_label("Credit").fill("OSCE/Maria Berg")
    dialog.get_by_role("button", name="Upload").press("Enter")
    expect(dialog.get_by_role("status")).to_have_text(
        "again.jpg: This picture is in the library already, and chosen as it is there: "
        "harbour.jpg – open (opens a new tab)"
    )
    dialog.get_by_label("Credit").fill("OSCE/Ana Lo")
    dialog.get_by_label("File").set_input_files(files[:1])
    dialog.get_by_role("button", name="Upload").press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("It keeps its credit, “OSCE/Maria Berg”")
    dialog.get_by_role("button", name="Close").press("Enter")
    expect(names(desk)).to_have_text(["harbour.jpg"])


def test_a_file_is_uploaded_from_the_form_and_a_wrong_one_refused(desk: Page):
    """The reason stands in the dialog, which stays open with all that was typed."""
    edition = opened(desk)
    desk.locator(".field-attachments").get_by_role("button", name="Upload").click()
    dialog = desk.get_by_role("dialog", name="Upload a file")
    dialog.get_by_label("File").set_input_files([{"name": "a.exe", "mimeType": "", "buffer": b"MZ"}])
    dialog.get_by_label("Title").fill("Annual report")
    dialog.get_by_label("Language").select_option("fr")
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog.get_by_role("status")).to_contain_text("none of the accepted kinds")
    pdf = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": builders.pdf(pages=3)}
    dialog.get_by_label("File").set_input_files([pdf])
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()
    expect(desk.locator(".field-attachments .chosen__name")).to_have_text("Annual report")
    expect(desk.locator(".field-attachments .chosen__text")).to_contain_text("3 pages, Français")
    assert save(desk, edition).tags["attachments"] == [Attachment.objects.get().pk]


def test_a_picture_and_a_file_are_placed_in_the_text_by_keyboard(desk: Page, bridge: Image):
    """They are stored as figures that name a number, shown with picture and words, and deleted as a whole."""
    paper = builders.attachment("Annual report")
    for number in range(20):
        builders.image(f"newer-{number}.jpg")  # as many as the dialog shows
    edition = opened(desk, body="", pictures=[bridge.pk])
    editor = desk.locator(".tiptap[role=textbox]")  # until it is there, the plain text area has its name
    editor.focus()
    desk.keyboard.type("One.")
    for button, name in (("Image in the text", "bridge.jpg"), ("Attachment in the text", "Annual report")):
        desk.get_by_role("button", name=button).press("Enter")
        first = desk.get_by_role("dialog").locator(".library-dialog__entry").first
        expect(first).to_contain_text(name)
        first.press("Enter")
        expect(editor.locator("figure", has_text=name)).to_be_visible()
    desk.keyboard.type("Two.")
    expect(editor.locator("figure img")).to_have_count(1)
    expect(editor.get_by_text("A bridge at night.")).to_be_visible()
    body = save(desk, edition).body
    figures = f'<figure data-image="{bridge.pk}"></figure><figure data-attachment="{paper.pk}"></figure>'
    assert body == f"<p>One.</p>{figures}<p>Two.</p>"
    assert edition.files["text"][str(bridge.pk)]["alternative"] == "A bridge at night."

    desk.get_by_role("textbox", name="Text").locator("figure").first.click()
    desk.keyboard.press("Delete")
    assert save(desk, edition).body == f'<p>One.</p><figure data-attachment="{paper.pk}"></figure><p>Two.</p>'


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_and_its_dialogs_have_no_fault_that_axe_finds(desk: Page, bridge: Image, width: int, scheme: Any):
    """Narrow and wide, light and dark."""
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 800})
    paper = builders.attachment("Annual report")
    bare = builders.image("IMG_2044.jpg")
    opened(
        desk, pictures=[bridge.pk, bare.pk], attachments=[paper.pk], body=f'<figure data-image="{bridge.pk}"></figure>'
    )
    expect(desk.locator("figure.embedded img")).to_be_visible()
    assert look(desk) == []
    for button in ("Choose from the library", "Upload"):
        for box in (".field-pictures", ".field-attachments"):
            desk.locator(box).get_by_role("button", name=button).click()
            desk.wait_for_load_state("networkidle")
            assert look(desk) == []
            desk.keyboard.press("Escape")
    desk.goto(f"/admin/library/attachment/{paper.pk}/change/")
    assert look(desk) == []


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_without_scripts_numbers_serve(desk: Page, bridge: Image, hands: Image):
    """The rows are inputs, with empty ones at the end; the order of the rows counts."""
    edition = opened(desk, pictures=[bridge.pk])
    desk.get_by_label("Number of an image 1").fill(str(hands.pk))
    desk.get_by_label("Number of an image 2").fill(f"bridge.jpg [{bridge.pk}]")
    assert save(desk, edition).tags["pictures"] == [hands.pk, bridge.pk]
