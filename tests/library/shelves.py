"""Images and attachments as the library has them, with files behind them, and items that hold them."""

import hashlib
import io
import itertools
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pixels

from library.attaching import Words
from library.models import Attachment, AttachmentVersion, Image
from library.places import quick_path, rendition_path
from library.slots import CROPS

_numbers = itertools.count(1)
WORDS = tuple(Words.__dataclass_fields__)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def jpeg(width: int = 60, height: int = 40, colour: str = "#7a4a21") -> bytes:
    """Draw a picture of one colour."""
    drawn = io.BytesIO()
    Pixels.new("RGB", (width, height), colour).save(drawn, "JPEG")
    return drawn.getvalue()


def put(name: str, content: bytes) -> None:
    """Let the storage hold this under this name."""
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def image(*, alternative: str = "A lake below hills", language: str = "en", caption: str = "", **fields: Any) -> Image:
    """Create an image with a quick picture behind it, and a text in one language."""
    number = next(_numbers)
    given = {"name": f"lake-{number}.jpg", "format": "jpg", "size": 4_000_000, "width": 4000, "height": 3000}
    given |= {"colour": "#7a4a21", "credit": "OSCE/Maria Berg", "file": f"originals/{number}.jpg"}
    checksum = hashlib.sha256(str(number).encode()).hexdigest()
    made = Image.objects.create(**given | {"checksum": checksum} | fields)
    made.texts.create(language=language, alternative=alternative, caption=caption)
    put(quick_path(made.pk), jpeg())
    return made


def rendered(made: Image, *, by: str = "recipe 1") -> Image:
    """Make all renditions of an image: each tells by its bytes which one it is."""
    for crop in CROPS.values():
        for width in crop.widths_for((made.width, made.height)):
            for form in crop.formats:
                put(rendition_path(made.pk, crop.name, width, form), f"{crop.name}-{width}.{form} {by}".encode())
    Image.objects.filter(pk=made.pk).update(rendered_by=by)
    made.refresh_from_db()
    return made


def attachment(title: str = "The method", *, content: bytes = PDF, format: str = "pdf", **fields: Any) -> Attachment:  # noqa: A002 - the field's word
    """Create an attachment with a first version; a recording has a transcript."""
    if fields.get("kind") in {Attachment.Kind.VIDEO, Attachment.Kind.AUDIO}:
        fields = {"transcript": "<p>All that is said.</p>"} | fields
    words = {name: fields.pop(name) for name in ("language", "poster", "transcript") if name in fields}
    made = Attachment.objects.create(**{"slug": title.lower().replace(" ", "-")} | fields)
    version(made, content, format=format, title=title, **words)
    return made


def version(of: Attachment, content: bytes, *, format: str = "pdf", **words: Any) -> AttachmentVersion:  # noqa: A002 - the field's word
    """Add a version: a file, or of a page its text; its words are those of the one before, where none are given."""
    words = ({name: getattr(of.newest, name) for name in WORDS} if of.newest else {}) | words
    number = of.versions.count() + 1
    if of.kind == Attachment.Kind.PAGE:
        return of.versions.create(number=number, text=content.decode(), **words)
    checksum = hashlib.sha256(content).hexdigest()
    name = f"attachments/{of.pk}/{checksum}.{format}"
    put(name, content)
    return of.versions.create(
        number=number,
        file=name,
        format=format,
        size=len(content),
        checksum=checksum,
        pages=12 if format == "pdf" else None,
        **words,
    )
