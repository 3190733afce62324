"""What other sites, feed readers and programs are told of an item's pictures and files."""

import json
import re

import pytest
from django.tasks import default_task_backend
from selectolax.lexbor import LexborHTMLParser

from news import workflow
from tests import builders
from tests.library import shelves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Keep the files of a test in its own folder."""
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def image():
    """Return an image with words."""
    return shelves.image(alternative="A lake below hills")


def test_others_are_told_of_picture_and_facts(client, image):
    """Open Graph, and a NewsArticle of schema.org that a script cannot break out of."""
    edition = builders.published("An </script> & <b>end</b>", pictures=[image.pk])
    page = LexborHTMLParser(client.get(edition.get_absolute_url()).content)
    meta = {node.attributes.get("property") or node.attributes.get("name"): node.attributes.get("content")
            for node in page.css("meta")}  # fmt: skip
    assert meta["og:image"].endswith(f"/files/cards/{edition.pk}.jpg")
    assert meta["og:image:alt"] == "A lake below hills"
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["twitter:card"] == "summary_large_image"
    (script,) = page.css('script[type="application/ld+json"]')
    data = json.loads(script.text())
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "An </script> & <b>end</b>"
    assert [address.rpartition("/")[2] for address in data["image"]] == [
        "16x9-1920.jpg", "4x3-1200.jpg", "square-1200.jpg"
    ]  # fmt: skip


def test_the_card_of_an_item_is_its_drawn_one_its_picture_or_the_sites(client, image):
    """Whichever is there first; a card that is drawn later is found at the same address."""
    bare, full = builders.published("Bare"), builders.published("Full", pictures=[image.pk])
    assert client.get(f"/files/cards/{bare.pk}.jpg")["Location"].endswith("site/icons/card.png")
    answer = client.get(f"/files/cards/{full.pk}.jpg")
    assert (answer.status_code, answer["Location"]) == (302, f"/files/images/{image.pk}/social-1200.jpg")
    shelves.put(f"cards/{full.pk}.jpg", b"a card")
    answer = client.get(f"/files/cards/{full.pk}.jpg")
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (b"a card", "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=300"


def test_feeds_bring_the_picture_and_the_files(client, image):
    """Of the edition that they tell of, by full addresses, in each of the three forms."""
    document = shelves.attachment("The method")
    builders.published("Story", pictures=[image.pk], attachments=[document.pk])
    site = "http://127.0.0.1:8000/files"
    picture, file = (
        f"{site}/images/{image.pk}/16x9-1920.jpg",
        f"{site}/attachments/{document.pk}/versions/1/the-method.pdf",
    )
    (item,) = json.loads(client.get("/news/feed.json").content)["items"]
    assert item["image"] == picture
    assert item["attachments"] == [
        {"url": file, "mime_type": "application/pdf", "title": "The method", "size_in_bytes": len(shelves.PDF)}
    ]
    rss = client.get("/news/feed.rss").content.decode()
    assert re.findall(r'<(media:content|enclosure) url="([^"]+)"', rss) == [
        ("media:content", picture), ("enclosure", file)
    ]  # fmt: skip
    atom = client.get("/news/feed.atom").content.decode()
    assert re.findall(r'rel="enclosure" href="([^"]+)"', atom) == [picture, file]


def test_programs_read_pictures_and_files_of_an_item(client, image):
    """Those in the text too, once each."""
    document = shelves.attachment("The method")
    body = f'<p>Text.</p><figure data-image="{image.pk}"></figure>'
    edition = builders.published("Story", pictures=[image.pk], attachments=[document.pk], body=body)
    data = client.get(f"/api/v1/news/{edition.item_id}/").json()
    (picture,), (file,) = data["images"], data["attachments"]
    assert (picture["id"], picture["alternative"], picture["credit"]) == (
        image.pk,
        "A lake below hills",
        "OSCE/Maria Berg",
    )
    assert (picture["width"], picture["height"]) == (1920, 1440)
    assert (file["id"], file["media_type"], file["pages"]) == (document.pk, "application/pdf", 12)
    assert file["address"].endswith(f"/files/attachments/{document.pk}/the-method.pdf")


def asked_for() -> list[tuple]:
    """Return what the worker was asked to draw: edition, title, kind, picture, language."""
    return [tuple(result.args) for result in default_task_backend.results if result.task.name == "make_card"]


@pytest.fixture
def _nothing_asked():
    """Forget what other tests asked for."""
    default_task_backend.clear()


@pytest.mark.usefixtures("_nothing_asked")
def test_a_card_is_asked_for_when_an_edition_is_approved(image, django_capture_on_commit_callbacks):
    """With its title, its kind in its own language, and its first picture."""
    image.texts.create(language="ru", alternative="Озеро под холмами")
    with django_capture_on_commit_callbacks(execute=True):
        first = builders.published("Story", pictures=[image.pk])
        second = builders.published("Новость", language="ru", kind="statement", pictures=[image.pk])
    assert asked_for() == [
        (first.pk, "Story", "News", image.pk, "en"),
        (second.pk, "Новость", "Заявление", image.pk, "ru"),
    ]


@pytest.mark.usefixtures("_nothing_asked")
def test_no_card_tells_a_title_that_was_taken_back(django_capture_on_commit_callbacks):
    """Scheduled, drawn, taken back, renamed and published at once: the old card is gone before anybody may ask."""
    moment = builders.LONG_AGO.replace(year=2035)
    draft = builders.draft("A secret")
    edition = workflow.approve(draft, visible_from=moment, by=None)
    shelves.put(f"cards/{edition.pk}.jpg", b"A secret")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.unschedule(edition, by=None)
    assert not shelves.default_storage.exists(f"cards/{edition.pk}.jpg")
    shelves.put(f"cards/{edition.pk}.jpg", b"A secret")  # a worker that was late
    with django_capture_on_commit_callbacks(execute=True):
        workflow.approve(edition, by=None)
    assert not shelves.default_storage.exists(f"cards/{edition.pk}.jpg")


def test_a_draft_asks_for_no_card(django_capture_on_commit_callbacks):
    """Nothing of it leaves the newsroom."""
    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=True):
        builders.draft("A draft")
    assert asked_for() == []
