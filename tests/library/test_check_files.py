"""The proof that rows and files agree, with a folder and with a bucket, and its mending; renditions by command."""

import datetime
import io
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from library import making
from library.models import Attachment, AttachmentVersion, Image
from library.places import files_in, folder_of, put, quick_path, rendition_path
from tests.library.drawn import jpeg, stored

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(hours=2)


def run(command: str, *arguments: str) -> tuple[str, str, str]:
    """Run a command; return what it says, what it complains of, and how it ends."""
    said, complained, end = io.StringIO(), io.StringIO(), ""
    try:
        call_command(command, *arguments, stdout=said, stderr=complained)
    except CommandError as error:
        end = str(error)
    return said.getvalue(), complained.getvalue(), end


def check(*arguments: str) -> tuple[str, str, str]:
    """Check the files as they stand in two hours: nothing is young then."""
    with time_machine.travel(timezone.now() + LATER, tick=False):
        return run("check_files", *arguments)


def made(content: bytes = b"") -> Image:
    """Return an image with its renditions."""
    image = stored(content or jpeg((270, 180)))
    making.make(image)
    return image


def attachment() -> AttachmentVersion:
    """Return a version of an attachment with its file."""
    version = AttachmentVersion(attachment=Attachment.objects.create(slug="report"), number=1, title="Report")
    version.checksum, version.format, version.size = "a" * 64, "pdf", 5
    version.file.save("report.pdf", ContentFile(b"%PDF-"), save=False)
    version.save()
    return version


@pytest.mark.usefixtures("storage")
def test_where_all_agrees_nothing_is_said():
    """Images with renditions, attachments with files, pages without any."""
    made()
    version = attachment()
    AttachmentVersion.objects.create(attachment=version.attachment, number=2, title="Page", text="<p>A page</p>")
    assert check() == ("Rows and files agree: 1 images, 1 attachments.\n", "", "")


@pytest.mark.usefixtures("storage")
def test_a_row_without_its_file_is_named_and_needs_a_backup():
    """Nothing can make an original again."""
    image, version = made(), attachment()
    default_storage.delete(str(image.file.name))
    default_storage.delete(str(version.file.name))
    for arguments in ([], ["--fix"]):
        _said, complained, end = check(*arguments)
        assert f"Image {image.pk} ({image}): its file {image.file.name} is missing" in complained
        assert f"attachment {version.pk} ({version}): its file {version.file.name} is missing" in complained
        assert end == "2 faults that only a backup mends."


def test_a_file_that_was_cut_is_named():
    """By its length."""
    image = made()
    put(str(image.file.name), b"short")
    assert "has 5 bytes instead of" in check()[1]


@pytest.mark.usefixtures("storage")
def test_a_file_without_a_row_is_deleted_once_it_is_older_than_an_hour():
    """Before that it may belong to an upload that goes on; nothing else is touched."""
    image, version = made(), attachment()
    orphans = ["originals/ab/abc.jpg", "renditions/4711/quick.jpg", f"attachments/{version.attachment_id}/old.pdf"]
    orphans.append(rendition_path(image.pk, "3x2", 333, "avif"))
    for path in orphans:
        put(path, b"orphan")
    assert run("check_files")[1:] == ("", "")
    _said, complained, end = check()
    assert sorted(complained.split("\n")[:-1]) == sorted(f"{path}: no row names this file." for path in orphans)
    assert end == "4 faults, 4 of which this mends: manage.py check_files --fix"
    said, _complained, end = check("--fix")
    assert end == ""
    assert all(f"{path} was deleted." in said for path in orphans)
    assert not any(default_storage.exists(path) for path in orphans)
    assert check()[1:] == ("", "")


def test_what_a_killed_upload_leaves_is_an_orphan(monkeypatch):
    """Killed after the original was written and before the row: nothing undid it."""

    class Killed(BaseException):
        """Nobody catches a kill."""

    def die(*_arguments: Any, **_options: Any) -> None:
        raise Killed

    monkeypatch.setattr(Image, "save", die)
    monkeypatch.setattr("library.keeping._undo", lambda _image: None)
    with pytest.raises(Killed):
        stored()
    assert "no row names this file" in check()[1]
    check("--fix")
    assert check()[0] == "Rows and files agree: 0 images, 0 attachments.\n"


@pytest.mark.usefixtures("storage")
def test_renditions_that_are_missing_are_asked_for(settings):
    """The worker's queue has them, and then they are there again."""
    image = made()
    default_storage.delete(rendition_path(image.pk, "whole", 90, "avif"))
    default_storage.delete(quick_path(image.pk))
    assert f"Image {image.pk} ({image}): 2 renditions are missing." in check()[1]
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    assert "asked to make" in check("--fix")[0]
    assert check()[1:] == ("", "")


def test_an_image_that_waits_for_the_worker_is_no_fault_for_an_hour():
    """After that the worker may be asleep; what went wrong is told with it."""
    image = stored()
    assert run("check_files")[2] == ""
    Image.objects.filter(pk=image.pk).update(problem="The storage refused: full")
    assert "renditions are missing (The storage refused: full)." in check()[1]


def test_make_renditions_fills_what_is_missing_and_no_more():
    """The second run finds nothing to do; a moved focal point is work for the third."""
    images = [stored(jpeg((270 + number, 180))) for number in range(3)]
    assert run("make_renditions")[0] == "Made the renditions of 3 images.\n"
    assert run("make_renditions") == ("All renditions are there.\n", "", "")
    Image.objects.filter(pk=images[1].pk).update(focal_x=100)
    assert run("make_renditions")[0] == "Made the renditions of 1 images.\n"
    assert run("make_renditions", "--all")[0] == "Made the renditions of 3 images.\n"
    assert len(files_in(folder_of(images[0].pk))) > 10


def test_make_renditions_goes_on_after_one_that_fails():
    """It names it and ends with an error."""
    broken, whole = stored(jpeg((270, 180))), stored(jpeg((273, 180)))
    default_storage.delete(str(broken.file.name))
    said, complained, end = run("make_renditions")
    assert said == "Made the renditions of 1 images.\n"
    assert f"Image {broken}: " in complained
    assert end == "1 failed; their names stand above."
    whole.refresh_from_db()
    assert whole.rendered_by


def test_make_renditions_of_some_images_by_number():
    """Whether they need it or not; a number that nobody has is told."""
    one, other = stored(jpeg((270, 180))), stored(jpeg((273, 180)))
    assert run("make_renditions", str(one.pk), str(one.pk))[0] == "Made the renditions of 1 images.\n"
    other.refresh_from_db()
    assert other.rendered_by == ""
    assert run("make_renditions", str(one.pk), "4711")[2] == "No image has the number 4711."
