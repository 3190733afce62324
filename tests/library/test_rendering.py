"""Crops around the focal point, pixel by pixel; colours, turns, transparency; nothing but pixels in what is served."""

import io
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms, ImageDraw

from library import making
from library.models import Image
from library.opening import opened
from library.places import files_in, folder_of, paths_of, rendition_path
from library.rendering import crop_box, source
from library.slots import CROPS, LARGEST
from tests.library.drawn import GREEN, RED, canvas, disc, encoded, stored


def made(image: Image, crop: str, width: int, form: str = "jpg") -> Pillow.Image:
    """Return a rendition that was made."""
    with default_storage.open(rendition_path(image.pk, crop, width, form)) as file:
        return Pillow.open(io.BytesIO(file.read())).convert("RGB")


def near(pixel: Any, colour: tuple[int, int, int], *, by: int = 24) -> bool:
    """Say whether a pixel has a colour, as far as a codec keeps it."""
    return all(abs(got - wanted) <= by for got, wanted in zip(pixel, colour, strict=True))


def middle_of_red(image: Pillow.Image) -> tuple[float, float] | None:
    """Return where the red disc is, in thousandths of width and height."""
    red = image.split()[0].point(lambda value: 255 if value > 120 else 0)
    box = red.getbbox()
    return box and ((box[0] + box[2]) / 2 / image.width * 1000, (box[1] + box[3]) / 2 / image.height * 1000)


def read(content: bytes, **options: Any) -> Pillow.Image:
    """Return the picture of a file at its own size, as renditions show it."""
    file = ContentFile(content)
    with source(file, opened(file).format, **options) as pixels:
        return pixels.rendition((0, 0, *pixels.size), pixels.size)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("focal", "crop", "width", "expected"),
    [
        ((500, 500), "1x1", 480, (500, 500)),
        ((300, 500), "1x1", 480, (400, 500)),  # as central as the left edge lets it be
        ((100, 500), "1x1", 480, (133, 500)),
        ((900, 500), "1x1", 480, (867, 500)),
        ((500, 120), "16x9", 640, (500, 160)),
        ((500, 880), "16x9", 640, (500, 840)),
        ((500, 120), "whole", 640, (500, 120)),
    ],
)
def test_a_crop_keeps_its_focal_point_as_central_as_can_be(focal, crop, width, expected):
    """A red disc stands at the focal point; where it is in each format shows what was cut off."""
    image = stored(encoded(disc((800, 600), focal)), focal_x=focal[0], focal_y=focal[1])
    making.make(image)
    for form in ("avif", "webp", "jpg"):
        assert middle_of_red(made(image, crop, width, form)) == pytest.approx(expected, abs=6), form


@given(
    size=st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
    ratio=st.fractions(Fraction(1, 9), Fraction(9), max_denominator=100),
    focal=st.tuples(st.integers(0, 1000), st.integers(0, 1000)),
)
def test_a_crop_is_inside_has_its_proportions_and_holds_the_focal_point(size, ratio, focal):
    """And it touches two edges: no larger one would fit."""
    left, top, right, bottom = crop_box(size, ratio, focal)
    assert -1e-6 <= left <= right <= size[0] + 1e-6
    assert -1e-6 <= top <= bottom <= size[1] + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(float(ratio), rel=1e-6)
    assert left - 1e-6 <= size[0] * focal[0] / 1000 <= right + 1e-6
    assert top - 1e-6 <= size[1] * focal[1] / 1000 <= bottom + 1e-6
    assert right - left == pytest.approx(size[0]) or bottom - top == pytest.approx(size[1])


TURNED = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}


@pytest.mark.django_db
@pytest.mark.parametrize("orientation", TURNED)
def test_a_picture_is_shown_as_the_camera_was_held(orientation):
    """A disc at the upper left, and a crop around it, whichever of the eight ways the file has it."""
    upright = disc((800, 600), (200, 250))
    turn = TURNED[orientation]
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    lying = upright.transpose(turn) if turn is not None else upright
    image = stored(encoded(lying, "JPEG", exif=exif), focal_x=200, focal_y=250)
    making.make(image)
    assert (image.width, image.height) == (800, 600)
    assert middle_of_red(made(image, "whole", 640)) == pytest.approx((200, 250), abs=5)
    assert middle_of_red(made(image, "1x1", 480)) == pytest.approx((267, 250), abs=5)


def sixteen_bits() -> bytes:
    """Return a grey PNG of 16 bits, from black at the left to white at the right."""
    image = Pillow.new("I;16", (256, 16))
    image.frombytes(b"".join((value * 257).to_bytes(2, "little") for value in range(256)) * 16)
    return encoded(image, "PNG")


@pytest.mark.parametrize("read_for", [{}, {"quick_for": 10}])
def test_sixteen_bits_become_eight(read_for):
    """The same brightness, no clipping."""
    image = read(sixteen_bits(), **read_for)
    assert [image.getpixel((at, 8))[0] for at in (0, 64, 128, 255)] == pytest.approx([0, 64, 128, 255], abs=1)


def test_inks_become_light():
    """CMYK, as printers write it."""
    for form in ("JPEG", "TIFF"):
        image = read(encoded(canvas((240, 160), "CMYK", (0, 255, 255, 0)), form))
        assert image.mode == "RGB"
        assert near(image.getpixel((30, 20)), (254, 0, 0))


def test_colours_of_a_profile_become_those_of_the_screen():
    """The profile swaps red and blue: whoever ignores it shows the wrong one."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, blue = profile.index(b"rXYZ") + 4, profile.index(b"bXYZ") + 4
    swapped = bytearray(profile)
    swapped[red : red + 8], swapped[blue : blue + 8] = profile[blue : blue + 8], profile[red : red + 8]
    image = read(encoded(canvas((240, 160), colour=(255, 0, 0)), "PNG", icc_profile=bytes(swapped)))
    assert near(image.getpixel((30, 20)), (0, 0, 255))


def test_a_broken_profile_is_ignored():
    """The colours are then the screen's."""
    image = read(encoded(canvas((240, 160), colour=RED), "PNG", icc_profile=b"nonsense"))
    assert near(image.getpixel((30, 20)), RED)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P"])
def test_what_is_transparent_becomes_white(mode):
    """Left half: grey; right half: nothing."""
    drawing = Pillow.new("RGBA", (60, 40), (90, 90, 90, 255))
    ImageDraw.Draw(drawing).rectangle((30, 0, 60, 40), fill=(0, 0, 0, 0))
    form = "TIFF" if mode == "PA" else "PNG"
    image = read(encoded(drawing.convert("LA" if mode == "PA" else mode), form))
    assert near(image.getpixel((10, 20)), (90, 90, 90))
    assert near(image.getpixel((50, 20)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "LA"])
def test_what_is_too_large_to_be_held_is_halved_and_looks_the_same(mode):
    """Fifteen megapixels and more, in bands."""
    drawing = disc((4800, 3200), (700, 300), radius=300)
    drawing = drawing.split()[0].convert(mode) if mode == "LA" else drawing.convert(mode)
    image = read(encoded(drawing, "PNG"))
    assert image.size == (2400, 1600)
    assert middle_of_red(image) == pytest.approx((700, 300), abs=2)


@pytest.mark.django_db
def test_every_rendition_has_the_size_that_pages_are_told():
    """And all are there, no more."""
    image = stored(encoded(canvas((1000, 670))))
    making.make(image)
    size = (image.width, image.height)
    assert {f"{folder_of(image.pk)}/{name}" for name in files_in(folder_of(image.pk))} == set(paths_of(image.pk, size))
    for crop in CROPS.values():
        for width in crop.widths_for(size):
            assert made(image, crop.name, width, crop.formats[0]).size == crop.size_at(width, size)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [(200, 48), (48, 900), (4000, 60), (900, 20000)])
def test_odd_shapes_have_renditions_too(size):
    """A pixel, a hair, a strip, a scroll."""
    image = stored(encoded(canvas(size), "PNG"))
    making.make(image)
    assert set(files_in(folder_of(image.pk))) == {path.split("/")[-1] for path in paths_of(image.pk, size)}
    largest = made(image, "whole", CROPS["whole"].widths_for(size)[-1])
    assert largest.width * largest.height <= LARGEST + 4000


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_nothing_that_is_served_carries_more_than_pixels(form):
    """Neither place nor name, in whatever way they came in; the bytes of each file are searched."""
    exif = Pillow.Exif()
    exif[0x013B] = "SECRETNAME"
    exif[0x010E] = "SECRETNAME"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0)})
    options: dict[str, Any] = {"exif": exif}
    if form != "TIFF":
        options["xmp"] = b"<x:xmpmeta>SECRETNAME</x:xmpmeta>"
    options["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if form == "JPEG":
        options["comment"] = b"SECRETNAME"
    content = encoded(canvas((330, 250)), form, **options)
    assert b"SECRETNAME" in content
    image = stored(content)
    making.make(image)
    for name in files_in(folder_of(image.pk)):
        served = default_storage.open(f"{folder_of(image.pk)}/{name}").read()
        assert b"SECRETNAME" not in served, name
        picture = Pillow.open(io.BytesIO(served))
        assert not picture.getexif(), name
        assert set(picture.info) & {"exif", "xmp", "icc_profile", "comment", "photoshop"} == set(), name


def test_the_ground_stays_green():
    """The tests' own colours survive the formats."""
    assert near(read(encoded(canvas((240, 160)))).getpixel((9, 9)), GREEN)
