"""Pictures and files in a real browser: they are seen, they move nothing, a phone loads few, and axe finds nothing."""

import pytest
from playwright.sync_api import Page, Response, expect

from library.models import Logo
from taxonomy import catalogue
from tests import builders
from tests.browser.axe import look
from tests.library import shelves

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, NARROW, WIDE = {"width": 412, "height": 823}, {"width": 320, "height": 720}, {"width": 1280, "height": 900}
MOST_ON_A_PHONE = 200_000  # bytes of pictures in a list
A_LATE_FONT = 0.01  # of layout shift: letters of another width; a picture without room would be ten times that
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => { for (const shift of list.getEntries()) window.shifted += shift.value; })
    .observe({type: "layout-shift", buffered: true});
"""
# Scrolls to the end, so that what is loaded lazily is.
SCROLL = """async () => {
    for (let at = 0; at < document.body.scrollHeight; at += 400) {
        scrollTo(0, at);
        await new Promise(resolve => setTimeout(resolve, 40));
    }
}"""
UNSEEN = """() => [...document.images].filter(image => image.checkVisibility() && !image.naturalWidth)
    .map(image => image.src)"""


def attachments(poster):
    """Return one attachment of each sort."""
    said = {"transcript": "<h2>Opening</h2><p>Good morning.</p>", "poster": poster}
    return [
        shelves.attachment("The common method: forty features"),
        shelves.attachment("Методика", language="ru", slug="metodika"),
        shelves.attachment("Questions", kind="page", content=b"<h2>Why?</h2><p>Because.</p>"),
        shelves.attachment("Talk", kind="video", format="mp4", content=b"film", **said),
        shelves.attachment("Sound", kind="audio", format="mp3", content=b"song", **said),
    ]


@pytest.fixture(autouse=True)
def addresses(transactional_db, settings, tmp_path):  # noqa: ARG001 - the database is to be there first
    """Publish stories with everything that the library has; return the address of each page."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    images = [shelves.image(alternative=f"View {number} over a lake", caption="A lake.") for number in range(5)]
    for image in images:
        shelves.put(shelves.quick_path(image.pk), shelves.jpeg(1280, 960))
    files = attachments(images[1])
    institution = builders.institution("Mission")
    Logo.objects.create(institution=institution, image=images[2])
    body = f'<p>One.</p><figure data-image="{images[3].pk}"></figure><figure data-attachment="{files[0].pk}"></figure>'
    lesser = [
        builders.published(f"Story {number}", pictures=[images[number % 5].pk], issued_by=[institution.pk])
        for number in range(12)
    ]
    held = {"pictures": [image.pk for image in images], "attachments": [file.pk for file in files], "body": body}
    story = builders.published(
        "Eleven States agree", issued_by=[institution.pk], related=[lesser[0].item_id, lesser[1].item_id], **held
    )
    catalogue.forget()
    return {
        "item": story.get_absolute_url(),
        "edition": f"{story.get_absolute_url()}editions/1/",
        "home": "/",
        "list": "/news/",
        "search": "/search/?q=story",
        "institution": institution.get_absolute_url(),
        "page": f"/files/attachments/{files[2].pk}/questions.html",
        "transcript": f"/files/attachments/{files[3].pk}/transcript/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_axe_finds_nothing_on_any_page_with_pictures(page: Page, addresses, scheme, viewport):
    """WCAG 2.2 A and AA and best practice, and nothing runs over the edge."""
    page.set_viewport_size(viewport)
    page.emulate_media(**({"forced_colors": "active"} if scheme == "forced" else {"color_scheme": scheme}))
    for name, address in addresses.items():
        page.goto(address)
        assert look(page) == [], name


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_every_picture_is_seen_and_moves_nothing(page: Page, addresses, viewport):
    """Room is kept for each before it is there; those below are loaded when they come near."""
    page.set_viewport_size(viewport)
    page.add_init_script(SHIFTS)
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate(SCROLL)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(UNSEEN) == [], name
        assert page.evaluate("window.shifted") < A_LATE_FONT, name


def test_a_phone_loads_few_pictures_for_a_list(page: Page):
    """Rows show none on a narrow screen, and what isn't shown isn't loaded; a wide screen shows them."""
    loaded: list[Response] = []
    page.on("response", lambda answer: loaded.append(answer) if "/files/images/" in answer.url else None)
    page.set_viewport_size(PHONE)
    page.goto("/news/")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    assert sum(len(answer.body()) for answer in loaded) <= MOST_ON_A_PHONE
    assert loaded == []
    page.set_viewport_size(WIDE)
    page.goto("/news/")
    expect(page.locator(".row__picture").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert loaded


def test_the_colour_of_a_picture_stands_where_it_will_be(page: Page, addresses):
    """Without a style in the page: by classes, each channel to the nearest of six steps."""
    page.route("**/files/images/**", lambda route: route.abort())
    page.goto(addresses["item"])
    colour = "getComputedStyle(document.querySelector('.figure__picture')).backgroundColor"
    assert page.evaluate(colour) == "rgb(102, 51, 51)"  # for #7a4a21


def test_a_film_is_not_asked_for_before_somebody_plays_it(page: Page, addresses):
    """Its picture is; a click, or the keyboard, asks for the film itself."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(addresses["item"])
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    assert not [address for address in asked if address.endswith(".mp4")]
    with page.expect_request("**/talk.mp4"):
        page.locator("video").evaluate("video => { video.play().catch(() => null); }")


def test_a_gallery_leads_to_each_picture_by_keyboard(page: Page, addresses):
    """Without a script: the browser shows the picture, and its own way back leads back."""
    page.goto(addresses["item"])
    page.locator(".gallery__link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/files/images/*/whole-1920.jpg")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Eleven States agree")
