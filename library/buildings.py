"""What people have put into drawn landscapes: roofs, towers, a bridge, a road, a sail; and the firs beside them."""

import random

from PIL import Image, ImageDraw

from library.landscapes import FINE, Colour, H, W, mixed


def roofs(image: Image.Image, chance: random.Random, *, level: float, colours: tuple[Colour, ...]) -> None:
    """Draw the houses of a town in three rows, with a few towers among them."""
    pen = ImageDraw.Draw(image)
    for row in range(3):
        base, size = level - 0.05 + 0.045 * row, 0.028 + 0.010 * row
        across = -0.02
        while across < 1.02:  # noqa: PLR2004 - beyond the right edge
            width, tall = size * chance.uniform(0.9, 1.9), size * chance.uniform(0.9, 1.6)
            wall = mixed((236, 224, 204), chance.choice(colours), chance.uniform(0.05, 0.35))
            if chance.random() < 0.05:  # noqa: PLR2004 - one in twenty
                _tower(pen, across, base, tall * 2.4, chance.choice(colours))
            _house(pen, (across, base, width, tall), wall, chance.choice(colours))
            across += width * chance.uniform(0.82, 1.02)
    pen.rectangle((0, (level + 0.038) * H, W, H), fill=mixed(colours[1], (40, 44, 48), 0.75))


def _house(pen: ImageDraw.ImageDraw, place: tuple[float, float, float, float], wall: Colour, roof: Colour) -> None:
    across, base, width, tall = place
    left, right, top, bottom = across * W, (across + width) * W, (base - tall) * H, (base + 0.06) * H
    pen.rectangle((left, top, right, bottom), fill=wall)
    pen.polygon([(left - 4, top), ((left + right) / 2, top - width * 0.42 * W), (right + 4, top)], fill=roof)
    windows = max(1, round(width / 0.012))
    for number in range(windows):
        x = left + (number + 0.5) / windows * (right - left)
        y = top + 0.35 * tall * H
        pen.rectangle((x - 3 * FINE, y, x + 3 * FINE, y + 8 * FINE), fill=mixed(wall, (50, 62, 74), 0.7))


def _tower(pen: ImageDraw.ImageDraw, across: float, base: float, tall: float, roof: Colour) -> None:
    left, width = across * W, 0.018 * W
    top = (base - tall) * H
    pen.rectangle((left, top, left + width, base * H), fill=(222, 210, 190))
    pen.polygon(
        [(left - 6, top), (left + width / 2, top - 0.06 * H), (left + width + 6, top)],
        fill=mixed(roof, (60, 90, 90), 0.6),
    )
    pen.ellipse(
        (left + width * 0.3, top + 0.012 * H, left + width * 0.7, top + 0.012 * H + width * 0.4), fill=(80, 84, 88)
    )


def towers(
    image: Image.Image, chance: random.Random, *, level: float, colour: Colour, count: int, tallest: float
) -> None:
    """Draw tall houses, with light in some of their windows."""
    pen = ImageDraw.Draw(image)
    for number in range(count):
        left = (number / count + chance.uniform(-0.02, 0.02)) * W
        right = left + chance.uniform(0.035, 0.065) * W
        top = (level - tallest * chance.uniform(0.3, 1) * (1 - abs(number / count - 0.45))) * H
        pen.rectangle((left, top, right, level * H), fill=mixed(colour, (70, 92, 120), chance.uniform(0, 0.25)))
        _lit_windows(pen, chance, (left, top, right, level * H))


def _lit_windows(pen: ImageDraw.ImageDraw, chance: random.Random, wall: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = wall
    step, high = 13 * FINE, 17 * FINE
    for row in range(int((bottom - top) / high) - 1):
        for column in range(int((right - left) / step)):
            if chance.random() < 0.28:  # noqa: PLR2004 - who is at home
                x, y = left + (column + 0.3) * step, top + (row + 0.7) * high
                colour = mixed((255, 217, 160), (120, 130, 150), chance.uniform(0, 0.7))
                pen.rectangle((x, y, x + step * 0.42, y + high * 0.45), fill=colour)


def bridge(image: Image.Image, *, level: float, colour: Colour) -> None:
    """Draw a bridge of five arches over a river, each with its mirror image."""
    pen = ImageDraw.Draw(image)
    deck, thick = (level - 0.045) * H, 0.03 * H
    pen.rectangle((0, deck, W, deck + thick), fill=colour)
    span = W / 5
    for number in range(6):
        middle = number * span
        pen.rectangle((middle - 0.012 * W, deck, middle + 0.012 * W, (level + 0.05) * H), fill=colour)
        pen.ellipse(
            (middle - 0.017 * W, (level + 0.03) * H, middle + 0.017 * W, (level + 0.06) * H),
            fill=mixed(colour, (0, 0, 0), 0.3),
        )
        for side in (-1, 1):
            corner = (middle + side * 0.012 * W, deck + thick)
            pen.polygon(
                [corner, (middle + side * 0.09 * W, deck + thick), (corner[0], (level + 0.02) * H)], fill=colour
            )
    for lamp in range(11):
        x = (lamp + 0.5) * W / 11
        pen.line((x, deck, x, deck - 0.035 * H), fill=colour, width=3 * FINE)
        pen.ellipse((x - 5 * FINE, deck - 0.045 * H, x + 5 * FINE, deck - 0.045 * H + 10 * FINE), fill=(255, 226, 176))


def road(image: Image.Image, *, level: float, colour: Colour, line: Colour) -> None:
    """Draw a straight road to the horizon, with its broken line and a row of poles."""
    pen = ImageDraw.Draw(image)
    top, middle = level * H, 0.5 * W
    pen.polygon([(middle - 8, top), (middle + 8, top), (0.86 * W, H), (0.14 * W, H)], fill=colour)
    for number in range(12):
        near, far = 1 / (1 + 0.42 * number), 1 / (1 + 0.42 * (number + 0.5))
        y, upper = top + (H - top) * near, top + (H - top) * far
        pen.polygon(
            [
                (middle - 14 * near * FINE / 2, y),
                (middle + 14 * near * FINE / 2, y),
                (middle + 14 * far * FINE / 2, upper),
                (middle - 14 * far * FINE / 2, upper),
            ],
            fill=line,
        )
    for number in range(7):
        near = 1 / (1 + 0.7 * number)
        x, foot = middle + (0.42 * W) * near, top + (H - top) * near * 0.62
        pen.line((x, foot, x, foot - 0.34 * H * near), fill=(44, 36, 48), width=max(2, round(9 * near)))
        pen.line(
            (x - 0.022 * W * near, foot - 0.31 * H * near, x + 0.022 * W * near, foot - 0.31 * H * near),
            fill=(44, 36, 48),
            width=max(2, round(7 * near)),
        )


def sail(image: Image.Image, *, at: tuple[float, float], size: float) -> None:
    """Draw a boat under sail."""
    pen = ImageDraw.Draw(image)
    x, y, reach = at[0] * W, at[1] * H, size * W
    pen.polygon([(x, y), (x, y - reach), (x + reach * 0.42, y)], fill=(250, 248, 242))
    pen.polygon([(x - 6, y), (x - 6, y - reach * 0.9), (x - reach * 0.3, y)], fill=(226, 226, 222))
    pen.polygon(
        [
            (x - reach * 0.4, y + 8),
            (x + reach * 0.5, y + 8),
            (x + reach * 0.36, y + reach * 0.13),
            (x - reach * 0.28, y + reach * 0.13),
        ],
        fill=(110, 58, 44),
    )


def cape(image: Image.Image, chance: random.Random) -> None:
    """Draw a cape with a lighthouse that comes into the sea from the left."""
    pen = ImageDraw.Draw(image)
    edge = [
        (share * 0.46 * W, (0.46 + 0.13 * share**2 + chance.uniform(-0.004, 0.004)) * H)
        for share in (n / 24 for n in range(25))
    ]
    pen.polygon([(0, 0.66 * H), *edge, (0.40 * W, 0.62 * H), (0.2 * W, 0.64 * H)], fill=(86, 104, 82))
    pen.polygon(
        [
            (0, 0.68 * H),
            (0, 0.56 * H),
            (0.2 * W, 0.60 * H),
            (0.46 * W, 0.595 * H),
            (0.40 * W, 0.625 * H),
            (0.2 * W, 0.65 * H),
        ],
        fill=(168, 148, 118),
    )
    x, foot, top = 0.30 * W, 0.525 * H, 0.36 * H
    pen.polygon(
        [(x - 0.011 * W, foot), (x + 0.011 * W, foot), (x + 0.007 * W, top), (x - 0.007 * W, top)], fill=(246, 243, 236)
    )
    pen.rectangle((x - 0.0085 * W, 0.42 * H, x + 0.0085 * W, 0.45 * H), fill=(158, 66, 50))
    pen.rectangle((x - 0.006 * W, top - 0.022 * H, x + 0.006 * W, top), fill=(255, 232, 180))
    pen.polygon(
        [(x - 0.009 * W, top - 0.022 * H), (x, top - 0.044 * H), (x + 0.009 * W, top - 0.022 * H)], fill=(158, 66, 50)
    )


def firs(image: Image.Image, chance: random.Random, *, level: float, colour: Colour, height: float) -> None:
    """Draw a row of firs."""
    pen = ImageDraw.Draw(image)
    across = -0.02
    while across < 1.02:  # noqa: PLR2004 - beyond the right edge
        tall = height * chance.uniform(0.55, 1.1) * H
        x, foot, shade = across * W, level * H, mixed(colour, (0, 0, 0), chance.uniform(0, 0.12))
        for part in range(5):
            top, bottom = foot - tall * (1 - part * 0.17), foot - tall * (0.68 - part * 0.17)
            wide = tall * (0.06 + 0.045 * part)
            pen.polygon([(x, top), (x - wide, bottom), (x + wide, bottom)], fill=shade)
        across += height * chance.uniform(0.10, 0.24)
