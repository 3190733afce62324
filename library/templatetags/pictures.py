"""What draws a picture in a place of the page: no query, whatever the number of pictures."""

from dataclasses import dataclass

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from library.pictures import Picture
from library.serving import TYPES
from library.slots import CROPS, FORMATS, SLOTS

register = template.Library()

# Beside these stands a link with the same words: whoever listens need not hear them twice.
SILENT = {"card", "row", "thumbnail"}
FALLBACK = 640  # pixels: what is given to whoever understands no srcset


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A choice of renditions of one shape and format."""

    type: str
    srcset: str
    sizes: str
    media: str = ""
    width: int = 0
    height: int = 0


@register.simple_tag
def picture(picture: Picture, *, slot: str, class_name: str, language: str = "") -> SafeString:
    """Draw a picture in one of the places that library/slots.py names.

    Args:
        picture: as an edition keeps it.
        slot: the name of the place.
        class_name: of the `img`.
        language: of its words, where it is another than that of the page around it.
    """
    place = SLOTS[slot]
    *sources, last = _sources(picture, place.crop, sizes=place.sizes, widest=place.widest)
    narrow = _sources(picture, place.narrow[0], sizes=place.narrow[2], media=place.narrow[1]) if place.narrow else []
    widths = picture.renditions(place.crop, widest=min(FALLBACK, place.widest))
    context = {
        "sources": [*narrow, *sources],
        "last": last,
        "address": picture.address(place.crop, widths[-1], FORMATS[-1]),
        "alternative": "" if slot in SILENT or picture.is_decorative else picture.alternative,
        "class_name": f"{class_name} {picture.tint}",
        "is_first": place.is_first,
        "language": language,
    }
    return render_to_string("components/picture.html", context)


def _sources(picture: Picture, crop: str, *, sizes: str, widest: int = 1920, media: str = "") -> list[Source]:
    """Return the choices of one shape, the smallest files first."""
    widths = picture.renditions(crop, widest=widest)
    width, height = CROPS[crop].size_at(widths[-1], (picture.width, picture.height))
    return [
        Source(
            type=TYPES[form],
            srcset=", ".join(f"{picture.address(crop, width, form)} {width}w" for width in widths),
            sizes=sizes,
            media=media,
            width=width,
            height=height,
        )
        for form in FORMATS
    ]
