"""How a file reaches whoever may have it: bytes and headers, whatever storage holds it and whoever sends it."""

import pytest

from tests import builders
from tests.library import shelves

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


def picture_address(image, rendition="3x2-480.avif"):
    """Return the address of a rendition."""
    return f"/files/images/{image.pk}/{rendition}"


def body(answer) -> bytes:
    """Return what was sent; the client closes what it has read."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def image():
    """Return an image with renditions, which a public item shows."""
    made = shelves.rendered(shelves.image())
    builders.published("Story", pictures=[made.pk])
    return made


@pytest.fixture
def document():
    """Return an attachment that a public item offers."""
    made = shelves.attachment("The method")
    builders.published("Story", attachments=[made.pk])
    return made


@pytest.mark.parametrize(("form", "kind"), [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")])
def test_a_rendition_is_sent_as_what_it_is(client, image, form, kind):
    """With its type and length, for five minutes, to be asked for again by its tag."""
    answer = client.get(picture_address(image, f"3x2-480.{form}"))
    assert body(answer) == f"3x2-480.{form} recipe 1".encode()
    assert answer["Content-Type"] == kind
    assert "Content-Language" not in answer, "a picture is in no language"
    assert answer["Cache-Control"] == "public, max-age=300"
    again = client.get(picture_address(image, f"3x2-480.{form}"), headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, body(again)) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=300"


def test_a_picture_on_a_page_of_its_own_runs_nothing(client, image):
    """The browser makes a page around it, with styles of its own and nothing else."""
    policy = client.get(picture_address(image))["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; sandbox; style-src 'unsafe-inline'")


def test_new_renditions_have_a_new_tag(client, image):
    """A browser that holds the old crop gets the new one."""
    first = client.get(picture_address(image))
    shelves.rendered(image, by="recipe 2")
    answer = client.get(picture_address(image), headers={"if-none-match": first["ETag"]})
    assert body(answer) == b"3x2-480.avif recipe 2"


def test_until_the_renditions_are_there_a_quick_picture_stands_in(client):
    """It is a JPEG whatever was asked for, and no cache believes that it stays."""
    made = shelves.image()
    builders.published("Story", pictures=[made.pk])
    answer = client.get(picture_address(made))
    assert body(answer) == shelves.jpeg()
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-cache")


def test_a_lost_rendition_is_answered_by_the_quick_picture(client, image):
    """Nothing is made while somebody waits."""
    shelves.default_storage.delete(shelves.rendition_path(image.pk, "3x2", 480, "avif"))
    assert body(client.get(picture_address(image))) == shelves.jpeg()


@pytest.mark.parametrize(
    "rendition",
    ["3x2-481.avif", "3x2-99999999999999999.jpg", "4x4-480.avif", "social-1199.avif", "3x2-480.gif", "3x2-480.JPG"],
)
def test_no_other_shape_width_or_format_answers(client, image, rendition):
    """Else anybody could fill the disk and the processor."""
    assert client.get(picture_address(image, rendition)).status_code == 404


def test_a_small_image_answers_with_the_widest_that_it_has(client):
    """A page that was drawn for larger ones shows it all the same."""
    made = shelves.rendered(shelves.image(width=200, height=200))
    builders.published("Story", pictures=[made.pk])
    assert body(client.get(picture_address(made, "3x2-1280.jpg"))) == b"3x2-160.jpg recipe 1"


def test_head_gives_the_headers_alone(client, image, document):
    """With the length of what a GET would give."""
    for address in (picture_address(image), f"/files/attachments/{document.pk}/the-method.pdf"):
        asked, told = client.get(address), client.head(address)
        assert (told.status_code, body(told)) == (200, b"")
        assert told["Content-Length"] == str(len(body(asked)))
        part = client.head(address, headers={"range": "bytes=0-1"})  # a part is something that only a GET can ask for
        assert (part.status_code, part["Content-Length"]) == (200, told["Content-Length"])


def test_a_document_is_sent_with_its_name_and_may_run_nothing(client, document):
    """The browser shows it, in its own language, and would save it under its name."""
    document.versions.update(language="mn")
    answer = client.get(f"/files/attachments/{document.pk}/the-method.pdf")
    assert body(answer) == shelves.PDF
    assert (answer["Content-Type"], answer["Content-Language"]) == ("application/pdf", "mn")
    assert answer["Content-Disposition"] == 'inline; filename="the-method.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_browsers_do_not_show_is_saved(client):
    """Under its name in any script (RFC 6266), in a sandbox."""
    made = shelves.attachment("Форма", content=b"a,b", format="csv", slug="форма")
    builders.published("Story", attachments=[made.pk])
    answer = client.get(f"/files/attachments/{made.pk}/форма.csv")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D1%84")
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    body(answer)


def test_another_name_leads_to_the_one_address_in_one_step(client, document):
    """A renamed attachment loses no reader."""
    answer = client.get(f"/files/attachments/{document.pk}/old-name.pdf")
    assert (answer.status_code, answer["Location"]) == (301, f"/files/attachments/{document.pk}/the-method.pdf")
    answer = client.get(f"/files/attachments/{document.pk}/versions/1/x")
    assert answer["Location"] == f"/files/attachments/{document.pk}/versions/1/the-method.pdf"


@pytest.mark.parametrize(
    ("asked", "status", "sent", "told"),
    [
        ("bytes=0-3", 206, b"abcd", "bytes 0-3/10"),
        ("bytes=8-", 206, b"ij", "bytes 8-9/10"),
        ("bytes=-3", 206, b"hij", "bytes 7-9/10"),
        ("bytes=-30", 206, b"abcdefghij", "bytes 0-9/10"),
        ("bytes=4-99", 206, b"efghij", "bytes 4-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-4", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=0-1,3-4", 200, b"abcdefghij", None),
        ("bytes=-", 200, b"abcdefghij", None),
        ("lines=1-2", 200, b"abcdefghij", None),
    ],
)
def test_players_get_the_part_that_they_ask_for(client, asked, status, sent, told):
    """RFC 9110, chapter 14; several parts at once are answered by the whole."""
    made = shelves.attachment("Talk", content=b"abcdefghij", format="mp4", kind="video", transcript="<p>Hm.</p>")
    builders.published("Story", attachments=[made.pk])
    answer = client.get(f"/files/attachments/{made.pk}/talk.mp4", headers={"range": asked})
    assert (answer.status_code, body(answer), answer.get("Content-Range")) == (status, sent, told)


def test_a_part_of_what_has_changed_is_the_whole(client, document):
    """If-Range names the version that the asker holds a part of."""
    address = f"/files/attachments/{document.pk}/the-method.pdf"
    first = client.get(address)
    body(first)
    kept = client.get(address, headers={"range": "bytes=0-3", "if-range": first["ETag"]})
    assert (kept.status_code, body(kept)) == (206, b"%PDF")
    assert body(client.get(address, headers={"range": "bytes=0-3", "if-range": '"other"'})) == shelves.PDF
