"""Pixels of any mode as plain ones, some rows at a time. Without Django: `library.decoder` imports nothing else of us.

What is transparent becomes white: the JPEG has it so too, and it is what a drawing without a ground is made for.
"""

from collections.abc import Iterator

from PIL import Image

PLAIN_MODES = {"L", "RGB", "CMYK"}  # which are scaled as they are
BAND = 128  # rows at once; even, since two may become one
WHITE = (255, 255, 255, 255)


def bands(picture: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Yield where some rows begin, and the rows in a plain mode, from the top down."""
    for top in range(0, picture.height, BAND):
        yield top, _opaque(picture.crop((0, top, picture.width, min(top + BAND, picture.height))))


def _opaque(band: Image.Image) -> Image.Image:
    """Return some rows in a plain mode."""
    if band.mode in PLAIN_MODES:
        return band
    if band.mode.startswith("I"):  # 16 bits
        return band.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if band.mode in {"LAB", "YCbCr"}:
        return band.convert("RGB")
    clear = band.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, WHITE), clear).convert("RGB")
