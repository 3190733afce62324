"""Measure pictures: taking one in, its renditions, the weight and likeness of what readers get, memory, 1,000 in a row.

    python -m benchmarks.pictures [--bulk 1000]

Draws a photograph of 4000 × 3000 pixels with light, texture, edges and a sensor's noise. SQLite, and its own folder.
SSIM is that of Wang et al. 2004 on the brightness, with a Gaussian window of about 11 pixels, by Pillow alone.
Memory is the most that a process held (VmHWM) above what it held after Django was set up.
"""

import argparse
import io
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath

SIZE = (4000, 3000)
HERO = ("16x9", 1280)
MOST_BYTES, LEAST_LIKENESS, MOST_MEMORY = 120_000, 0.95, 150
NOISE = 3.0  # standard deviation, in steps of 255, of a camera at ISO 400


def main() -> None:
    """Measure each thing in a process of its own, or one in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bulk", type=int, default=1000, help="how many small pictures are made in a row")
    parser.add_argument("--one", choices=MEASURES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(MEASURES[options.one](options.bulk)))
        return
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        photograph().save(Path(folder) / "photograph.jpg", quality=95, subsampling="4:2:0")
        for name in MEASURES:
            print(f"{name}:", *described(measured(name, folder, options.bulk)), sep="\n  ")


def measured(name: str, folder: str, bulk: int) -> dict[str, Any]:
    """Run one measure in a fresh process, with a database and a folder of its own."""
    surroundings = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/{name.replace(' ', '-')}.sqlite3",
        "MEDIA_ROOT": f"{folder}/{name}",
        "PHOTOGRAPH": f"{folder}/photograph.jpg",
    }
    command = [sys.executable, "-m", "benchmarks.pictures", "--one", name, "--bulk", str(bulk)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=surroundings)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def described(found: dict[str, Any]) -> list[str]:
    """Return the lines of a measure."""
    return [f"{name}: {value}" for name, value in found.items()]


def photograph(size: tuple[int, int] = SIZE, seed: int = 1) -> Image.Image:
    """Draw a landscape with what makes photographs heavy: soft light, fine texture, hard edges, a sensor's noise."""
    chance = random.Random(seed)
    width, height = size
    image = Image.merge("RGB", [Image.linear_gradient("L").resize(size).point(curve) for curve in SKY])
    for layer in range(5):
        light, hue = fractal(size, chance, deep=11 - layer), fractal(size, chance, deep=6)
        bands = [ImageChops.overlay(light.point(tone(layer, band)), hue.point(tint(band))) for band in range(3)]
        image.paste(Image.merge("RGB", bands), (0, 0), outline(size, chance, level=0.42 + 0.12 * layer))
    pen = ImageDraw.Draw(image)
    for _person in range(60):
        x, y, tall = chance.uniform(0, width), chance.uniform(0.66, 0.95) * height, chance.uniform(0.02, 0.07) * height
        colour = tuple(chance.randint(30, 220) for _band in range(3))
        pen.rounded_rectangle((x, y - tall, x + tall / 3, y), tall / 8, fill=colour)
        pen.ellipse((x + tall / 24, y - tall * 1.3, x + tall / 3.4, y - tall), fill=(205, 165, 140))
    grain = [Image.effect_noise(size, NOISE) for _band in range(3)]
    noisy = [ImageChops.add(band, noise, 1, -128) for band, noise in zip(image.split(), grain, strict=True)]
    return Image.merge("RGB", noisy).filter(ImageFilter.GaussianBlur(0.6))  # a sensor's filter, and its raw converter


SKY: list[Callable[[int], float]] = [lambda v: 90 + v * 0.6, lambda v: 135 + v * 0.4, lambda v: 190 + v * 0.15]


def tone(layer: int, band: int) -> Callable[[int], float]:
    """Return how the light of a layer becomes one of its colours: hazy far away, dark nearby."""
    low, high = ((40, 200), (52, 190), (48, 150))[band]
    haze = 0.5 - 0.12 * layer
    return lambda value: (1 - haze) * (low + (high - low) * value / 255) + haze * (150, 170, 190)[band]


def tint(band: int) -> Callable[[int], float]:
    """Return how far a slow change of hue goes, against a middle grey."""
    return lambda value: 128 + (value - 128) * (0.30, 0.05, -0.25)[band]


def fractal(size: tuple[int, int], chance: random.Random, *, deep: int) -> Image.Image:
    """Return noise at all scales, the finer the weaker, as photographs have it: leaves, stones, cloth."""
    whole, weights = Image.new("L", size, 128), 0.0
    for octave in range(2, deep + 1):
        cells = (2**octave * 4 // 3, 2**octave)
        noise = Image.frombytes("L", cells, chance.randbytes(cells[0] * cells[1])).resize(
            size, Image.Resampling.BICUBIC
        )
        weight = 0.95**octave
        weights += weight
        whole = Image.blend(whole, noise, weight / weights)
    return whole.point(lambda value: max(0, min(255, (value - 128) * 3.4 + 128)))


def outline(size: tuple[int, int], chance: random.Random, *, level: float) -> Image.Image:
    """Return where a range of hills stands."""
    width, height = size
    waves = [(chance.uniform(1, 3) * 2**n, chance.uniform(0, 7), 0.05 * 0.55**n) for n in range(8)]
    points = [
        (x, (level + sum(math.sin(often * x / width * 6.3 + begin) * tall for often, begin, tall in waves)) * height)
        for x in range(0, width + 1, 4)
    ]
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon([*points, (width, height), (0, height)], fill=255)
    return mask


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return the mean SSIM of two pictures, of their brightness."""
    first, second = (image.convert("L").convert("F") for image in (one, other))
    product = lambda a, b: ImageMath.lambda_eval(lambda args: args["a"] * args["b"], a=a, b=b)  # noqa: E731 - as short as it is
    means = [blurred(first), blurred(second)]
    squares = [blurred(product(first, first)), blurred(product(second, second)), blurred(product(first, second))]

    def ssim(args: dict[str, Any]) -> Any:
        m1, m2, s1, s2, s12 = (args[name] for name in ("m1", "m2", "s1", "s2", "s12"))
        above = (m1 * m2 * 2 + 6.5025) * ((s12 - m1 * m2) * 2 + 58.5225)
        return above / ((m1 * m1 + m2 * m2 + 6.5025) * (s1 - m1 * m1 + s2 - m2 * m2 + 58.5225))

    found = ImageMath.lambda_eval(ssim, m1=means[0], m2=means[1], s1=squares[0], s2=squares[1], s12=squares[2])
    values = found.crop((5, 5, one.width - 5, one.height - 5)).get_flattened_data()
    return sum(values) / len(values)


def blurred(image: Image.Image) -> Image.Image:
    """Return the Gaussian mean around each pixel (sigma 1.5), of numbers that aren't whole."""
    weights = [math.exp(-(at**2) / 4.5) for at in range(-5, 6)]
    whole = sum(weights)
    for across in (True, False):
        parts = [(at, weight / whole) for at, weight in zip(range(-5, 6), weights, strict=True)]
        moved = [(ImageChops.offset(image, at if across else 0, 0 if across else at), weight) for at, weight in parts]
        sums = moved[0][0].point(lambda value, share=moved[0][1]: value * share + 0)
        for shifted, weight in moved[1:]:
            sums = ImageMath.lambda_eval(lambda args, share=weight: args["a"] + args["b"] * share, a=sums, b=shifted)
        image = sums
    return image


def held(name: str = "VmHWM") -> float:
    """Return the most memory that this process held, or holds now (VmRSS), in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{name}:"))


def set_up() -> float:
    """Set Django up with an empty database; return the memory that is held then, and count the most from there on."""
    import benchmarks.django_set_up  # noqa: F401, PLC0415 - in the measured process only, whose database is its own

    call_command("migrate", verbosity=0)
    Path("/proc/self/clear_refs").write_text("5")
    return held("VmRSS")


def take_photograph() -> Any:
    """Take the photograph into the library, as a form would hand it over."""
    from django.core.files.uploadedfile import TemporaryUploadedFile  # noqa: PLC0415 - after Django is set up

    from library.keeping import take_in  # noqa: PLC0415 - after Django is set up

    content = Path(os.environ["PHOTOGRAPH"]).read_bytes()
    upload = TemporaryUploadedFile("photograph.jpg", "image/jpeg", len(content), None)
    upload.write(content)
    return take_in(upload, name="photograph.jpg", credit="Drawn", by=None)


def measure_taking_in(_bulk: int) -> dict[str, Any]:
    """Measure what an editor waits for."""
    idle = set_up()
    began = time.perf_counter()
    image = take_photograph()
    taken = time.perf_counter() - began
    return {
        "photograph": f"{image.width} × {image.height}, {image.size / 1e6:.1f} MB",
        "saved and usable": verdict(taken, "s", most=1),
        "memory above idle": verdict(held() - idle, "MB", most=MOST_MEMORY),
    }


def measure_renditions(_bulk: int) -> dict[str, Any]:
    """Measure what the worker does, and what readers get."""
    idle = set_up()
    image = take_photograph()
    from library.making import make  # noqa: PLC0415 - after Django is set up
    from library.places import paths_of  # noqa: PLC0415 - after Django is set up

    began = time.perf_counter()
    make(image)
    seconds, most_held = time.perf_counter() - began, held() - idle
    files = list(paths_of(image.pk, SIZE))
    found = {
        f"all {len(files)} renditions": verdict(seconds, "s", most=60),
        "memory above idle": verdict(most_held, "MB", most=MOST_MEMORY),
    }
    return found | {f"hero of {HERO[1]} px, {form}": hero(image, form) for form in ("avif", "webp", "jpg")}


def hero(image: Any, form: str) -> str:
    """Return the weight of the hero and its likeness to a lossless downscale of the photograph."""
    from django.core.files.storage import default_storage  # noqa: PLC0415 - after Django is set up

    from library.places import rendition_path  # noqa: PLC0415 - after Django is set up
    from library.rendering import crop_box  # noqa: PLC0415 - after Django is set up
    from library.slots import CROPS  # noqa: PLC0415 - after Django is set up

    crop = CROPS[HERO[0]]
    box = crop_box(SIZE, crop.ratio, (500, 500))
    size = crop.size_at(HERO[1], SIZE)
    lossless = Image.open(os.environ["PHOTOGRAPH"]).resize(size, Image.Resampling.LANCZOS, box=box)
    content = default_storage.open(rendition_path(image.pk, crop.name, HERO[1], form)).read()
    alike = likeness(lossless, Image.open(io.BytesIO(content)))
    most = MOST_BYTES if form == "avif" else math.inf
    weight = verdict(len(content) / 1000, "KB", most=most / 1000)
    return f"{weight}, SSIM {alike:.4f}{' TOO LITTLE' * (alike < LEAST_LIKENESS)}"


def measure_bulk(bulk: int) -> dict[str, Any]:
    """Measure whether memory grows while many pictures are taken in and their renditions are made."""
    idle = set_up()
    from django.core.files.base import ContentFile  # noqa: PLC0415 - after Django is set up

    from library.keeping import take_in  # noqa: PLC0415 - after Django is set up
    from library.making import make  # noqa: PLC0415 - after Django is set up

    began, early = time.perf_counter(), 0.0
    for number in range(bulk):
        written = io.BytesIO()
        Image.effect_noise((200, 150), 10 + number % 50).convert("RGB").save(written, "JPEG")
        make(take_in(ContentFile(written.getvalue()), name=f"{number}.jpg", credit="Drawn", by=None))
        early = held("VmRSS") if number == bulk // 10 else early
    return {
        f"{bulk:,} small pictures": f"{time.perf_counter() - began:.0f} s",
        "memory above idle after a tenth of them": f"{early - idle:.1f} MB",
        "and after all": verdict(held("VmRSS") - idle, "MB", most=early - idle + 5),
    }


def verdict(value: float, unit: str, *, most: float) -> str:
    """Return a figure, and whether it is more than it may be."""
    return f"{value:.2f} {unit}{f' (at most {most:.4g})' * math.isfinite(most)}{' TOO MUCH' * (value > most)}"


MEASURES = {"taking it in": measure_taking_in, "renditions": measure_renditions, "in a row": measure_bulk}


if __name__ == "__main__":
    main()
