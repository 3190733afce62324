"""Pictures as an edition keeps them: size, words and credit as plain data, so that a page needs no query for any."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse

from library.models import Image, ImageText, Logo
from library.slots import CROPS

TINT_STEP = 51  # of 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image with its words in one language.

    Attributes:
        image: the number of the image.
        width, height: of the original, in pixels, upright.
        colour: "#rrggbb", shown until the picture is there.
        alternative: what those read who don't see it; empty where it is decorative.
        caption, credit: below it.
    """

    image: int
    width: int
    height: int
    colour: str = "#888888"
    alternative: str = ""
    caption: str = ""
    credit: str = ""
    is_decorative: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as an edition keeps it."""
        return asdict(self)

    def address(self, crop: str, width: int, format: str) -> str:  # noqa: A002 - the field's word
        """Return where a rendition is read."""
        return reverse("rendition", kwargs={"number": self.image, "crop": crop, "width": width, "format": format})

    def widest(self, crop: str, format: str = "jpg") -> tuple[str, int, int]:  # noqa: A002 - the field's word
        """Return address, width and height of the widest rendition of a crop."""
        size = (self.width, self.height)
        width, height = CROPS[crop].size_at(CROPS[crop].widths_for(size)[-1], size)
        return self.address(crop, width, format), width, height

    @property
    def is_tall(self) -> bool:
        """Say whether it is higher than wide."""
        return self.height > self.width

    @property
    def whole_address(self) -> str:
        """Return where all of it is read, as large as it is made."""
        return self.widest("whole")[0]

    @property
    def tint(self) -> str:
        """Return the classes (tokens.css) that draw its colour until it is there: a page may hold no style of its own.

        Each channel in six steps, since a class cannot hold a number.
        """
        channels = zip("rgb", (self.colour[1:3], self.colour[3:5], self.colour[5:7]), strict=True)
        return "tint " + " ".join(f"tint-{name}{round(int(value, 16) / TINT_STEP)}" for name, value in channels)

    def renditions(self, crop: str, *, widest: int) -> tuple[int, ...]:
        """Return the widths in which a place offers it; the narrowest always."""
        made = CROPS[crop].widths_for((self.width, self.height))
        return tuple(width for width in made if width <= widest) or made[:1]


def picture(kept: Mapping[str, Any]) -> Picture:
    """Return the picture that an edition keeps."""
    return Picture(**kept)


def pictures_of(numbers: Iterable[int], language: str) -> dict[int, Picture]:
    """Return images with their words in a language as they stand in the library now, by number; two queries."""
    found = Image.objects.in_bulk(list(numbers))
    texts = {text.image_id: text for text in ImageText.objects.filter(image__in=found, language=language)}
    return {number: _picture(image, texts.get(number)) for number, image in found.items()}


def logo_of(institution: int) -> Picture | None:
    """Return the logo of an institution, if it has one; one query. It stands beside the name, so it needs no words."""
    logo = Logo.objects.filter(institution=institution).select_related("image").first()
    return _picture(logo.image, None) if logo else None


def _picture(image: Image, text: ImageText | None) -> Picture:
    """Put an image and its words together; what is decorative has no alternative text."""
    return Picture(
        image=image.pk,
        width=image.width,
        height=image.height,
        colour=image.colour,
        alternative=text.alternative if text and not image.is_decorative else "",
        caption=text.caption if text else "",
        credit=image.credit,
        is_decorative=image.is_decorative,
    )
