"""Decodes the WebP or AVIF on its standard input, and writes its pixels out: RGB, row by row. A program of its own.

    python -m library.decoder WEBP WIDTH HEIGHT

Their readers hold much, crash more often than others, and make no picture smaller meanwhile. So each of them gets a
process with bounds that the kernel keeps, which takes with it what it held; the one that serves goes on.

Exit codes: 0 all is written, 3 there is too little memory, anything else: the file is damaged.
"""

import ctypes
import io
import resource
import sys
from contextlib import suppress
from mmap import mmap
from pathlib import Path

from PIL import AvifImagePlugin, Image

from library.opaque import bands

SECONDS = 20  # of one core
MEMORY = 150_000_000  # bytes above what the program has before it reads the file
TOO_LITTLE_MEMORY = 3  # exit code


def main() -> None:
    """Decode within the bounds."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread has a frame and a stack of its own
    Image.init()
    _bound()
    try:
        picture = _decoded(sys.stdin.buffer.read(), sys.argv[1], (int(sys.argv[2]), int(sys.argv[3])))
        for _top, band in bands(picture):
            sys.stdout.buffer.write(band.convert("RGB").tobytes())
        sys.stdout.buffer.flush()
    except Exception as error:
        is_memory = isinstance(error, MemoryError) or "memory" in str(error).lower()
        sys.stderr.write(f"{error!r}\n")
        sys.exit(TOO_LITTLE_MEMORY if is_memory else 1)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # where the kernel doesn't tell what it counts, it bounds nothing either
        lines = Path("/proc/self/status").read_text().splitlines()
        now = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
        resource.setrlimit(resource.RLIMIT_DATA, (now + MEMORY, now + MEMORY))


def _decoded(data: bytes, form: str, size: tuple[int, int]) -> Image.Image:
    still = _still(data, size) if form == "WEBP" else None
    if still:
        return still
    picture = Image.open(io.BytesIO(data), formats=[form])
    picture.load()
    return picture


def _still(data: bytes, size: tuple[int, int]) -> Image.Image | None:
    """Return a WebP that does not move; nothing where that is for Pillow.

    Pillow reads each WebP as an animation, with 16 bytes for a pixel. libwebp, which it brings, writes a still into
    a place that it is given: 4 bytes, and 4 more while a lossless one is decoded.
    """
    from PIL import _webp  # noqa: PLC0415 - its file alone knows where libwebp is

    try:
        decode = ctypes.CDLL(_webp.__file__).WebPDecodeRGBAInto
    except (OSError, AttributeError):  # libwebp is built into Pillow, as on Windows
        return None
    decode.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    decode.restype = ctypes.c_void_p
    width, height = size
    pixels = mmap(-1, width * height * 4)
    place = ctypes.addressof(ctypes.c_char.from_buffer(pixels))
    if not decode(data, len(data), place, len(pixels), width * 4):
        return None
    return Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", 0, 1)  # type: ignore[arg-type]  # any buffer will do


if __name__ == "__main__":
    main()
