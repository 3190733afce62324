"""Pictures and attachments for the newest sample news: drawn and written here, taken into the library as any other."""

import io
import itertools
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from library.attaching import Words, attach
from library.documents import read_document
from library.keeping import DuplicateError, take_in
from library.models import Attachment, Image, ImageText
from library.samples import draw_sample_picture
from news.importers.rows import EditionRow, ItemRow

ILLUSTRATED = 48  # of the newest items, those that lie ahead included
GALLERY = 4  # pictures of the one item that has several
WITH_GALLERY, WITH_FIGURE, WITH_FILES = 20, 16, 6  # by their places: several pictures, one in the text, attachments
PARAGRAPH_END = "</p>"
TABLE = "Year,Projects,Countries\n2023,118,34\n2024,126,36\n2025,131,37\n"
PAGE = "<h2>Programme</h2><p>09:30 Opening</p><p>10:00 First session</p><p>12:30 Closing</p>"
LINES = ("Background paper", "A document that was written for sample news.", "It says nothing of any real meeting.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustrations:
    """The numbers of the pictures, in the order of library/samples.py, and of the attachments."""

    pictures: Sequence[int]
    attachments: Sequence[int]


def illustrated(rows: Iterable[ItemRow], *, items: int) -> Iterator[ItemRow]:
    """Give the newest of the rows, which are the last ones, pictures and attachments; all others stay as they are.

    What they get is drawn and stored at once, before the rows are: the import that takes them holds a lock.
    """
    return _with_illustrations(rows, items, Illustrations(pictures=_pictures(), attachments=_attachments()))


def _with_illustrations(rows: Iterable[ItemRow], items: int, shown: Illustrations) -> Iterator[ItemRow]:
    places = itertools.count()
    for number, row in enumerate(rows, start=1):
        is_new = items - number < ILLUSTRATED
        # In local languages nobody has written what the pictures show.
        yield _with_files(row, next(places), shown) if is_new and row.language in dict(settings.LANGUAGES) else row


def _with_files(row: ItemRow, place: int, shown: Illustrations) -> ItemRow:
    """Return a row whose newest edition has a picture, the same in all its languages, and perhaps more."""
    story = row.source_id.rpartition("-")[2]
    first = crc32(story.encode()) % len(shown.pictures)
    count = GALLERY if place == WITH_GALLERY else 1
    pictures = tuple(shown.pictures[(first + step) % len(shown.pictures)] for step in range(count))
    attachments = tuple(shown.attachments) if place % WITH_FIGURE == WITH_FILES else ()
    newest = replace(row.newest, pictures=pictures, attachments=attachments)
    if place == WITH_FIGURE:
        newest = _with_figure(newest, shown.pictures[(first + 1) % len(shown.pictures)])
    return replace(row, editions=(*row.editions[:-1], newest))


def _with_figure(edition: EditionRow, number: int) -> EditionRow:
    """Place a picture behind the first paragraph."""
    figure = f'<figure data-image="{number}"></figure>'
    return replace(edition, body=edition.body.replace(PARAGRAPH_END, PARAGRAPH_END + figure, 1))


def _pictures() -> list[int]:
    """Draw the pictures, take those into the library that are not there, and describe them; return their numbers."""
    told = tomllib.loads(Path(__file__).with_name("pictures.toml").read_text(encoding="utf-8"))
    return [_picture(seed, words, told).pk for seed, words in enumerate(told["pictures"])]


def _picture(seed: int, words: dict[str, str], told: dict[str, Any]) -> Image:
    there = Image.objects.filter(name=words["name"], credit=told["credit"]).first()
    if there:
        return there
    try:
        drawn = ContentFile(draw_sample_picture(seed), name=words["name"])
        image = take_in(drawn, name=words["name"], credit=told["credit"], by=None)
    except DuplicateError as known:  # under another name
        return known.image
    for language, caption in told["caption"].items():
        ImageText.objects.create(image=image, language=language, alternative=words[language], caption=caption)
    return image


def _attachments() -> list[int]:
    """Write a document, a table and a page, unless they are there; return their numbers."""
    files = {"Background paper": ("paper.pdf", _pdf()), "Projects by year": ("projects.csv", TABLE.encode())}
    made = [_attachment(title, name, data) for title, (name, data) in files.items()]
    page = Attachment.objects.filter(versions__title="Programme", kind=Attachment.Kind.PAGE).first()
    if page is None:
        page = Attachment(kind=Attachment.Kind.PAGE)
        attach(page, words=Words(title="Programme"), text=PAGE, by=None)
    return [*made, page.pk]


def _attachment(title: str, name: str, data: bytes) -> int:
    upload = SimpleUploadedFile(name, data)
    document = read_document(upload)
    there = Attachment.objects.filter(versions__checksum=document.checksum).first()
    if there is None:
        there = Attachment(kind=document.kind)
        attach(there, words=Words(title=title), document=document, upload=upload, by=None)
    return there.pk


def _pdf() -> bytes:
    """Write a PDF of one page by hand: a heading and a few lines."""
    heading, *lines = LINES
    text = (
        f"BT /F1 20 Tf 72 760 Td ({heading}) Tj /F1 12 Tf " + "".join(f"0 -28 Td ({line}) Tj " for line in lines) + "ET"
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R/Lang(en)>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = io.BytesIO(b"%PDF-1.4\n"), []
    written.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, start=1):
        places.append(written.tell())
        written.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = written.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    written.write(end.encode())
    return written.getvalue()
