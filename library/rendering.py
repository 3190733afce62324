"""Pixels: reading a picture in the memory there is, cropping it around its focal point, and encoding the result.

What comes out is upright, in sRGB with 8 bits, without transparency, and carries nothing but pixels: no EXIF, no GPS,
no profile, no comment. A picture is kept as it was decoded (with its own colours, lying on its side if the camera did)
and only the small crops are turned and converted: a copy of the whole would take as much memory again.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from PIL import Image

from library.anatomy import extent_of
from library.apart import decoded_apart
from library.opaque import PLAIN_MODES, bands
from library.opening import LYING, PLUGINS, bytes_of, header, orientation_of, readable
from library.room import APART, BYTES_OF_PIXEL, HELD, SCALES, expect_room, give_back, room, scale_of

if TYPE_CHECKING:
    from PIL import ImageCms

type Box = tuple[float, float, float, float]

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Chosen by benchmarks/pictures.py: a photograph of 1280 px in at most 120 KB of AVIF, with SSIM 0.95 or more.
QUALITIES: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 6, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 82, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}


@dataclass(slots=True, kw_only=True)
class Source:
    """A picture that is decoded, as long as its file is open.

    Attributes:
        pixels: in their own mode, as they lie in the file; perhaps smaller than it.
        orientation: as EXIF counts.
        conversion: to sRGB, where the picture has colours of another kind.
    """

    pixels: Image.Image
    orientation: int
    conversion: "ImageCms.ImageCmsTransform | None"

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height upright."""
        size = self.pixels.size
        return size if self.orientation < LYING else (size[1], size[0])

    def rendition(self, box: Box, size: tuple[int, int]) -> Image.Image:
        """Return a part of the upright picture, scaled to a size, in sRGB."""
        lying = self.orientation >= LYING
        small = self.pixels.resize(
            size[::-1] if lying else size,
            Image.Resampling.LANCZOS,
            box=lying_box(box, self.size, self.orientation),
            reducing_gap=3.0,
        )
        small = self._in_srgb(small)
        return small.transpose(TURNS[self.orientation]) if self.orientation in TURNS else small

    def _in_srgb(self, small: Image.Image) -> Image.Image:
        converted = self.conversion.apply(small) if self.conversion else small
        plain: Image.Image = converted.convert("RGB")
        plain.info.clear()
        return plain


@contextmanager
def source(file: File, found: str, *, quick_for: int = 0) -> Iterator[Source]:
    """Decode a picture, one at a time in a process. Raises ImageRefusedError.

    Args:
        file: where it is read.
        found: its format.
        quick_for: a width that is enough: a JPEG is decoded no larger than needed for it.
    """
    with bytes_of(file) as data:
        scans = extent_of(data, found).scans
    with room():
        with readable():
            decoded = _decoded(file, found, scans=scans, quick_for=quick_for)
        try:
            yield decoded
        finally:
            del decoded.pixels  # who still knows it holds nothing when the next picture comes
            give_back()


def crop_box(size: tuple[int, int], ratio: Fraction | None, focal: tuple[int, int]) -> Box:
    """Return the largest part of a size that has the ratio, with the focal point (thousandths) as central as can be."""
    width, height = size
    if ratio is None:
        return (0, 0, width, height)
    part_width, part_height = min(width, float(height * ratio)), min(height, float(width / ratio))
    left = min(max(width * focal[0] / 1000 - part_width / 2, 0), width - part_width)
    top = min(max(height * focal[1] / 1000 - part_height / 2, 0), height - part_height)
    return (left, top, left + part_width, top + part_height)


def lying_box(box: Box, size: tuple[int, int], orientation: int) -> Box:
    """Return where a part of an upright picture of a size stands in the picture as its file has it."""
    corners = [_lying_point(point, size, orientation) for point in (box[:2], box[2:])]
    across, down = zip(*corners, strict=True)
    return (min(across), min(down), max(across), max(down))


def encode(image: Image.Image, form: str, *, quality: int | None = None) -> bytes:
    """Return the file of a rendition, in one of slots.FORMATS."""
    options = QUALITIES[form] | ({"quality": quality} if quality else {})
    written = io.BytesIO()
    image.save(written, **options)
    return written.getvalue()


def mean_colour(image: Image.Image) -> str:
    """Return the mean of all pixels, as #rrggbb."""
    red, green, blue = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def _decoded(file: File, found: str, *, scans: int, quick_for: int) -> Source:
    picture = header(file, found)
    expect_room(picture, found, scans=scans)
    orientation, profile = orientation_of(file, picture, found), picture.info.get("icc_profile")
    pixels = _decoded_apart(file, found, picture.size) if found in APART else None
    if found == "jpg":
        picture.draft(None, _smaller(picture, _scale(picture, scans, quick_for)))
    if pixels is None:
        picture.load()
        pixels = _plain(picture)
    return Source(pixels=pixels, orientation=orientation, conversion=_conversion(profile, picture.mode))


def _decoded_apart(file: File, found: str, size: tuple[int, int]) -> Image.Image:
    with bytes_of(file) as data:
        return decoded_apart(data, PLUGINS[found], size)


def _lying_point(point: Any, size: tuple[int, int], orientation: int) -> tuple[float, float]:
    (across, down), (width, height) = point, size
    if orientation in {2, 3, 6, 7}:
        across = width - across
    if orientation in {3, 4, 7, 8}:
        down = height - down
    return (down, across) if orientation >= LYING else (across, down)


def _scale(picture: Image.Image, scans: int, quick_for: int) -> int:
    """Return by what a JPEG is made smaller: as little as the memory allows, or as much as a quick look may."""
    if quick_for:
        return max(scale for scale in SCALES if scale == 1 or min(picture.size) // scale >= quick_for)
    return scale_of(picture, scans)


def _smaller(picture: Image.Image, scale: int) -> tuple[int, int]:
    return picture.width // scale or 1, picture.height // scale or 1


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture in a mode that can be scaled as it is, at a half where all of it would hold too much."""
    pixels = picture.width * picture.height
    if picture.mode in PLAIN_MODES and pixels * BYTES_OF_PIXEL.get(picture.mode, 4) <= HELD:
        return picture
    factor = 1 if pixels * 4 <= HELD else 2
    plain = picture.mode if picture.mode in PLAIN_MODES else "RGB"
    made = Image.new(plain, (-(-picture.width // factor), -(-picture.height // factor)))
    for top, band in bands(picture):
        made.paste(band.reduce(factor), (0, top // factor))
    return made


def _conversion(profile: bytes | None, mode: str) -> "ImageCms.ImageCmsTransform | None":
    """Return the way to sRGB, or nothing where there is no profile, or one that is broken or of other colours."""
    if not profile:
        return None
    from PIL import ImageCms  # noqa: PLC0415 - megabytes, which only profiles need

    colours = mode if mode in PLAIN_MODES else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(given, ImageCms.createProfile("sRGB"), colours, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
