"""Taking uploads in: whole or not at all, once, with what EXIF offers; and letting them go."""

import datetime
import errno
import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import DatabaseError
from PIL import Image as Pillow

from library import keeping, places
from library.keeping import DuplicateError, NotStoredError, let_go, take_in
from library.models import Image
from library.opening import ImageRefusedError
from tests.library.drawn import canvas, disc, encoded, jpeg, stored, upload


def all_files(media: Any) -> list[str]:
    """Return every file that the storage has, half ones included."""
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def photograph() -> bytes:
    """Return a picture with all that a camera writes into it."""
    exif = Pillow.Exif()
    exif[0x013B] = "Maria Berg\0"
    exif[0x0132] = "2024:05:01 10:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2024:04:30 23:59:59"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.5), 3: "E", 4: (16.0, 22.0, 19.5)})
    return encoded(canvas((400, 300)), "JPEG", exif=exif)


@pytest.mark.django_db
def test_an_upload_is_kept_untouched_and_can_be_used_at_once(media):
    """Its bytes, what they are, and a JPEG that pages can show."""
    content = jpeg((1600, 1200))
    image = stored(content, name="../IMG 1.jpg")
    assert (image.name, image.format, image.width, image.height, image.size) == (
        "IMG 1.jpg",
        "jpg",
        1600,
        1200,
        len(content),
    )
    assert image.colour == "#1f8c3d"
    assert default_storage.open(image.file.name).read() == content
    with default_storage.open(keeping.quick_path(image.pk)) as quick:
        assert Pillow.open(quick).size == (1280, 960)
    assert all_files(media) == [image.file.name, f"renditions/{image.pk}/quick.jpg"]


@pytest.mark.django_db
def test_a_wrong_ending_is_not_believed():
    """The file is named by its bytes; what it was called stays, for whoever looks for it."""
    image = stored(encoded(canvas((240, 160)), "PNG"), name="holiday.jpg")
    assert (image.format, image.name) == ("png", "holiday.jpg")
    assert image.file.name.endswith(".png")


@pytest.mark.django_db
def test_the_worker_is_asked_once_the_row_is_certain(django_capture_on_commit_callbacks, monkeypatch):
    """And for that image."""
    asked: list[int] = []
    monkeypatch.setattr("library.keeping.make_renditions_of", type("Task", (), {"enqueue": asked.append}))
    with django_capture_on_commit_callbacks(execute=True):
        image = stored()
        assert asked == []
    assert asked == [image.pk]


@pytest.mark.django_db
def test_the_same_bytes_are_offered_as_the_image_that_is_there(media):
    """Under whatever name they come."""
    image = stored(jpeg(), name="one.jpg")
    with pytest.raises(DuplicateError) as raised:
        stored(jpeg(), name="two.png")
    assert raised.value.image == image
    assert len(all_files(media)) == 2


@pytest.mark.django_db
def test_exif_fills_in_what_the_editor_left_empty():
    """Place, day and credit."""
    image = take_in(ContentFile(photograph()), name="a.jpg", credit="", by=None)
    assert (image.place, image.taken_on, image.credit) == (
        "48.20847, 16.37208",
        datetime.date(2024, 4, 30),
        "Maria Berg",
    )


@pytest.mark.django_db
def test_what_the_editor_says_goes_before_exif():
    """The camera's clock may be wrong."""
    day = datetime.date(2023, 1, 2)
    image = take_in(ContentFile(photograph()), name="a.jpg", credit="OSCE", by=None, place="Vienna", taken_on=day)
    assert (image.place, image.taken_on, image.credit) == ("Vienna", day, "OSCE")


@pytest.mark.django_db
def test_without_a_credit_nothing_is_kept(media):
    """Neither the editor nor the camera says who made it."""
    with pytest.raises(ImageRefusedError, match="credit"):
        take_in(ContentFile(jpeg()), name="a.jpg", credit="  ", by=None)
    assert all_files(media) == []


def full_disk(monkeypatch: Any, *, from_file: int) -> None:
    """Let the disk be full from the nth file on, after some bytes of it."""
    written: list[int] = []

    def write(number: int) -> None:
        written.append(number)
        if len(written) >= from_file:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("library.whole_files.os.fsync", write)


@pytest.mark.django_db
@pytest.mark.parametrize("from_file", [1, 2], ids=["the original", "the quick JPEG"])
def test_a_full_disk_leaves_neither_row_nor_file(media, monkeypatch, from_file):
    """And says so."""
    full_disk(monkeypatch, from_file=from_file)
    with pytest.raises(NotStoredError, match="No space left on device"):
        stored()
    assert all_files(media) == []
    assert not Image.objects.exists()


@pytest.mark.django_db
def test_a_database_that_refuses_leaves_no_file(media, monkeypatch):
    """The row comes after the file."""

    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(Image, "save", refuse)
    with pytest.raises(DatabaseError):
        stored()
    assert all_files(media) == []


@pytest.mark.django_db
def test_of_two_requests_with_the_same_file_the_slower_one_harms_nothing(media, monkeypatch):
    """Both looked before either wrote."""
    first = stored(jpeg())
    looked: list[str] = []
    look = keeping.refuse_duplicate
    monkeypatch.setattr(
        keeping, "refuse_duplicate", lambda checksum: looked.append(checksum) if not looked else look(checksum)
    )
    with pytest.raises(DuplicateError):
        stored(jpeg())
    assert default_storage.exists(first.file.name)
    assert len(all_files(media)) == 2


@pytest.mark.django_db
def test_a_storage_of_another_kind_failing_is_told_too(monkeypatch):
    """Object storages raise errors of their own."""

    def refuse(_path: str, _content: Any) -> None:
        raise RuntimeError("AccessDenied")

    monkeypatch.setattr(keeping, "put", refuse)
    with pytest.raises(NotStoredError, match="RuntimeError"):
        stored()


@pytest.mark.django_db
def test_a_large_upload_is_read_where_it_lies_and_stays_there():
    """Django keeps uploads of more than 2.5 MB as files of its own, and takes them away itself."""
    content = encoded(canvas((600, 400)), "PNG")
    file = TemporaryUploadedFile("a.png", "image/png", len(content), None)
    file.write(content)
    file.seek(0)
    image = take_in(file, name="a.png", credit="OSCE", by=None)
    assert default_storage.open(image.file.name).read() == content
    file.close()


@pytest.mark.django_db
def test_what_is_let_go_leaves_nothing(media, django_capture_on_commit_callbacks):
    """Row, original and all that was made of it."""
    image, other = stored(), stored(jpeg((270, 180)))
    places.put(places.rendition_path(image.pk, "3x2", 640, "avif"), b"made")
    with django_capture_on_commit_callbacks(execute=True):
        let_go(image)
    assert list(Image.objects.all()) == [other]
    assert all_files(media) == [other.file.name, keeping.quick_path(other.pk)]


def test_a_file_is_seen_whole_or_not_at_all(media):
    """While it is written, the one before it answers."""
    places.put("a/b.txt", b"before")

    class Slow(ContentFile):
        def chunks(self, _size: int | None = None) -> Any:
            yield b"after"
            assert default_storage.open("a/b.txt").read() == b"before"
            yield b" that"

    default_storage.save("a/b.txt", Slow(b"after that"))
    assert default_storage.open("a/b.txt").read() == b"after that"
    assert all_files(media) == ["a/b.txt"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "options"),
    [("JPEG", {}), ("GIF", {"save_all": True}), ("WEBP", {"save_all": True}), ("PNG", {"save_all": True})],
)
def test_of_a_film_the_first_frame_is_the_picture(form, options):
    """An animated GIF, WebP or PNG stands still here."""
    frames = {"append_images": [canvas((200, 100), colour=(0, 0, 255))]} if options else {}
    image = stored(encoded(disc((200, 100), (500, 500), radius=30), form, **options, **frames))
    with default_storage.open(keeping.quick_path(image.pk)) as quick:
        red, green, blue = Pillow.open(io.BytesIO(quick.read())).getpixel((100, 50))
    assert red > 150
    assert green < 90
    assert blue < 90


@pytest.mark.django_db
def test_a_form_s_file_is_taken_as_it_comes():
    """As Django's request hands it over."""
    assert take_in(upload(jpeg()), name="a.jpg", credit="OSCE", by=None).pk


@pytest.mark.django_db
@pytest.mark.parametrize("size", [(1, 1), (199, 199), (900, 47)])
def test_a_picture_too_small_for_any_place_is_refused(size):
    """With its size, and what it needs; nothing of it is kept."""
    with pytest.raises(ImageRefusedError, match=f"{size[0]} × {size[1]} pixels: too few"):
        stored(jpeg(size))
    assert not Image.objects.exists()
