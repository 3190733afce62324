"""Renditions are made once, anew when the focal point moves, and what goes wrong is said in the row."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from library import making
from library.admin.describing_page import render_anew
from library.anatomy import CutOffError
from library.models import Image
from library.tasks import AT_LEISURE, make_card, make_renditions_of
from tests.library.drawn import canvas, disc, encoded, jpeg, stored
from tests.library.test_rendering import made, middle_of_red


@pytest.mark.django_db
def test_renditions_are_made_once_and_anew_when_the_focal_point_moves():
    """By what they were made stands in the row."""
    image = stored(encoded(disc((800, 600), (250, 500))))
    make_renditions_of.call(image.pk)
    image.refresh_from_db()
    assert image.rendered_by == making.recipe_of(image)
    assert middle_of_red(made(image, "1x1", 480)) == pytest.approx((167, 500), abs=6)
    Image.objects.filter(pk=image.pk).update(focal_x=250)
    make_renditions_of.call(image.pk)
    assert middle_of_red(made(image, "1x1", 480)) == pytest.approx((333, 500), abs=6)


@pytest.mark.django_db
def test_a_focal_point_that_moves_meanwhile_is_not_lost(monkeypatch):
    """Whoever made the renditions looks again, and makes them anew."""
    image = stored(encoded(disc((800, 600), (250, 500))))
    write = making._write  # noqa: SLF001 - the moment between
    calls: list[int] = []

    def moved(one: Image) -> None:
        write(one)
        calls.append(one.focal_x)
        Image.objects.filter(pk=one.pk).update(focal_x=250)

    monkeypatch.setattr(making, "_write", moved)
    making.make(image)
    assert calls == [500, 250]
    image.refresh_from_db()
    assert image.rendered_by == making.recipe((250, 500))
    assert middle_of_red(made(image, "1x1", 480)) == pytest.approx((333, 500), abs=6)


@pytest.mark.django_db
def test_what_goes_wrong_stands_in_the_row_until_it_is_mended():
    """For the editor who looks at the image."""
    content = encoded(canvas())
    image = stored(content)
    default_storage.delete(image.file.name)
    with pytest.raises(FileNotFoundError):
        making.make(image)
    image.refresh_from_db()
    assert (image.problem, image.rendered_by) == ("The original is missing from the storage.", "")
    default_storage.save(image.file.name, ContentFile(content[:-40]))
    with pytest.raises(CutOffError):
        making.make(image)
    image.refresh_from_db()
    assert image.problem == "The original in the storage is damaged."
    default_storage.delete(image.file.name)
    default_storage.save(image.file.name, ContentFile(content))
    making.make(image)
    image.refresh_from_db()
    assert image.problem == ""


@pytest.mark.django_db
def test_an_image_that_was_deleted_meanwhile_needs_no_renditions():
    """The task comes to nothing, without an error."""
    make_renditions_of.call(12345)


def test_a_recipe_fits_its_column():
    """Whatever the focal point."""
    assert len(making.recipe((1000, 1000))) <= Image._meta.get_field("rendered_by").max_length


@pytest.mark.django_db
def test_a_full_disk_is_not_blamed_on_the_picture(monkeypatch):
    """The row names the storage's own reason, and the next try goes on from there."""
    image = stored(encoded(canvas((270, 180))))

    def refuse(_path: str, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(making, "put", refuse)
        with pytest.raises(OSError, match="No space left"):
            making.make(image)
    image.refresh_from_db()
    assert "No space left on device" in image.problem
    making.make(image)
    image.refresh_from_db()
    assert image.problem == ""


@pytest.mark.django_db
def test_the_worker_does_first_what_somebody_waits_for(settings, django_capture_on_commit_callbacks):
    """A card of an approved item, a moved focal point, an upload, and then what the last release left to do."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        image = stored(jpeg((270, 180)))
        make_renditions_of.using(priority=AT_LEISURE).enqueue(image.pk)
        render_anew(image)
    make_card.enqueue(1, "Title", "", None, "en")
    waiting = DBTaskResult.objects.ready().values_list("task_path", "priority")
    assert [(path.rpartition(".")[2], priority) for path, priority in waiting] == [
        ("make_card", 50), ("make_renditions_of", 10), ("make_renditions_of", 0), ("make_renditions_of", -10)
    ]  # fmt: skip
