"""Pictures and files as the public pages show them."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from library.models import Logo
from news.models import Change
from tests import builders
from tests.library import shelves

pytestmark = pytest.mark.django_db


def shown(client, address) -> LexborHTMLParser:
    """Return the page at the address."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return LexborHTMLParser(answer.content)


def attributes(node: LexborNode | None) -> dict[str, Any]:
    """Return what is said of an element."""
    assert node is not None
    return dict(node.attributes)


@pytest.fixture
def image():
    """Return an image with words and a caption."""
    return shelves.image(alternative="A lake below hills", caption="The lake in May.", colour="#7a4a21")


def test_the_first_picture_stands_above_the_text_with_caption_and_credit(client, image):
    """Loaded before all others, in room that is kept for it, with words for whoever doesn't see it."""
    page = shown(client, builders.published("Story", pictures=[image.pk]).get_absolute_url())
    picture = attributes(page.css_first(".article__text > .figure img"))
    assert picture["alt"] == "A lake below hills"
    assert (picture["width"], picture["height"]) == ("1280", "853")
    assert picture["fetchpriority"] == "high"
    assert "loading" not in picture
    assert picture["class"] == "figure__picture tint tint-r2 tint-g1 tint-b1"
    caption = page.css_first(".figure__caption").text(deep=True, strip=False)
    assert " ".join(caption.split()) == "The lake in May. Picture: OSCE/Maria Berg"
    types = [source.attributes["type"] for source in page.css(".figure source")]
    assert types == ["image/avif", "image/webp"]
    assert f"/files/images/{image.pk}/3x2-1280.avif 1280w" in page.css_first(".figure source").attributes["srcset"]


def test_every_address_in_a_picture_answers(client, image):
    """Each rendition that a page names, on every page that shows it."""
    shelves.rendered(image)
    edition = builders.published("Story", pictures=[image.pk, shelves.rendered(shelves.image(width=150, height=90)).pk])
    for address in ("/", "/news/", edition.get_absolute_url()):
        page = shown(client, address)
        named = [node.attributes["srcset"] for node in page.css("source, img[srcset]")]
        found = {part.split()[0] for srcset in named for part in srcset.split(",")}
        found |= {node.attributes["src"] for node in page.css("img[src]")}
        found |= {link.attributes["href"] for link in page.css(".gallery__link")}
        assert found
        assert {name: client.get(name).status_code for name in found} == dict.fromkeys(found, 200)


def test_a_decorative_picture_has_no_words(client):
    """An empty text says to a screen reader that nothing is missed."""
    image = shelves.image(is_decorative=True)
    page = shown(client, builders.published("Story", pictures=[image.pk]).get_absolute_url())
    assert attributes(page.css_first(".figure img"))["alt"] in {"", None}


def test_pictures_beside_a_link_say_nothing_and_wait(client, image):
    """In lists and cards; the lead of the home page speaks, and comes first."""
    for number in range(13):
        story = builders.published(f"Story {number}", pictures=[image.pk])
    page = shown(client, "/")
    lead = attributes(page.css_first(".lead__picture"))
    assert (lead["alt"], lead.get("fetchpriority"), lead.get("loading")) == ("A lake below hills", "high", None)
    cards = [attributes(card) for card in page.css(".card__picture")]
    assert len(cards) == 4
    rows = [attributes(row) for row in shown(client, "/news/").css(".row__picture")]
    found = [attributes(row) for row in shown(client, "/search/?q=story").css(".row__picture")]
    assert (len(rows), len(found)) == (13, 13)
    for picture in cards + rows + found:
        assert picture["alt"] in {"", None}
        assert (picture["loading"], picture["decoding"]) == ("lazy", "async")
        assert round(int(picture["width"]) * 2 / 3) == int(picture["height"])
    other = builders.published("Other", related=[story.item_id])
    assert shown(client, other.get_absolute_url()).css_first(".related .card__picture")


def test_a_card_is_square_on_a_narrow_screen(client, image):
    """Another shape, chosen by the browser, with the room that it needs."""
    for number in range(13):
        builders.published(f"Story {number}", pictures=[image.pk])
    sources = [attributes(source) for source in shown(client, "/").css(".card picture")[0].css("source")]
    narrow = [source for source in sources if source.get("media")]
    assert [source["type"] for source in narrow] == ["image/avif", "image/webp", "image/jpeg"]
    assert {source["width"] for source in narrow} == {source["height"] for source in narrow}
    assert narrow == sources[:3]


def test_pictures_cost_no_query(client, image, django_assert_num_queries):
    """However many: on the item's page, in a list and on the home page."""

    def queries(address) -> int:
        client.get(address)  # what a process keeps is there
        with django_assert_num_queries(0, exact=False) as asked:
            pass
        with asked:
            client.get(address)
        return len(asked)

    bare = [builders.published(f"Bare {number}") for number in range(20)]
    before = {address: queries(address) for address in ("/", "/news/")}
    before["item"] = queries(bare[0].get_absolute_url())
    held = {
        "pictures": [image.pk, *(shelves.image().pk for _number in range(5))],
        "attachments": [shelves.attachment().pk],
    }
    full = [builders.published(f"Full {number}", **held) for number in range(20)]
    after = {address: queries(address) for address in ("/", "/news/")}
    after["item"] = queries(full[0].get_absolute_url())
    assert after == before


def test_the_other_pictures_are_a_gallery_that_leads_to_each_in_full(client, image):
    """Without a script: a link, and the browser's own page of a picture."""
    second, third = shelves.image(caption="A town."), shelves.image()
    page = shown(client, builders.published("Story", pictures=[image.pk, second.pk, third.pk]).get_absolute_url())
    assert [link.attributes["href"] for link in page.css(".gallery__link")] == [
        f"/files/images/{number}/whole-1920.jpg" for number in (second.pk, third.pk)
    ]
    assert {attributes(picture)["loading"] for picture in page.css(".gallery img")} == {"lazy"}


def test_a_story_without_pictures_has_none_of_this(client):
    """No empty gallery, no empty box."""
    page = shown(client, builders.published("Story").get_absolute_url())
    assert not page.css("picture, .gallery, .files, .figure")


def test_what_stands_in_the_midst_of_the_text_is_drawn_there(client, image):
    """A picture in its own shape, a file as a link, a film as a player; what is not there vanishes."""
    document = shelves.attachment("The method")
    talk = shelves.attachment("Talk", kind="video", format="mp4", content=b"film", transcript="<p>Good morning.</p>")
    body = (
        f'<p>One.</p><figure data-image="{image.pk}"></figure><p>Two.</p>'
        f'<figure data-attachment="{document.pk}"></figure><figure data-attachment="{talk.pk}"></figure>'
        '<figure data-image="999999"></figure><p>Three.</p>'
    )
    page = shown(client, builders.published("Story", body=body).get_absolute_url())
    prose = page.css_first(".prose")
    assert [node.tag for node in prose.iter()] == ["p", "figure", "p", "div", "figure", "p"]
    assert "whole-640.jpg" in attributes(prose.css_first("figure img"))["src"]
    assert attributes(prose.css_first(".files__link"))["href"] == f"/files/attachments/{document.pk}/the-method.pdf"
    assert prose.css_first("video")
    assert "999999" not in prose.html


def test_a_link_to_an_attachment_says_what_opens(client):
    """Its kind, size, pages and language; a browser and a screen reader learn the language too."""
    method = shelves.attachment("The method", content=b"%PDF" + b"x" * 1_400_000)
    russian = shelves.attachment("Методика", language="ru", slug="metodika")
    page_of_text = shelves.attachment("Questions", kind="page", content=b"<p>Why?</p>")
    held = [method.pk, russian.pk, page_of_text.pk]
    page = shown(client, builders.published("Story", attachments=held).get_absolute_url())
    first, second, third = page.css(".files__link")
    assert first.css_first(".files__size").text().replace("\xa0", " ") == "PDF, 1.3 MB, 12 pages, English"
    assert "hreflang" not in first.attributes
    assert second.attributes["hreflang"] == "ru"
    assert attributes(second.css_first(".files__name"))["lang"] == "ru"
    assert second.css_first(".files__size").text().endswith("Русский")
    assert third.css_first(".files__size").text() == "Web page, English"


def test_whoever_cannot_read_a_file_is_told_whom_to_ask(client, settings):
    """With the title in the subject; without a name in the settings there is no such line."""
    document = shelves.attachment()
    address = builders.published("Arms & “peace”", attachments=[document.pk]).get_absolute_url()
    settings.ACCESSIBILITY_EMAIL = "access@example.org"
    (link,) = shown(client, address).css(".box a[href^=mailto]")
    assert link.attributes["href"].startswith(
        "mailto:access@example.org?subject=Accessible%20format%3A%20Arms%20%26%20"
    )
    settings.ACCESSIBILITY_EMAIL = ""
    assert not shown(client, address).css(".box a[href^=mailto]")


def test_an_old_edition_shows_what_it_had(client, image):
    """Its pictures, and its files at the addresses of their versions."""
    document, newer = shelves.attachment("The method"), shelves.image()
    edition = builders.published("Story", pictures=[image.pk], attachments=[document.pk])
    shelves.version(document, shelves.PDF + b"new\n")
    builders.next_edition(edition, "Story", pictures=[newer.pk], attachments=[document.pk])
    address = edition.get_absolute_url()
    old, new = shown(client, f"{address}editions/1/"), shown(client, address)
    assert f"/files/images/{image.pk}/" in attributes(old.css_first(".figure img"))["src"]
    assert f"/files/images/{newer.pk}/" in attributes(new.css_first(".figure img"))["src"]
    versions = f"/files/attachments/{document.pk}/versions"
    assert attributes(old.css_first(".files__link"))["href"] == f"{versions}/1/the-method.pdf"
    assert attributes(new.css_first(".files__link"))["href"] == f"/files/attachments/{document.pk}/the-method.pdf"
    as_of = shown(client, f"{address}?at=2021-01-01")
    assert attributes(as_of.css_first(".files__link"))["href"] == f"{versions}/1/the-method.pdf"


def test_what_the_library_says_later_changes_no_edition(client, image):
    """An approved edition is what it was, whatever becomes of words and credit."""
    address = builders.published("Story", pictures=[image.pk]).get_absolute_url()
    image.texts.update(alternative="Something else", caption="Something else")
    type(image).objects.filter(pk=image.pk).update(credit="Somebody else")
    page = shown(client, address)
    assert attributes(page.css_first(".figure img"))["alt"] == "A lake below hills"
    assert "else" not in page.css_first(".figure__caption").text()


def test_a_player_loads_nothing_until_it_is_asked(client, image):
    """The browser's own, with a picture before it and all that is said beside it."""
    talk = shelves.attachment(
        "Talk", kind="video", format="mp4", content=b"film", transcript="<p>Good morning.</p>", poster=image
    )
    sound = shelves.attachment("Sound", kind="audio", format="mp3", content=b"song", transcript="<p>Hm.</p>")
    page = shown(client, builders.published("Story", attachments=[talk.pk, sound.pk]).get_absolute_url())
    video, audio = attributes(page.css_first("video")), attributes(page.css_first("audio"))
    assert (video["preload"], audio["preload"]) == ("none", "none")
    assert video["poster"] == f"/files/images/{image.pk}/16x9-640.jpg"
    assert attributes(page.css_first("video source")) == {
        "src": f"/files/attachments/{talk.pk}/talk.mp4",
        "type": "video/mp4",
    }
    (way, _other) = page.css(".figure__ways a[href$=transcript\\/]")
    transcript = shown(client, way.attributes["href"])
    assert "Good morning." in transcript.css_first(".prose").text()
    assert not page.css("iframe, script[src^=http]")


def test_an_attachment_that_is_a_page_is_one_of_the_site(client):
    """Its title and text in the site's frame, in its own language, and the items that it belongs to."""
    made = shelves.attachment("Вопросы", kind="page", content=b"<p>?</p>", language="ru", slug="voprosy")
    story = builders.published("Story", attachments=[made.pk])
    page = shown(client, f"/files/attachments/{made.pk}/voprosy.html")
    assert attributes(page.css_first("html"))["lang"] == "ru"
    assert page.css_first("h1").text() == "Вопросы"
    assert page.css_first(f'.box a[href="{story.get_absolute_url()}"]').text() == "Story"
    assert {link.attributes["href"] for link in page.css(".lang__link")} >= {"/", "/fr/"}
    old = shown(client, f"/files/attachments/{made.pk}/versions/1/voprosy.html")
    assert attributes(old.css_first("meta[name=robots]"))["content"] == "noindex"


def test_an_institution_shows_its_logo_for_one_query_more(client, image):
    """Beside the name, so it needs no words."""
    institution = builders.institution("Secretariat")
    Logo.objects.create(institution=institution, image=image)
    logo = attributes(shown(client, institution.get_absolute_url()).css_first(".head__logo"))
    assert f"/files/images/{image.pk}/whole-" in logo["src"]
    assert logo["alt"] in {"", None}


def test_a_changed_logo_is_told_to_whoever_keeps_pages(image):
    """In the log of changes that all processes follow."""

    institution = builders.institution("Secretariat")
    before = Change.objects.count()
    logo = Logo.objects.create(institution=institution, image=image)
    logo.delete()
    assert list(Change.objects.values_list("subject", flat=True)[before:]) == [f"institution {institution.pk}"] * 2
