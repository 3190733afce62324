"""The picture that others show of a page: its title in the site's type beside its picture, 1200 × 630 pixels."""

import io
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont, ImageOps

SIZE = (1200, 630)  # what Open Graph's readers ask for, 1.91:1
MARGIN = 64
PICTURE_WIDTH = 468
ORNAMENT = "#172c3a"  # hardly lighter than the dark ground, so that a title can stand on it
# The site's type, in the three files that pages load, with the letters of each (osce_site/static/site/css/base.css).
FONT_FILES = {
    "latin": (
        (0x20, 0x7E),
        (0xA0, 0xFF),
        (0x131, 0x131),
        (0x152, 0x153),
        (0x2C6, 0x2C6),
        (0x2DA, 0x2DA),
        (0x2DC, 0x2DC),
    ),
    "latin-ext": ((0x100, 0x130), (0x132, 0x151), (0x154, 0x17F), (0x18F, 0x18F), (0x218, 0x21B), (0x259, 0x259)),
    "cyrillic": ((0x400, 0x45F), (0x490, 0x491), (0x2116, 0x2116)),
}
SIGNS = set("–—‘’‚“”„†‡•…‰′″‹›€™←↑→↓−")  # in the first of them
# Signs that look alike, where the type has only one of them.
ALIKE = str.maketrans({"\u02bb": "‘", "\u02bc": "’", "\u2010": "-", "\u2011": "-", "\u202f": "\u00a0", "\u2009": " "})
TITLE_SIZES = range(70, 33, -2)
TITLE_LEADING, TITLE_HEIGHT = 1.16, 344
BOLD, REGULAR = 620, 440  # on the type's axis of weight
RINGS = ((5, 6.0, 0.0), (11, 13.3, 0.5), (17, 20.5, 0.0), (24, 29.0, 0.5))  # the emblem: 57 equal points in one circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The colours of a card: light beside a picture, dark without one."""

    paper: str
    ink: str
    kicker: str
    soft: str
    dots: str


# Those of osce_site/static/site/css/tokens.css: paper and ink, and those of its inverse areas.
LIGHT = Ground(paper="#ffffff", ink="#14232f", kicker="#85350f", soft="#434f59", dots="#0a4c73")
DARK = Ground(paper="#10222f", ink="#f3f6f8", kicker="#ffc575", soft="#bfcbd4", dots="#94c9ec")


def draw(*, title: str, kicker: str, picture: bytes | None, site_name: str) -> bytes | None:
    """Return the JPEG of a card; nothing where the type has no letters for the title (Georgian, Armenian).

    Args:
        title: as long as it may be; it is set smaller, and in the end cut off.
        kicker: what kind of page it is.
        picture: a JPEG, of about the proportions 3:4 or wider.
        site_name: below all.
    """
    if not is_writable(title):
        return None
    ground = LIGHT if picture else DARK
    card = Image.new("RGB", SIZE, ground.paper)
    width = SIZE[0] - 2 * MARGIN
    if picture:
        _paste_picture(card, picture)
        width -= PICTURE_WIDTH - MARGIN // 4
    else:
        _draw_emblem(card, (1010, 150), 11.0, ORNAMENT)
    pen = ImageDraw.Draw(card)
    top = _draw_kicker(pen, kicker, ground)
    _draw_title(pen, title, top, width, ground)
    _draw_foot(card, site_name, width, ground)
    written = io.BytesIO()
    card.save(written, "JPEG", quality=86, subsampling=0, optimize=True)
    return written.getvalue()


def is_writable(text: str) -> bool:
    """Say whether the site's type has every letter of a text."""
    return all(_file_of(letter) for letter in _normal(text))


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(ALIKE).split(" "))


def _file_of(letter: str) -> str:
    """Return which of the type's files has a letter, or nothing."""
    code = ord(letter)
    for name, ranges in FONT_FILES.items():
        if any(first <= code <= last for first, last in ranges):
            return name
    return "latin" if letter in SIGNS or letter in "\n\t" else ""


@lru_cache(maxsize=128)
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = finders.find(f"site/fonts/assembly-serif-{name}.woff2")
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font


def _runs(text: str, size: int, weight: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """Yield pieces of a line, each with the font that has its letters; spaces go with the first."""
    for name, letters in groupby(text, _file_of):
        yield "".join(letters), _font(name or "latin", size, weight)


def _length(text: str, size: int, weight: int) -> float:
    return sum(font.getlength(piece) for piece, font in _runs(text, size, weight))


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, weight: int, colour: str) -> None:
    """Write a line; `at` is where its baseline begins."""
    across, baseline = at
    for piece, font in _runs(text, size, weight):
        pen.text((across, baseline), piece, font=font, fill=colour, anchor="ls")
        across += font.getlength(piece)


def _lines(text: str, size: int, weight: int, width: float) -> list[str]:
    """Break a text into lines; a word that is longer than a line is broken too."""
    lines, line = [], ""
    for word in _normal(text).split():
        joined = f"{line} {word}".strip()
        if _length(joined, size, weight) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, size, weight, width)
        lines += whole
    return [*lines, line] if line else lines


def _pieces(word: str, size: int, weight: int, width: float) -> list[str]:
    """Cut a word into pieces that fit a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and _length(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _fitting(title: str, width: float) -> tuple[list[str], int]:
    """Return the lines of a title and the largest size at which they fit; at the smallest, the rest is cut off."""
    for size in TITLE_SIZES:
        lines, most = _lines(title, size, BOLD, width), int(TITLE_HEIGHT / (size * TITLE_LEADING))
        if len(lines) <= most:
            return lines, size
    lines = lines[:most]
    while lines[-1] and _length(f"{lines[-1]} …", size, BOLD) > width:
        lines[-1] = lines[-1].rpartition(" ")[0]
    return [*lines[:-1], f"{lines[-1].rstrip(' ,;:–—-')} …"], size


def _draw_kicker(pen: ImageDraw.ImageDraw, kicker: str, ground: Ground) -> float:
    """Draw the rule and the kicker; return where the title begins."""
    pen.rectangle((MARGIN, MARGIN, MARGIN + 72, MARGIN + 7), fill=ground.kicker)
    if not (kicker and is_writable(kicker)):
        return MARGIN + 40
    _write(pen, (MARGIN, MARGIN + 54), _normal(kicker), 30, BOLD, ground.kicker)
    return MARGIN + 76


def _draw_title(pen: ImageDraw.ImageDraw, title: str, top: float, width: float, ground: Ground) -> None:
    lines, size = _fitting(title, width)
    for number, line in enumerate(lines):
        baseline = top + size * (0.94 + number * TITLE_LEADING)
        _write(pen, (MARGIN, baseline), line, size, BOLD, ground.ink)


def _draw_foot(card: Image.Image, site_name: str, width: float, ground: Ground) -> None:
    """Draw the emblem and the name of the site, in one line or two."""
    middle = SIZE[1] - MARGIN - 26
    _draw_emblem(card, (MARGIN + 30, middle), 1.0, ground.dots)
    if not is_writable(site_name):
        return
    lines = _lines(site_name, 25, REGULAR, min(width - 84, 760))[:2]
    first = middle + 9 - (len(lines) - 1) * 16
    for number, line in enumerate(lines):
        _write(ImageDraw.Draw(card), (MARGIN + 84, first + number * 32), line, 25, REGULAR, ground.soft)


def _draw_emblem(card: Image.Image, middle: tuple[float, float], scale: float, colour: str) -> None:
    """Draw the emblem, smoothly: four times as large, then made smaller."""
    fine, reach = 4, 32.5 * scale
    mask = Image.new("L", (round(2 * reach * fine),) * 2)
    pen = ImageDraw.Draw(mask)
    radius = 2.6 * scale * fine
    for count, distance, offset in RINGS:
        for number in range(count):
            angle = 2 * math.pi * (number + offset) / count
            across = (reach + math.sin(angle) * distance * scale) * fine
            down = (reach - math.cos(angle) * distance * scale) * fine
            pen.ellipse((across - radius, down - radius, across + radius, down + radius), fill=255)
    mask = mask.resize((round(2 * reach),) * 2, Image.Resampling.BOX)
    card.paste(colour, (round(middle[0] - reach), round(middle[1] - reach)), mask)


def _paste_picture(card: Image.Image, picture: bytes) -> None:
    """Put the picture at the right, over the whole height."""
    shown = ImageOps.fit(
        Image.open(io.BytesIO(picture)).convert("RGB"), (PICTURE_WIDTH, SIZE[1]), Image.Resampling.LANCZOS
    )
    card.paste(shown, (SIZE[0] - PICTURE_WIDTH, 0))
