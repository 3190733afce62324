"""Takes pictures in as the library does, in a process of its own; prints how much memory each took above idle, in MB.

Run by tests/library/test_memory.py as `python -m tests.library.memory_of NAME…`.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

import tests.django_set_up  # noqa: F401 - before what needs Django

# isort: split

from django.core.files import File

from library.making import quick_size
from library.opening import ImageRefusedError, Opened, opened
from library.rendering import crop_box, encode, source
from library.slots import CROPS
from tests.library.drawn import encoded
from tests.library.test_opening import png_of


def even(size: tuple[int, int], form: str, mode: str = "RGB", **options: Any) -> bytes:
    """Return a picture of one colour, with all the pixels that another has."""
    return encoded(Image.new(mode, size, 90), form, **options)


PICTURES: dict[str, Callable[[], bytes]] = {
    "400 megapixels of PNG": lambda: png_of(20_000, 20_000),
    "100 megapixels of PNG": lambda: png_of(10_000, 10_000),
    "24 megapixels of PNG": lambda: even((6000, 4000), "PNG"),
    "24 megapixels of PNG, transparent": lambda: even((6000, 4000), "PNG", "RGBA"),
    "30 megapixels of GIF": lambda: even((6600, 4500), "GIF", "P"),
    "12 megapixels of TIFF": lambda: even((4000, 3000), "TIFF", compression="tiff_lzw"),
    "12 megapixels of CMYK": lambda: even((4000, 3000), "JPEG", "CMYK"),
    "16 megapixels of progressive JPEG": lambda: even((4600, 3500), "JPEG", progressive=True, subsampling=0),
    "88 megapixels of JPEG": lambda: even((11_000, 8_000), "JPEG", "L"),
    "12 megapixels of AVIF": lambda: even((4000, 3000), "AVIF", speed=10),
    "12 megapixels of WebP": lambda: even((4000, 3000), "WEBP", method=0),
    "a JPEG on its side": lambda: even(
        (4000, 3000), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
    ),
}


def held(name: str) -> float:
    """Return a figure of this process's memory, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{name}:"))


def take(file: File) -> None:
    """Do all that a request does with pixels, and then the largest of what the worker does."""
    found = opened(file)
    quick(file, found)
    make(file, found)


def quick(file: File, found: Opened) -> None:
    """Make the quick JPEG."""
    size = quick_size((found.width, found.height))
    with source(file, found.format, quick_for=size[0]) as pixels:
        encode(pixels.rendition((0, 0, *pixels.size), size), "jpg")


def make(file: File, found: Opened) -> None:
    """Make the largest renditions."""
    size, crop = (found.width, found.height), CROPS["whole"]
    with source(file, found.format) as pixels:
        small = pixels.rendition(crop_box(pixels.size, None, (500, 500)), crop.size_at(crop.widths_for(size)[-1], size))
        for form in crop.formats:
            encode(small, form)


def main() -> None:
    """Print a line for each picture."""
    take(File(io.BytesIO(even((256, 256), "PNG"))))  # what is loaded once is no picture's
    for name in sys.argv[1:]:
        place = Path("picture")
        place.write_bytes(PICTURES[name]())
        Path("/proc/self/clear_refs").write_text("5")
        idle = held("VmRSS")
        outcome = "taken"
        with place.open("rb") as file:
            try:
                take(File(file))
            except ImageRefusedError:
                outcome = "refused"
        print(f"{name}\t{outcome}\t{held('VmHWM') - idle:.0f}")  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main()
