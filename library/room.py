"""What fits in the memory there is: the bounds of a picture, told before any of its pixels is decoded.

Without Pillow, so that a page that only tells the bounds doesn't load it.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from library.slots import LARGEST, LEAST_LONG, LEAST_SHORT

if TYPE_CHECKING:
    from PIL import Image

MEGA = 1_000_000
# The largest JPEGs of today's cameras and phones have about 50 MB.
MOST_BYTES = 60 * MEGA
# What decoding may hold, so that with reading, scaling and encoding a process stays within 150 MB above its idle size.
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
DECODER = {"png": 1.0, "gif": 1.0, "tif": 2.2}
# These are decoded in a process of their own (library/decoder.py), which holds 8 and 12 bytes for each pixel.
APART = {"webp": 15 * MEGA, "avif": 13 * MEGA}  # pixels
MOVING = 8 * MEGA  # pixels of a WebP that moves, whose reader holds 16 bytes for each
FLOATING = "F"  # a mode whose numbers have no black and no white
PATIENCE = 20  # seconds that a request waits for the pictures of others

# One picture at a time in a process, so that the bound of memory holds for all its threads together.
_one_at_a_time = threading.RLock()


class ImageRefusedError(ValidationError):
    """A file that the library doesn't take: with what is wrong and what to do."""


class BusyError(ImageRefusedError):
    """Others' pictures took too long: nothing is wrong with this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the library takes, for whoever chooses a file.

    Attributes:
        megabytes: the largest file.
        megapixels: the largest picture by format, as people call it.
        long_side, short_side: the fewest pixels along each; less is of no use in any place.
    """

    megabytes: int
    megapixels: dict[str, int]
    long_side: int
    short_side: int


def limits() -> Limits:
    """Return what the library takes. A JPEG that is progressive, or a PNG in greys, has other bounds: `expect_room`."""
    by_memory = {found: int(MEMORY / _bytes_of_decoding("RGB", found)) // MEGA for found in DECODER}
    pixels = by_memory | {found: most // MEGA for found, most in APART.items()} | {"jpg": MOST_PIXELS // MEGA}
    names = {"jpg": "JPEG", "png": "PNG", "webp": "WebP", "avif": "AVIF", "tif": "TIFF", "gif": "GIF"}
    pixels["gif"] = int(MEMORY / _bytes_of_decoding("P", "gif")) // MEGA
    return Limits(
        megabytes=MOST_BYTES // MEGA,
        megapixels={name: pixels[found] for found, name in names.items()},
        long_side=LEAST_LONG,
        short_side=LEAST_SHORT,
    )


@contextmanager
def room(*, patience: float = -1) -> Iterator[None]:
    """Wait until no other thread of this process has a picture open; the same thread may come in again.

    Args:
        patience: seconds to wait; forever if it is negative.

    Raises:
        BusyError: it took too long.
    """
    if not _one_at_a_time.acquire(timeout=patience):
        raise BusyError(_("The server is busy with other pictures. Nothing is wrong with this one: send it again."))
    try:
        yield
    finally:
        _one_at_a_time.release()


def give_back() -> None:
    """Give freed memory back to the system: glibc keeps it for the thread that had it, and each thread has its own."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # not there outside glibc, which needs none
        trim(0)


def expect_room(picture: "Image.Image", found: str, *, scans: int) -> None:
    """Refuse what cannot be decoded in the memory there is, or has no brightness that could be shown."""
    width, height = picture.size
    if picture.mode == FLOATING:
        raise ImageRefusedError(
            _("The picture’s numbers are fractions (32 bits): export it with 8 or 16 bits, or as JPEG.")
        )
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise ImageRefusedError(too_many(picture.size))
    if found == "jpg":
        _expect_few_scans(picture, scans)
    is_moving = found == "webp" and getattr(picture, "is_animated", False)
    most = MOVING if is_moving else most_pixels(picture.mode, found)
    if width * height > most:
        raise ImageRefusedError(too_many(picture.size, most=most // MEGA))


def _expect_few_scans(picture: "Image.Image", scans: int) -> None:
    """Refuse a JPEG that comes in too many layers, or whose layers don't fit in memory together."""
    if scans > MOST_SCANS:
        raise ImageRefusedError(confused())
    if not scale_of(picture, scans):
        raise ImageRefusedError(
            _("The picture is too large to be read as “progressive”: save it without that option, as “baseline”.")
        )


def expect_size(size: tuple[int, int]) -> None:
    """Refuse what is too small for any place; a logo, which is shown small, may be a narrow strip."""
    if max(size) >= LEAST_LONG and min(size) >= LEAST_SHORT:
        return
    text = _(
        "The picture has %(width)s × %(height)s pixels: too few to be shown. It needs %(long)s along its longer side, "
        "and %(short)s along the other. Export it larger."
    )
    values = {"width": size[0], "height": size[1], "long": LEAST_LONG, "short": LEAST_SHORT}
    raise ImageRefusedError(text % values)


def most_pixels(mode: str, found: str) -> int:
    """Return the most pixels of a picture, by its mode and format; of a JPEG, `scale_of` knows more."""
    if found == "jpg":
        return MOST_PIXELS
    return APART[found] if found in APART else int(MEMORY / _bytes_of_decoding(mode, found))


def scale_of(picture: "Image.Image", scans: int) -> int:
    """Return by what a JPEG is made smaller while it is decoded: as little as the memory allows; 0 if it never fits."""
    for scale in SCALES:
        is_enough = scale == 1 or picture.width * picture.height >= LARGEST * scale * scale
        held = picture.width * picture.height * BYTES_OF_PIXEL.get(picture.mode, 4) // (scale * scale)
        at_once = held + (_coefficients(picture) if scans > 1 else 0)
        if is_enough and held <= HELD and at_once <= MEMORY:
            return scale
    return 0


def too_many(size: tuple[int, int] | None = None, *, most: int = MOST_PIXELS // MEGA) -> str:
    """Return what is said of too many pixels."""
    if size is None or max(size) > MOST_SIDE:
        return _("The picture has too many pixels. Make it smaller: %(most)s megapixels are the most.") % {"most": most}
    text = _(
        "The picture has %(width)s × %(height)s pixels; in this format %(most)s megapixels are the most. Make it "
        "smaller, or save it as JPEG."
    )
    return text % {"width": size[0], "height": size[1], "most": most}


def confused() -> str:
    """Return what is said of a file that no program writes."""
    return _("The file is put together as no program does it. Open it in a program, and export it again.")


def _bytes_of_decoding(mode: str, found: str) -> float:
    """Return how many bytes decoding holds at its height for each pixel, the smaller opaque copy included."""
    return BYTES_OF_PIXEL.get(mode, 4) * DECODER[found] + 1


def _coefficients(picture: Any) -> int:
    """Return the bytes of all coefficients of a JPEG, which a decoder keeps while one scan refines another."""
    factors = [(across, down) for _name, across, down, *_table in picture.layer]
    largest = max(across for across, _down in factors) * max(down for _across, down in factors)
    return int(2 * picture.width * picture.height * sum(across * down for across, down in factors) / largest)
