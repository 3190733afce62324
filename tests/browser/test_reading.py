"""Reading the news in a real browser: without scripts, on a narrow screen, and what axe says of each page."""

import pytest
from playwright.sync_api import Page, expect

from taxonomy import catalogue
from taxonomy.models import Institution
from tests import builders
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"width": 320, "height": 720}
BODY = (
    "<p>Nineteen laboratories.</p><h2>Forty features</h2><blockquote><p>“A pistol has no nationality.”</p></blockquote>"
    "<ul><li>In January</li></ul><table><tbody><tr><th>Calibre, as the laboratories have long recorded it</th>"
    "<th>Serialnumberwithoutanyspace</th></tr><tr><td>9 mm</td><td>1</td><td>none</td></tr></tbody>"
    "</table>"
)


@pytest.fixture(autouse=True)
def story(transactional_db):  # noqa: ARG001 - the database is to be there first
    """Publish two pages of news, one story of it in several languages and editions; return its first edition."""
    country, topic = builders.country("Moldova"), builders.topic("Arms control")
    mission = builders.institution("Mission to Moldova", kind=Institution.Kind.FIELD_OPERATION, host_country=country)
    builders.institution("Secretariat", kind=Institution.Kind.SECRETARIAT)
    builders.membership(country=country)
    tags = {"issued_by": [mission.pk], "countries": [country.pk], "topics": [topic.pk]}
    others = [builders.published(kind="statement", **tags) for _number in range(21)]
    first = builders.published("Alpha", body=BODY, dateline="CHIȘINĂU", related=[others[0].item_id], **tags)
    builders.next_edition(
        first, "Alpha", body=BODY, change_note="Nineteen, not eighteen.", related=[others[0].item_id], **tags
    )
    builders.published("Альфа", language="ru", translation_of=first.item, **tags)
    builders.published("Alfa", language="sq", translation_of=first.item, **tags)
    catalogue.forget()
    return first


def addresses(story) -> list[str]:
    """Return a page of each type."""
    return [
        "/",
        "/ru/",
        "/news/",
        "/news/?page=2",
        "/news/?kind=speech",
        story.get_absolute_url(),
        f"{story.get_absolute_url()}editions/1/",
        f"/sq/news/{story.item_id + 2}/alfa/",
        "/countries/moldova/",
        "/institutions/mission-to-moldova/",
        "/fields-of-work/arms-control/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, {"width": 1280, "height": 900}], ids=["narrow", "wide"])
def test_axe_finds_nothing_on_any_page_of_news(page: Page, story, scheme, viewport):
    """WCAG 2.2 A and AA and best practice, and nothing runs over the edge."""
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    for address in addresses(story):
        assert page.goto(address).ok, address
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False, "viewport": NARROW}])
def test_a_visitor_without_scripts_reads_the_news(page: Page, story):
    """From the home page to a story, its earlier edition, its translation, and to a country."""
    page.goto("/")
    page.get_by_role("link", name="All news").first.click()
    page.get_by_role("link", name="Next page").click()
    expect(page).to_have_url("/news/?page=2")
    page.goto("/news/")
    page.get_by_role("link", name="Alpha", exact=True).click()
    expect(page).to_have_url(story.get_absolute_url())
    page.get_by_text("What has changed (2)").click()
    page.get_by_role("link", name="Edition 1", exact=True).click()
    expect(page.get_by_role("heading", name="This is edition 1 of 2")).to_be_visible()
    page.get_by_role("link", name="Read the present edition").click()
    page.locator(".facts").get_by_role("link", name="Русский").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Альфа")
    page.goto("/")
    page.get_by_label("News and facts of a country").select_option("Moldova")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url("/countries/moldova/")


def test_a_card_is_one_target_whose_other_links_stay_their_own(page: Page):
    """The whole lead leads to the story, its issuer to the issuer."""
    page.goto("/")
    lead = page.locator(".lead")
    lead.get_by_role("link", name="Mission to Moldova").click()
    expect(page).to_have_url("/institutions/mission-to-moldova/")
    page.go_back()
    box = lead.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 5, box["y"] + 5)
    expect(page).not_to_have_url("/")
