"""The proof that rows and files agree, with a folder and with a bucket, and its mending; renditions by command."""

import datetime
import hashlib
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
from library.places import card_path, files_in, folder_of, put, quick_path, rendition_path
from tests import builders
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
    version.checksum, version.format, version.size = hashlib.sha256(b"%PDF-").hexdigest(), "pdf", 5
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


@pytest.mark.usefixtures("storage")
def test_a_file_that_was_cut_or_changed_is_named():
    """By its length, and by its checksum where it is as long as before; a quick look sees the length alone."""
    image, version = made(), attachment()
    put(str(image.file.name), b"short")
    put(str(version.file.name), b"%PDF_")
    complained = check()[1]
    assert "has 5 bytes instead of" in complained
    assert f"its file {version.file.name} was changed: its checksum is another one. Restore it" in complained
    assert "checksum" not in check("--quick")[1]


@pytest.mark.usefixtures("storage")
def test_broken_renditions_and_cards_are_named_and_made_again(settings):
    """Empty ones also by a quick look, cut ones by reading; readers keep what they have meanwhile."""
    image = builders.described(made(), "Ballots are counted at a long table")
    edition = builders.published("Story", pictures=[image.pk])
    paths = [rendition_path(image.pk, "whole", 270, form) for form in ("jpg", "webp", "avif")]
    paths += [quick_path(image.pk), card_path(edition.pk)]
    put(card_path(edition.pk), jpeg((60, 40)))
    whole = {path: default_storage.open(path).read() for path in paths}
    for path in paths:
        put(path, whole[path][:-9])
    complained = check()[1]
    assert f"Image {image.pk} ({image}): 4 renditions are empty or cut off" in complained
    assert f"{card_path(edition.pk)}: this card is empty or cut off." in complained
    assert check("--quick")[1] == ""
    put(paths[0], b"")
    assert "1 renditions are empty" in check("--quick")[1]
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    check("--fix")
    assert check()[1:] == ("", "")
    assert [default_storage.open(path).read() for path in paths[:4]] == [whole[path] for path in paths[:4]]
    assert not default_storage.exists(card_path(edition.pk)), "the picture stands in"


@pytest.mark.usefixtures("storage")
def test_a_file_without_a_row_is_deleted_once_it_is_older_than_an_hour():
    """Before that it may belong to an upload that goes on; nothing else is touched."""
    image, version = made(), attachment()
    orphans = ["originals/ab/abc.jpg", "renditions/4711/quick.jpg", f"attachments/{version.attachment_id}/old.pdf"]
    orphans += [rendition_path(image.pk, "3x2", 333, "avif"), "cards/4711.jpg", "cards/x.jpg", "stray.txt"]
    orphans += [
        "elsewhere/in/a/folder.txt",
        "renditions/stray.txt",
        f"renditions/{image.pk}/deep/x.jpg",
        "originals/a.jpg",
    ]
    for path in orphans:
        put(path, b"orphan")
    said, complained, end = run("check_files")
    assert (complained, end) == ("", "")
    assert said.startswith("Left out: 11 that are younger than an hour")
    _said, complained, end = check()
    assert sorted(complained.split("\n")[:-1]) == sorted(f"{path}: no row names this file." for path in orphans)
    assert end == "11 faults, 11 of which this mends: manage.py check_files --fix"
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
    default_storage.delete(rendition_path(image.pk, "whole", 270, "avif"))
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
    default_storage.delete(rendition_path(images[2].pk, "whole", 272, "avif"))
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
