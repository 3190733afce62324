"""Uploads: by a script file by file, and without one all at once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags
from PIL import Image as Pixels

from library.models import Image
from tests import builders
from tests.library.admin.desk import UPLOAD, picture

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
CREDIT = {"credit": "OSCE/Maria Berg"}


def test_a_script_is_told_what_became_of_its_file(desk, writer):
    """With what the form of an item shows of it."""
    austria = builders.country("Austria")
    said = CREDIT | {"place": "Vienna", "country": austria.pk, "taken_on": "2025-06-01"}
    answer = desk.post(UPLOAD, said | {"files": picture("hall.jpg")}, **JSON)
    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json()["outcome"] == "stored"
    assert answer.json()["image"]["id"] == image.pk
    assert answer.json()["image"]["described"] is False
    assert (image.name, image.credit, image.place, image.country) == ("hall.jpg", "OSCE/Maria Berg", "Vienna", austria)
    assert (str(image.taken_on), image.uploaded_by) == ("2025-06-01", writer)


def test_the_same_file_twice_is_offered_as_the_one_there(desk):
    """Under whatever name it comes."""
    desk.post(UPLOAD, CREDIT | {"files": picture("hall.jpg")}, **JSON)
    answer = desk.post(UPLOAD, CREDIT | {"files": picture("again.jpg")}, **JSON)
    assert (answer.status_code, answer.json()["outcome"]) == (200, "there")
    assert (answer.json()["image"]["name"], answer.json()["note"]) == ("hall.jpg", "")
    other = desk.post(UPLOAD, {"credit": "OSCE/Ana Lo", "files": picture("again.jpg")}, **JSON)
    assert "It keeps its credit, “OSCE/Maria Berg”" in other.json()["note"]
    assert Image.objects.get().credit == "OSCE/Maria Berg"


@pytest.mark.parametrize("content", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_refused_with_the_reason(desk, content):
    """Nothing of it is kept."""
    file = SimpleUploadedFile("hall.jpg", content)
    answer = desk.post(UPLOAD, CREDIT | {"files": file}, **JSON)
    assert (answer.status_code, answer.json()["outcome"], answer.json()["image"]) == (422, "refused", None)
    assert answer.json()["problem"]
    assert not Image.objects.exists()


def test_a_script_is_told_what_is_wrong_with_the_form(desk):
    """No file, or a day that is none."""
    assert "This is no date" in desk.post(UPLOAD, {"files": picture(), "taken_on": "x"}, **JSON).json()["problem"]
    assert "Choose the files" in desk.post(UPLOAD, CREDIT, **JSON).json()["problem"]
    assert not Image.objects.exists()


def test_the_credit_is_taken_from_the_file_where_nobody_types_one(desk):
    """Said beside it; a file that does not know it is refused with the way out, and taken with a credit."""
    kept, exif = io.BytesIO(), Pixels.Exif()
    exif[ExifTags.Base.Artist] = "Ana Lo"
    Pixels.new("RGB", (300, 200)).save(kept, "JPEG", exif=exif)
    signed = SimpleUploadedFile("signed.jpg", kept.getvalue())
    assert "Ana Lo" in desk.post(UPLOAD, {"credit": "", "files": signed}, **JSON).json()["note"]
    refused = desk.post(UPLOAD, {"credit": " ", "files": picture()}, **JSON)
    assert (refused.status_code, refused.json()["lacks_credit"]) == (422, True)
    assert "does not say who made the picture" in refused.json()["problem"]
    assert [image.credit for image in Image.objects.all()] == ["Ana Lo"]
    assert desk.post(UPLOAD, CREDIT | {"files": picture()}, **JSON).status_code == 201


def test_the_page_says_what_is_taken(desk):
    """Kinds, bytes and pixels, as whoever opens a file will judge them."""
    text = desk.get(UPLOAD).content.decode()
    assert "60 MB for each file." in text
    assert "JPEG 89, GIF 60, PNG 24" in text


def test_without_scripts_all_files_come_at_once_and_are_told_of_one_by_one(desk):
    """A good one, the same again, and one that is none; the good ones lead to the page that describes them."""
    files = [picture("one.jpg"), picture("two.jpg"), SimpleUploadedFile("bad.jpg", b"no picture")]
    answer = desk.post(UPLOAD, CREDIT | {"files": files})
    outcomes = [(outcome.name, outcome.what) for outcome in answer.context_data["outcomes"]]
    assert outcomes == [("one.jpg", "stored"), ("two.jpg", "there"), ("bad.jpg", "refused")]
    text = answer.content.decode()
    assert f"/admin/library/image/describe/?image={Image.objects.get().pk}" in text
    assert "This file is in the library already:" in text


def test_more_than_fifty_files_are_refused_whole(desk):
    """Said at the field."""
    files = [picture(f"{number}.jpg", number=number) for number in range(51)]
    answer = desk.post(UPLOAD, CREDIT | {"files": files})
    assert "These are 51 files, and 50 is the most" in str(answer.context_data["form"].errors["files"])
    assert not Image.objects.exists()


def test_fifty_files_are_taken_in_without_scripts(desk):
    """All of them in one form."""
    files = [picture(f"{number}.jpg", number=number) for number in range(50)]
    answer = desk.post(UPLOAD, CREDIT | {"files": files})
    assert len(answer.context_data["outcomes"]) == Image.objects.count() == 50
