"""Making the renditions of an image: every crop, width and format, written to the storage."""

import hashlib
import logging
from collections.abc import Iterator
from math import isqrt

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from library.anatomy import ConfusedError, CutOffError
from library.models import Image
from library.opening import ImageRefusedError
from library.places import put, quick_path, rendition_path
from library.rendering import QUALITIES, Source, crop_box, encode, source
from library.slots import CROPS, LARGEST, Crop

log = logging.getLogger(__name__)

QUICK_WIDTH = 1280  # pixels, of what is made at the upload
# What all renditions depend on besides their image; raise the number where the code makes other pixels of the same.
_VERSION = hashlib.sha256(repr((1, sorted(CROPS.items()), QUALITIES)).encode()).hexdigest()[:16]


def recipe(focal: tuple[int, int]) -> str:
    """Return by what renditions of an image with that focal point are made now, at most 64 letters."""
    return f"{_VERSION} {focal[0]} {focal[1]}"


def recipe_of(image: Image) -> str:
    """Return by what the renditions of an image are made now."""
    return recipe((image.focal_x, image.focal_y))


def stale(images: QuerySet[Image]) -> Iterator[int]:
    """Yield the numbers of those images that lack renditions, or have older ones than are made now."""
    rows = images.order_by("pk").values_list("pk", "focal_x", "focal_y", "rendered_by")
    return (pk for pk, across, down, made in rows.iterator() if made != recipe((across, down)))


def make(image: Image) -> None:
    """Write all renditions of an image, and say so in its row; what goes wrong is said there too, and raised.

    If its focal point is moved meanwhile, they are made again.
    """
    made = ""
    while made != recipe_of(image):
        made = recipe_of(image)
        try:
            _write(image)
        except Exception as error:
            log.warning("No renditions of image %s: %r", image.pk, error)
            Image.objects.filter(pk=image.pk).update(problem=_problem(error)[:300])
            raise
        image.refresh_from_db(fields=["focal_x", "focal_y"])
    Image.objects.filter(pk=image.pk).update(rendered_by=made, problem="")


def quick_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size of the quick JPEG of an image."""
    width = max(1, min(QUICK_WIDTH, size[0], isqrt(LARGEST * size[0] // size[1])))
    return width, max(1, round(width * size[1] / size[0]))


def _write(image: Image) -> None:
    size = (image.width, image.height)
    with default_storage.open(str(image.file.name)) as file, source(file, image.format) as pixels:
        if not default_storage.exists(quick_path(image.pk)):
            put(quick_path(image.pk), encode(pixels.rendition((0, 0, *pixels.size), quick_size(size)), "jpg"))
        for crop in CROPS.values():
            for width in crop.widths_for(size):
                _write_one(image, pixels, crop, width)


def _write_one(image: Image, pixels: Source, crop: Crop, width: int) -> None:
    """Write a crop at one width, in all its formats."""
    box = crop_box(pixels.size, crop.ratio, (image.focal_x, image.focal_y))
    rendition = pixels.rendition(box, crop.size_at(width, (image.width, image.height)))
    for form in crop.formats:
        put(rendition_path(image.pk, crop.name, width, form), encode(rendition, form))


def _problem(error: Exception) -> str:
    """Return what an editor reads, in the language of whoever reads first; English in a worker."""
    if isinstance(error, ImageRefusedError):
        return str(error.message)
    if isinstance(error, FileNotFoundError):
        return _("The original is missing from the storage.")
    if isinstance(error, CutOffError | ConfusedError):
        return _("The original in the storage is damaged.")
    return _("The storage refused: %(error)s") % {"error": error}
