"""Draw the small pictures of the site from the emblem's 57 points: python scripts/draw_icons.py.

The drawing itself is osce_site/static/site/icons/emblem.svg; this makes the PNG files that some readers ask for.
"""

import re
from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).resolve().parent.parent / "osce_site" / "static" / "site" / "icons"
INK, PAPER, INVERSE = "#0a4c73", "#ffffff", "#10222f"  # --action, --paper and --inverse of tokens.css
SIDE = 63.2  # units of the emblem's drawing
RADIUS = 2.6
SHARPNESS = 8  # drawn so many times larger, then reduced


def points() -> list[tuple[float, float]]:
    """Return the middle of each point, in the units of the drawing."""
    path = re.search(r'<path d="([^"]+)"', (ICONS / "emblem.svg").read_text())[1]
    return [(float(x) + RADIUS, float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)a", path)]


def draw(name: str, size: tuple[int, int], *, emblem: float, ink: str, ground: str | None) -> None:
    """Write a picture with the emblem in its middle.

    Args:
        size: width and height in pixels.
        emblem: the emblem's side as a share of the picture's height.
        ground: a colour, or None for a transparent ground.
    """
    large = (size[0] * SHARPNESS, size[1] * SHARPNESS)
    picture = Image.new("RGBA", large, ground or (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    scale = large[1] * emblem / SIDE
    left, top = (large[0] - SIDE * scale) / 2, (large[1] - SIDE * scale) / 2
    for x, y in points():
        middle_x, middle_y, reach = left + x * scale, top + y * scale, RADIUS * scale
        pen.ellipse((middle_x - reach, middle_y - reach, middle_x + reach, middle_y + reach), fill=ink)
    small = picture.resize(size, Image.Resampling.LANCZOS)
    small.quantize(32, method=Image.Quantize.FASTOCTREE).save(ICONS / name, optimize=True)


if __name__ == "__main__":
    draw("emblem-32.png", (32, 32), emblem=1.0, ink=INK, ground=None)
    draw("emblem-180.png", (180, 180), emblem=0.78, ink=INK, ground=PAPER)
    draw("icon-192.png", (192, 192), emblem=0.86, ink=INK, ground=PAPER)
    draw("icon-512.png", (512, 512), emblem=0.86, ink=INK, ground=PAPER)
    draw("icon-512-maskable.png", (512, 512), emblem=0.62, ink=INK, ground=PAPER)
    draw("card.png", (1200, 630), emblem=0.62, ink=PAPER, ground=INVERSE)
    with Image.open(ICONS / "emblem-32.png") as picture:
        picture.convert("RGBA").save(ICONS / "favicon.ico", sizes=[(32, 32), (16, 16)])
