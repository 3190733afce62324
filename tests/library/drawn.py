"""Pictures for tests, drawn by code."""

import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from library.keeping import take_in
from library.models import Image as LibraryImage

RED, GREEN = (200, 30, 30), (30, 140, 60)


def canvas(size: tuple[int, int] = (800, 600), mode: str = "RGB", colour: Any = GREEN) -> Image.Image:
    """Draw an even ground."""
    return Image.new(mode, size, colour)


def disc(size: tuple[int, int], at: tuple[float, float], radius: int = 30) -> Image.Image:
    """Draw a red disc on green; its middle is given in thousandths of width and height."""
    image = canvas(size)
    across, down = size[0] * at[0] / 1000, size[1] * at[1] / 1000
    ImageDraw.Draw(image).ellipse((across - radius, down - radius, across + radius, down + radius), fill=RED)
    return image


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """Return the file of a picture."""
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def jpeg(size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
    """Return a small photograph, as it were: a file unlike that of any other size."""
    return encoded(canvas(size), "JPEG", **options)


def upload(content: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    """Return what a form hands over."""
    return SimpleUploadedFile(name, content)


def stored(content: bytes = b"", *, name: str = "picture.jpg", **fields: Any) -> LibraryImage:
    """Take a picture in; fields that its upload doesn't ask for are changed after it."""
    image = take_in(ContentFile(content or jpeg()), name=name, credit=fields.pop("credit", "OSCE/Maria Berg"), by=None)
    if fields:
        LibraryImage.objects.filter(pk=image.pk).update(**fields)
        image.refresh_from_db()
    return image
