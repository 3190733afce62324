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

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from library.anatomy import Bytes, ConfusedError, CutOffError, Extent, extent_of, format_of
from library.room import MEGA, MOST_BYTES, ImageRefusedError, confused, expect_room, too_many

__all__ = ["ImageRefusedError", "Opened", "bytes_of", "exif_of", "header", "opened", "orientation_of", "readable"]

log = logging.getLogger(__name__)

PLUGINS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "tif": "TIFF", "avif": "AVIF", "webp": "WEBP"}
# Within a picture a browser or a server may be made to see another thing: pages and programs say so at their start.
MARKUP = re.compile(rb"<(?:script|iframe|!doctype|html|\?php)[\s>]", re.IGNORECASE)
LYING = 5  # the first of EXIF's orientations that change width and height
PDF_WITHIN = 1024  # bytes, in which readers of PDF look for its beginning
FILLING = b"\0\r\n \t"


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
    with bytes_of(upload) as data:
        found = _expected(format_of(data))
        extent = _whole(data, found)
        checksum = hashlib.sha256(data).hexdigest()
    picture = header(upload, found)
    expect_room(picture, found, scans=extent.scans)
    width, height = picture.size if orientation_of(upload, picture, found) < LYING else picture.size[::-1]
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
        raise ImageRefusedError(too_many()) from error
    except Exception as error:
        log.info("Refused a picture: %r", error)
        text = _("The file is damaged: its picture cannot be read. Open it in a program, and export it again.")
        raise ImageRefusedError(text) from error


def orientation_of(file: File, picture: Image.Image, found: str) -> int:
    """Return how the camera was held, from 1 (upright) to 8, as EXIF counts."""
    try:
        held = exif_of(file, picture, found).get(0x0112, 1)
    except Exception:  # see readable(); without it the picture is fine
        return 1
    return held if isinstance(held, int) and 1 <= held <= 8 else 1  # noqa: PLR2004 - EXIF's numbers


def exif_of(file: File, picture: Image.Image, found: str) -> Image.Exif:
    """Return a picture's EXIF; whatever Pillow's readers raise of a broken one.

    Pillow decodes a whole PNG to see whether it stands behind the pixels. Here no pixel is decoded for it.
    """
    if found != "png":
        return picture.getexif()
    if "exif" not in picture.info:
        with bytes_of(file) as data:
            exif = extent_of(data, found).exif
        picture.info |= {"exif": b"Exif\0\0" + exif} if exif else {}
    return Image.Image.getexif(picture)


@contextmanager
def bytes_of(file: File) -> Iterator[Bytes]:
    """Give all bytes of a file, where it lies on a disk without a place for them in this process."""
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
        raise ImageRefusedError(confused()) from error
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
