"""What a person of the newsroom sends to the library, and the pictures that are sent."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pixels

from library.admin.image_form import PARTS
from library.models import Image

WRITER = ("view_image", "add_image", "change_image", "view_newsitem", "change_newsitem")
EDITOR = (*WRITER, "delete_image")
CODES = ("en", "fr", "de", "it", "ru", "es")
GRID = reverse("admin:library_image_changelist")
UPLOAD = reverse("admin:library_image_add")
DESCRIBE = reverse("admin:library_image_describe")


def page(image: Image) -> str:
    """Return the address of an image's page."""
    return reverse("admin:library_image_change", args=[image.pk])


def drawn(number: int = 0) -> bytes:
    """Draw a small JPEG; another number is another file."""
    kept = io.BytesIO()
    Pixels.new("RGB", (300 + number, 200), (90, 120, 150)).save(kept, "JPEG")
    return kept.getvalue()


def picture(name: str = "vienna.jpg", *, number: int = 0) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, drawn(number), content_type="image/jpeg")


def said(image: Image, *, prefix: str = "", **changed: Any) -> dict[str, Any]:
    """Return what the form of an image sends: what is stored, but for what is changed."""
    words = image.words()
    fields: dict[str, Any] = {
        f"{part}_{code}": getattr(words[code], part) if code in words else "" for code in CODES for part in PARTS
    }
    fields |= {
        "credit": image.credit,
        "place": image.place,
        "country": image.country_id or "",
        "taken_on": image.taken_on or "",
        "focal_x": image.focal_x / 10,
        "focal_y": image.focal_y / 10,
    }
    fields |= {"is_decorative": "on"} if image.is_decorative else {}
    sent = fields | changed
    return {f"{prefix}-{name}" if prefix else name: value for name, value in sent.items()}
