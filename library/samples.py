"""Drawn landscapes for sample news: hills, lakes, coasts, towns, in quiet colours. One number, one picture."""

import io
import random
from collections.abc import Callable

from PIL import Image

from library.buildings import bridge, cape, firs, road, roofs, sail, towers
from library.landscapes import (
    Mood,
    clouds,
    done,
    ground,
    hill,
    hills,
    mixed,
    peaks,
    reflection,
    sky,
    water,
    water_lights,
)

MORNING = Mood(high=(111, 147, 173), low=(243, 217, 189), far=(208, 192, 171), near=(23, 56, 75), light=(255, 243, 220))
NOON = Mood(high=(92, 144, 181), low=(226, 236, 238), far=(176, 198, 205), near=(40, 74, 66), light=(255, 252, 240))
SEA = Mood(high=(78, 140, 166), low=(150, 196, 206), far=(120, 170, 184), near=(30, 86, 112), light=(255, 255, 255))
EVENING = Mood(high=(52, 66, 104), low=(240, 168, 122), far=(186, 130, 126), near=(33, 29, 54), light=(255, 214, 160))
NIGHT = Mood(high=(14, 27, 44), low=(60, 84, 112), far=(48, 68, 94), near=(12, 22, 36), light=(255, 217, 160))
AUTUMN = Mood(high=(142, 160, 168), low=(238, 226, 204), far=(196, 178, 146), near=(84, 58, 38), light=(255, 240, 208))


def draw_sample_picture(seed: int) -> bytes:
    """Return a JPEG of 1600 × 1067 pixels, each of eight kinds in turn, and each time a little different."""
    chance = random.Random(seed)  # noqa: S311 - the same picture again, no secret
    written = io.BytesIO()
    done(SCENES[seed % len(SCENES)](chance), chance).save(written, "JPEG", quality=86, optimize=True)
    return written.getvalue()


def _lake(chance: random.Random) -> Image.Image:
    """Hills around a lake, with the sun's path on the water."""
    across = chance.uniform(0.55, 0.7)
    image = sky(MORNING, sun=(across, 0.3), strength=0.85)
    hills(image, MORNING, chance, levels=(0.40, 0.48, 0.56, 0.64), roughness=0.5)
    water(image, MORNING, chance, level=0.70, path=across)
    hill(image, chance, level=0.95, colour=(17, 40, 52), height=0.05, roughness=0.4)
    return image


def _town(chance: random.Random) -> Image.Image:
    """A town at the foot of the hills, before noon."""
    image = sky(NOON, sun=(0.22, 0.2), strength=0.5)
    clouds(image, NOON, chance)
    hills(image, NOON, chance, levels=(0.42, 0.51, 0.60), roughness=0.6)
    roofs(image, chance, level=0.80, colours=((196, 120, 84), (172, 98, 72), (206, 148, 104)))
    hill(image, chance, level=0.87, colour=(58, 92, 64), height=0.05, roughness=0.5)
    firs(image, chance, level=0.99, colour=(40, 70, 54), height=0.10)
    hill(image, chance, level=0.99, colour=(34, 60, 48), height=0.02, roughness=0.4)
    return image


def _mountains(chance: random.Random) -> Image.Image:
    """Peaks with snow above a dark valley."""
    image = sky(NOON, sun=(0.8, 0.2), strength=0.45)
    peaks(image, chance, level=0.50, colour=(150, 176, 194), snow=True)
    peaks(image, chance, level=0.60, colour=(104, 138, 162), snow=True)
    for level, colour in ((0.62, (92, 124, 128)), (0.72, (66, 100, 98)), (0.83, (46, 78, 74)), (0.94, (30, 56, 54))):
        hill(image, chance, level=level, colour=colour, height=0.07, roughness=0.5)
    return image


def _coast(chance: random.Random) -> Image.Image:
    """The sea, a cape with a lighthouse, and a sail."""
    image = sky(NOON, sun=(0.72, 0.24), strength=0.6)
    clouds(image, NOON, chance)
    water(image, SEA, chance, level=0.56, path=0.72)
    cape(image, chance)
    sail(image, at=(0.66, 0.62), size=0.07)
    return image


def _steppe(chance: random.Random) -> Image.Image:
    """A plain in the evening, with a road that leads to the horizon."""
    image = sky(EVENING, sun=(0.5, 0.54), strength=0.9)
    hills(image, EVENING, chance, levels=(0.60, 0.63), roughness=0.25, nearest=0.5)
    ground(image, level=0.64, top=(164, 108, 92), bottom=(52, 40, 58))
    road(image, level=0.64, colour=(92, 74, 86), line=EVENING.light)
    return image


def _city(chance: random.Random) -> Image.Image:
    """Towers at night, with light in their windows, and their reflection in a river."""
    image = sky(NIGHT, sun=(0.78, 0.18), strength=0.35)
    towers(image, chance, level=0.72, colour=(48, 70, 98), count=22, tallest=0.46)
    towers(image, chance, level=0.72, colour=(18, 32, 50), count=17, tallest=0.30)
    reflection(image, level=0.72, tint=(12, 24, 40))
    water_lights(image, NIGHT, chance, level=0.72, path=0.5)
    return image


def _forest(chance: random.Random) -> Image.Image:
    """Rows of firs in the mist of an autumn morning."""
    image = sky(AUTUMN, sun=(0.4, 0.28), strength=0.6)
    for step in range(5):
        level, colour = 0.46 + 0.12 * step, mixed((184, 186, 174), (38, 58, 52), step / 4)
        firs(image, chance, level=level + 0.02, colour=colour, height=0.09 + 0.012 * step)
        hill(image, chance, level=level + 0.01, colour=colour, height=0.02, roughness=0.4)
    return image


def _river(chance: random.Random) -> Image.Image:
    """A bridge of arches over a river in the evening, with the old town behind it."""
    image = sky(EVENING, sun=(0.3, 0.36), strength=0.8)
    hills(image, EVENING, chance, levels=(0.46, 0.54), roughness=0.5)
    roofs(image, chance, level=0.66, colours=((104, 66, 74), (84, 54, 70), (124, 80, 78)))
    reflection(image, level=0.70, tint=(70, 56, 84))
    water_lights(image, EVENING, chance, level=0.70, path=0.3)
    bridge(image, level=0.70, colour=(54, 42, 62))
    return image


SCENES: tuple[Callable[[random.Random], Image.Image], ...] = (
    _lake,
    _town,
    _mountains,
    _coast,
    _steppe,
    _city,
    _forest,
    _river,
)
