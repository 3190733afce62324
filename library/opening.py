"""Opening an upload with care: what it is by its bytes, and whether it can be decoded within the memory there is.

Nothing here trusts a name: a PNG called .jpg is a PNG, kept and named as one. What is refused is refused with what is
wrong and what to do. Whatever an accepted file carries besides pixels is never served: readers get renditions only.
"""

import hashlib
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from library.anatomy import Bytes, ConfusedError, CutOffError, Extent, extent_of, format_of
from library.slots import LARGEST

log = logging.getLogger(__name__)

MEGA = 1_000_000
# The largest JPEGs of today's cameras and phones have about 50 MB.
MOST_BYTES = 60 * MEGA
# What decoding may hold, so that with reading, scaling and encoding a process stays 150 MB below its idle size.
MEMORY = 120 * MEGA  # bytes
# What a picture may hold once it is decoded: of 15 megapixels, all. Encoding AVIF at 1920 px takes 80 MB beside it.
HELD = 60 * MEGA  # bytes
SCALES = (1, 2, 4, 8)  # by which a JPEG can be made smaller while it is decoded
# Pillow's own bound, above which it warns of a bomb. A JPEG so large is decoded at a half, a quarter or an eighth.
MOST_PIXELS = 89 * MEGA
MOST_SIDE = 30_000  # pixels: no crop of a longer strip is a picture
MOST_SCANS = 100  # of a JPEG, each of which goes over all pixels; programs write about ten
# Pillow's memory for a pixel, by mode; and how much of that a decoder needs (measured with Pillow 13 at 12 megapixels).
BYTES_OF_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}  # 4 in all others
DECODER = {"png": 1.0, "gif": 1.0, "tif": 2.2, "avif": 3.2, "webp": 4.4}
PLUGINS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "tif": "TIFF", "avif": "AVIF", "webp": "WEBP"}
FLOATING = "F"  # a mode whose numbers have no black and no white
# Within a picture a browser or a server may be made to see another thing: pages and programs say so at their start.
MARKUP = re.compile(rb"<(?:script|iframe|!doctype|html|\?php)[\s>]", re.IGNORECASE)
LYING = 5  # the first of EXIF's orientations that change width and height
PDF_WITHIN = 1024  # bytes, in which readers of PDF look for its beginning
FILLING = b"\0\r\n \t"


class ImageRefusedError(ValidationError):
    """A file that the library doesn't take: with what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What an upload is.

    Attributes:
        format: one of Image.Format's.
        size: in bytes.
        width, height: in pixels, upright.
        checksum: SHA-256 of all bytes.
    """

    format: str
    size: int
    width: int
    height: int
    checksum: str


def opened(upload: File) -> Opened:
    """Return what an upload is, before any pixel is decoded. Raises ImageRefusedError."""
    size = upload.size or 0
    if not size:
        raise ImageRefusedError(_("The file is empty: it has 0 bytes. Choose it again."))
    if size > MOST_BYTES:
        text = _("The file has %(size)s MB; %(most)s MB are the most. Export it smaller, for example as JPEG.")
        raise ImageRefusedError(text % {"size": -(-size // MEGA), "most": MOST_BYTES // MEGA})
    with _bytes_of(upload) as data:
        found = _expected(format_of(data))
        extent = _whole(data, found)
        checksum = hashlib.sha256(data).hexdigest()
    picture = header(upload, found)
    expect_room(picture, found, scans=extent.scans)
    width, height = picture.size if orientation_of(picture) < LYING else picture.size[::-1]
    return Opened(format=found, size=size, width=width, height=height, checksum=checksum)


def header(file: File, found: str) -> Image.Image:
    """Return a picture of which only the head is read; the file stays open. Raises ImageRefusedError."""
    file.seek(0)
    with readable():
        return Image.open(file, formats=[PLUGINS[found]])


@contextmanager
def readable() -> Iterator[None]:
    """Turn whatever Pillow's readers say of a broken file into a refusal: they raise a dozen kinds of errors."""
    try:
        yield
    except ImageRefusedError:
        raise
    except Image.DecompressionBombError as error:
        raise ImageRefusedError(_too_many()) from error
    except Exception as error:
        log.info("Refused a picture: %r", error)
        text = _("The file is damaged: its picture cannot be read. Open it in a program, and export it again.")
        raise ImageRefusedError(text) from error


def expect_room(picture: Image.Image, found: str, *, scans: int) -> None:
    """Refuse what cannot be decoded in the memory there is, or has no brightness that could be shown."""
    width, height = picture.size
    if picture.mode == FLOATING:
        raise ImageRefusedError(
            _("The picture’s numbers are fractions (32 bits): export it with 8 or 16 bits, or as JPEG.")
        )
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise ImageRefusedError(_too_many(picture.size))
    if scans > MOST_SCANS:
        raise ImageRefusedError(_confused())
    if found == "jpg" and not scale_of(picture, scans):
        text = _("The picture is too large to be read as “progressive”: save it without that option, as “baseline”.")
        raise ImageRefusedError(text)
    if found != "jpg" and memory(picture, found) > MEMORY:
        most = MEMORY / (memory(picture, found) / (width * height))
        raise ImageRefusedError(_too_many(picture.size, most=int(most / MEGA)))


def scale_of(picture: Image.Image, scans: int) -> int:
    """Return by what a JPEG is made smaller while it is decoded: as little as the memory allows; 0 if it never fits."""
    for scale in SCALES:
        is_enough = scale == 1 or picture.width * picture.height >= LARGEST * scale * scale
        held = memory(picture, "jpg", scale=scale)
        if is_enough and held <= HELD and memory(picture, "jpg", scale=scale, scans=scans) <= MEMORY:
            return scale
    return 0


def memory(picture: Image.Image, found: str, *, scale: int = 1, scans: int = 1) -> int:
    """Return how many bytes decoding holds at its height; scale, of a JPEG, is by what it is made smaller meanwhile."""
    pixels = picture.width * picture.height
    if found != "jpg":
        return int(pixels * (BYTES_OF_PIXEL.get(picture.mode, 4) * DECODER[found] + 1))  # and the smaller opaque copy
    held = pixels * BYTES_OF_PIXEL.get(picture.mode, 4) // (scale * scale)
    return held + (_coefficients(picture, pixels) if scans > 1 else 0)


def orientation_of(picture: Image.Image) -> int:
    """Return how the camera was held, from 1 (upright) to 8, as EXIF counts."""
    try:
        found = picture.getexif().get(0x0112, 1)
    except Exception:  # see readable(); without it the picture is fine
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1  # noqa: PLR2004 - EXIF's numbers


def scans_of(file: File, found: str) -> int:
    """Return how many times a stored file goes over its pixels."""
    with _bytes_of(file) as data:
        return extent_of(data, found).scans


def _coefficients(picture: Any, pixels: int) -> int:
    """Return the bytes of all coefficients of a JPEG, which a decoder keeps while one scan refines another."""
    factors = [(across, down) for _name, across, down, *_table in picture.layer]
    largest = max(across for across, _down in factors) * max(down for _across, down in factors)
    return int(2 * pixels * sum(across * down for across, down in factors) / largest)


@contextmanager
def _bytes_of(file: File) -> Iterator[Bytes]:
    """Give all bytes of a file: where it lies on the disk, without a place for them in this process."""
    file.seek(0)
    try:
        number = file.fileno()
    except (AttributeError, io.UnsupportedOperation):
        yield file.read()
        return
    with mmap(number, 0, access=ACCESS_READ) as data:
        yield data


def _expected(found: str) -> str:
    """Return the format, or refuse it with the way out."""
    if found in PLUGINS:
        return found
    texts = {
        "svg": _("An SVG is a drawing that may hold programs: export it as PNG, twice as large as it will be shown."),
        "heic": _(
            "Browsers don’t show HEIC: export it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)."
        ),
        "pdf": _("This is a PDF: add it as an attachment, or export its page as PNG."),
    }
    other = _(
        "This is no picture that the library knows. It takes JPEG, PNG, WebP, AVIF, GIF and TIFF: export it as one."
    )
    raise ImageRefusedError(texts.get(found, other))


def _whole(data: Bytes, found: str) -> Extent:
    """Refuse what ends too early, and what is two things at once."""
    try:
        extent = extent_of(data, found)
    except CutOffError as error:
        raise ImageRefusedError(
            _("The file ends too early: it was not copied whole. Copy or export it again.")
        ) from error
    except ConfusedError as error:
        raise ImageRefusedError(_confused()) from error
    if (extent.end and not _is_harmless(data, extent.end, found)) or _is_something_else(data):
        text = _("There is more in the file than a picture. Open it in a program, and export it again.")
        raise ImageRefusedError(text)
    return extent


def _is_harmless(data: Bytes, end: int, found: str) -> bool:
    """Say whether what stands behind a picture is filling, or what phones and cameras put behind their JPEGs.

    These are smaller pictures (MPF), a short film, and Samsung's own notes, which end with their sign.
    """
    begins = bytes(data[end : end + PDF_WITHIN])
    rest = begins.lstrip(FILLING)
    if not rest:
        return not bytes(data[end:]).strip(FILLING)
    return found == "jpg" and (rest[:3] == b"\xff\xd8\xff" or begins[4:8] == b"ftyp" or data[-4:] == b"SEFT")


def _is_something_else(data: Bytes) -> bool:
    archive = io.BytesIO(data) if isinstance(data, bytes) else data
    return bool(b"%PDF-" in data[:PDF_WITHIN] or MARKUP.search(data) or zipfile.is_zipfile(archive))  # type: ignore[arg-type]  # a map reads as a file


def _confused() -> str:
    return _("The file is put together as no program does it. Open it in a program, and export it again.")


def _too_many(size: tuple[int, int] | None = None, *, most: int = MOST_PIXELS // MEGA) -> str:
    if size is None or max(size) > MOST_SIDE:
        return _("The picture has too many pixels. Make it smaller: %(most)s megapixels are the most.") % {"most": most}
    text = _(
        "The picture has %(width)s × %(height)s pixels; in this format %(most)s megapixels are the most. Make it "
        "smaller, or save it as JPEG."
    )
    return text % {"width": size[0], "height": size[1], "most": most}
