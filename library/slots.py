"""The places of a picture on the site's pages: their proportions, and the widths that screens need of them.

A crop and a width make one rendition, in each of the formats. Places of the same proportions share their renditions.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

# Pixels of a rendition, for pictures as tall as pages: encoding AVIF holds about 30 bytes for each.
LARGEST = 1920 * 1440
# The fewest pixels of any use: a row of a list shows a picture 136 px wide, on fine screens at 1.5 times that. A logo
# may be a narrow strip, and stands 48 px high.
LEAST_LONG, LEAST_SHORT = 200, 48
FORMATS = ("avif", "webp", "jpg")  # in the order in which a browser is offered them; the last one is for all


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A shape into which images are cropped around their focal point.

    Attributes:
        name: in addresses.
        ratio: width to height; None keeps the image's own.
        widths: in pixels, narrowest first; those beyond what the image has are left out, but for the first.
        formats: in which it is made.
    """

    name: str
    ratio: Fraction | None
    widths: tuple[int, ...]
    formats: tuple[str, ...] = FORMATS

    def size_at(self, width: int, image_size: tuple[int, int]) -> tuple[int, int]:
        """Return width and height in pixels of the rendition of that width."""
        ratio = self.ratio or Fraction(*image_size)
        return width, max(1, round(width / ratio))

    def widths_for(self, image_size: tuple[int, int]) -> tuple[int, ...]:
        """Return the widths in which an image of this size is made: none beyond its own, unless nothing were left."""
        ratio = self.ratio or Fraction(*image_size)
        widest = min(image_size[0], int(image_size[1] * ratio), isqrt(int(LARGEST * ratio)))
        return tuple(width for width in self.widths if width <= widest) or (min(self.widths[0], max(widest, 1)),)


CROPS = {
    crop.name: crop
    for crop in (
        Crop(name="whole", ratio=None, widths=(320, 480, 640, 960, 1280, 1920)),
        Crop(name="3x2", ratio=Fraction(3, 2), widths=(160, 320, 480, 640, 960, 1280)),
        Crop(name="16x9", ratio=Fraction(16, 9), widths=(320, 480, 640, 960, 1280, 1920)),
        Crop(name="1x1", ratio=Fraction(1), widths=(96, 192, 320, 480)),
        # What other sites and search engines show, which take the size and the format that suits them.
        Crop(name="social", ratio=Fraction(1200, 630), widths=(480, 640, 960, 1200)),
        Crop(name="4x3", ratio=Fraction(4, 3), widths=(480, 640, 960, 1200)),
        Crop(name="square", ratio=Fraction(1), widths=(480, 640, 960, 1200)),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place on a page.

    Attributes:
        crop: the shape of the picture there.
        sizes: how wide it is drawn, as the HTML attribute says it.
        is_first: whether it is among the first things that a reader sees: loaded at once, before others.
        narrow: another shape on narrow screens, with the media query and the sizes of it.
        widest: the pixels beyond which no screen shows more of it.
    """

    crop: str
    sizes: str
    is_first: bool = False
    narrow: tuple[str, str, str] | None = None
    widest: int = 1920


SLOTS = {
    "lead": Slot(crop="16x9", sizes="(min-width: 62rem) 54rem, 100vw", is_first=True),
    "hero": Slot(crop="3x2", sizes="(min-width: 62rem) 40rem, 100vw", is_first=True),
    "card": Slot(
        crop="3x2",
        sizes="(min-width: 62rem) 20rem, 50vw",
        narrow=("1x1", "(max-width: 40rem)", "6rem"),
    ),
    "row": Slot(crop="3x2", sizes="8.5rem", widest=480),
    "inline": Slot(crop="whole", sizes="(min-width: 62rem) 40rem, 100vw"),
    "gallery": Slot(crop="3x2", sizes="(min-width: 40rem) 20rem, 100vw"),
    "poster": Slot(crop="16x9", sizes="(min-width: 62rem) 40rem, 100vw"),
    "thumbnail": Slot(crop="1x1", sizes="6rem", widest=192),
    "logo": Slot(crop="whole", sizes="12rem", widest=640),
}
