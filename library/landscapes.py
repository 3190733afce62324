"""What drawn landscapes are made of: sky, hills, mountains, water. All places are shares of the picture's size."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

type Colour = tuple[int, int, int]

WIDTH, HEIGHT = 1600, 1067  # pixels
FINE = 2  # drawn so many times as large, then made smaller: smooth edges
W, H = WIDTH * FINE, HEIGHT * FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """The colours of a landscape.

    Attributes:
        high, low: of the sky, above and at the horizon.
        far, near: of the hills.
        light: of the sun, of windows and of reflections.
    """

    high: Colour
    low: Colour
    far: Colour
    near: Colour
    light: Colour


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour between two."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """Return an area that changes from one colour to another."""
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)


def sky(mood: Mood, *, sun: tuple[float, float], strength: float) -> Image.Image:
    """Return a sky with its sun, and the glow around it."""
    image = gradient((W, H), mood.high, mood.low)
    across, down = sun[0] * W, sun[1] * H
    for reach, share in ((0.55, 0.5), (0.22, 0.6)):
        side = round(reach * W)
        # Pillow's own gradient is at 181 where it touches the edges.
        fading = [255 * max(0, 1 - value / 181) ** 2 * strength * share for value in range(256)]
        glow = Image.radial_gradient("L").point(fading).resize((2 * side, 2 * side))
        image.paste(mood.light, (round(across) - side, round(down) - side), glow)
    radius = 0.026 * W
    ImageDraw.Draw(image).ellipse((across - radius, down - radius, across + radius, down + radius), fill=mood.light)
    return image


def clouds(image: Image.Image, mood: Mood, chance: random.Random) -> None:
    """Draw long, thin clouds."""
    mask = Image.new("L", (W // 8, H // 8))
    pen = ImageDraw.Draw(mask)
    for _cloud in range(9):
        across, down, length = chance.uniform(-0.1, 1), chance.uniform(0.06, 0.34), chance.uniform(0.08, 0.28)
        for _puff in range(14):
            x, y = (across + chance.uniform(0, length)) * W / 8, (down + chance.gauss(0, 0.008)) * H / 8
            wide, high = chance.uniform(0.02, 0.06) * W / 8, chance.uniform(0.006, 0.018) * H / 8
            pen.ellipse((x - wide, y - high, x + wide, y + high), fill=chance.randint(90, 190))
    soft = mask.filter(ImageFilter.GaussianBlur(5)).resize((W, H), Image.Resampling.BICUBIC)
    image.paste(mixed(mood.light, (255, 255, 255), 0.6), (0, 0), soft)


def ridge(chance: random.Random, *, level: float, height: float, roughness: float) -> list[tuple[float, float]]:
    """Return the points of a line of hills, from left to right."""
    waves = [
        (chance.uniform(0.7, 1.4) * 2**octave, chance.uniform(0, 2 * math.pi), roughness**octave) for octave in range(5)
    ]
    whole = sum(size for *_wave, size in waves)
    points = []
    for step in range(161):
        share = step / 160
        sum_of = sum(math.sin(2 * math.pi * often * share + begin) * size for often, begin, size in waves)
        points.append((share * W, (level - height * sum_of / whole) * H))
    return points


def hill(
    image: Image.Image, chance: random.Random, *, level: float, colour: Colour, height: float, roughness: float
) -> None:
    """Draw a line of hills down to the lower edge, in a haze that grows towards their feet."""
    mask = Image.new("L", (W, H))
    ImageDraw.Draw(mask).polygon(
        [*ridge(chance, level=level, height=height, roughness=roughness), (W, H), (0, H)], fill=255
    )
    top = round((level - height) * H)
    shade = gradient((W, max(1, H - top)), colour, mixed(colour, (200, 196, 188), 0.28))
    image.paste(shade, (0, top), mask.crop((0, top, W, H)))


def hills(
    image: Image.Image,
    mood: Mood,
    chance: random.Random,
    *,
    levels: tuple[float, ...],
    roughness: float,
    nearest: float = 0.8,
) -> None:
    """Draw lines of hills one before the other, darker the nearer they are."""
    for number, level in enumerate(levels):
        share = nearest * (number + 0.4) / len(levels)
        hill(image, chance, level=level, colour=mixed(mood.far, mood.near, share), height=0.075, roughness=roughness)


def peaks(image: Image.Image, chance: random.Random, *, level: float, colour: Colour, snow: bool) -> None:
    """Draw a chain of mountains, with snow on their tops and one side of each in the shade."""
    pen = ImageDraw.Draw(image)
    points: list[tuple[float, float]] = [(-0.1 * W, level * H)]
    across = -0.05
    while across < 1.1:  # noqa: PLR2004 - beyond the right edge
        points.append((across * W, (level - chance.uniform(0.09, 0.20)) * H))
        across += chance.uniform(0.05, 0.10)
        points.append((across * W, (level - chance.uniform(0.0, 0.05)) * H))
        across += chance.uniform(0.05, 0.10)
    pen.polygon([*points, (1.1 * W, H), (-0.1 * W, H)], fill=colour)
    for left, top, right in zip(points, points[1:], points[2:], strict=False):
        if top[1] < left[1] and top[1] < right[1]:
            pen.polygon(
                [top, right, (top[0] + 0.3 * (right[0] - top[0]), right[1])], fill=mixed(colour, (30, 50, 70), 0.18)
            )
            if snow:
                _snow(pen, left, top, right)


def _snow(
    pen: ImageDraw.ImageDraw, left: tuple[float, float], top: tuple[float, float], right: tuple[float, float]
) -> None:
    share = 0.34
    one = (top[0] + (left[0] - top[0]) * share, top[1] + (left[1] - top[1]) * share)
    other = (top[0] + (right[0] - top[0]) * share, top[1] + (right[1] - top[1]) * share)
    teeth = [
        (one[0] + (other[0] - one[0]) * at, max(one[1], other[1]) + (0.012 if number % 2 else -0.006) * H)
        for number, at in enumerate((0.2, 0.4, 0.6, 0.8))
    ]
    pen.polygon([top, one, *teeth, other], fill=(244, 247, 249))


def ground(image: Image.Image, *, level: float, top: Colour, bottom: Colour) -> None:
    """Draw a plain."""
    image.paste(gradient((W, H - round(level * H)), top, bottom), (0, round(level * H)))


def water(image: Image.Image, mood: Mood, chance: random.Random, *, level: float, path: float) -> None:
    """Draw a lake or the sea, with the light's path on it."""
    ground(image, level=level, top=mixed(mood.low, mood.far, 0.5), bottom=mixed(mood.near, mood.high, 0.2))
    water_lights(image, mood, chance, level=level, path=path)


def water_lights(image: Image.Image, mood: Mood, chance: random.Random, *, level: float, path: float) -> None:
    """Draw what glitters on water: dense under the light, wider the nearer it is."""
    mask = Image.new("L", (W, H))
    pen = ImageDraw.Draw(mask)
    for _glint in range(260):
        depth = chance.random() ** 1.4
        down = (level + 0.012 + depth * (1 - level)) * H
        across = chance.gauss(path, 0.05 + 0.12 * depth) * W
        length, thick = chance.uniform(0.01, 0.05) * (0.4 + depth) * W, (1.5 + 5 * depth) * FINE / 2
        pen.rounded_rectangle(
            (across - length, down, across + length, down + thick), thick / 2, fill=chance.randint(40, 120)
        )
    image.paste(mood.light, (0, 0), mask)


def reflection(image: Image.Image, *, level: float, tint: Colour) -> None:
    """Mirror what stands above the water in it, darker and unclear."""
    top = round(level * H)
    mirrored = image.crop((0, max(0, 2 * top - H), W, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirrored = mirrored.resize((W // 6, H // 3)).filter(ImageFilter.GaussianBlur(2)).resize((W, H - top))
    image.paste(Image.blend(mirrored, Image.new("RGB", mirrored.size, tint), 0.45), (0, top))


def done(image: Image.Image, chance: random.Random) -> Image.Image:
    """Return the picture in its size, with the grain of a film, so that it looks like no computer's drawing."""
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    noise = Image.frombytes("L", (WIDTH // 2, HEIGHT // 2), chance.randbytes((WIDTH // 2) * (HEIGHT // 2)))
    grain = noise.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return Image.blend(small, ImageChops.overlay(small, Image.merge("RGB", (grain,) * 3)), 0.07)
