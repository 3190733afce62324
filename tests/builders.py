"""Builders: each makes a valid record, and names only what the test cares about."""

import datetime
import io
import itertools
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from library.attaching import Words, attach, words_of
from library.documents import read_document
from library.models import Attachment, Image, ImageText, Logo
from news import workflow
from news.models import Edition, Person
from taxonomy.models import Country, Institution, Membership, NavigationItem, Topic

UTC = datetime.UTC
LONG_AGO = datetime.datetime(2020, 1, 15, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def country(name: str = "", **fields: Any) -> Country:
    """Create a country; its code is free of the others'."""
    number = next(_numbers)
    code = chr(65 + number // 26 % 26) + chr(65 + number % 26)
    name = name or f"Country {number}"
    return Country.objects.create(**{"name": name, "slug": slugify(name), "iso_code": code} | fields)


def membership(**fields: Any) -> Membership:
    """Say what a country is, by default a participating State since 1992."""
    given = {"status": Membership.Status.PARTICIPATING_STATE, "since": "1992"}
    if "country" not in fields:
        fields["country"] = country()
    return Membership.objects.create(**given | fields)


def institution(name: str = "", **fields: Any) -> Institution:
    """Create an institution, by default a department."""
    name = name or f"Institution {next(_numbers)}"
    return Institution.objects.create(
        **{"name": name, "slug": slugify(name), "kind": Institution.Kind.DEPARTMENT} | fields
    )


def topic(name: str = "", **fields: Any) -> Topic:
    """Create a field of work."""
    name = name or f"Topic {next(_numbers)}"
    return Topic.objects.create(**{"name": name, "slug": slugify(name)} | fields)


def content(title: str = "", **fields: Any) -> workflow.Content:
    """Return complete content, issued by a new institution unless the test names one."""
    title = title or f"Story {next(_numbers)}"
    given = {"summary": f"In short: {title}.", "body": f"<p>{title}, at length.</p>", "issued_at": LONG_AGO}
    if "issued_by" not in fields:
        fields["issued_by"] = [institution().pk]
    return workflow.Content(**{"title": title} | given | fields)


def draft(title: str = "", *, language: str = "en", translation_of: Any = None, **fields: Any) -> Edition:
    """Create an item with an open draft."""
    return workflow.create_item(content(title, **fields), language=language, translation_of=translation_of, by=None)


def published(
    title: str = "", *, visible_from: datetime.datetime | None = None, language: str = "en", **fields: Any
) -> Edition:
    """Create an item whose first edition is approved, by default visible since its date of issue."""
    edition = draft(title, language=language, **fields)
    return workflow.approve(edition, visible_from=visible_from or edition.issued_at, from_archive=True, by=None)


def next_edition(
    edition: Edition, title: str = "", *, visible_from: datetime.datetime | None = None, **fields: Any
) -> Edition:
    """Approve the next edition of an item that is public, by default now."""
    opened = workflow.save_draft(workflow.open_edition(edition.item, by=None), content(title, **fields), by=None)
    return workflow.approve(opened, visible_from=visible_from, by=None)


def navigation_item(label: str = "", **fields: Any) -> NavigationItem:
    """Create an entry of the navigation, by default an own page at the top."""
    label = label or f"Entry {next(_numbers)}"
    return NavigationItem.objects.create(**{"label": label, "slug": slugify(label)} | fields)


PASSWORD = "correct horse battery staple"
WRITER = ("add_newsitem", "change_newsitem", "view_newsitem", "submit_edition")
EDITOR = (*WRITER, "return_edition", "approve_edition")
PUBLISHER = (
    *EDITOR,
    "unschedule_edition",
    "force_edition",
    "review_edition",
    "remove_item",
    "publish_import",
)


def member_of_staff(name: str = "", *permissions: str, home: Sequence[Institution] = (), **fields: Any) -> User:
    """Create a user of the admin with these permissions and the password `PASSWORD`, who works for `home`."""
    name = name or f"person-{next(_numbers)}"
    user = User.objects.create_user(name, password=PASSWORD, **{"is_staff": True} | fields)
    ours = Permission.objects.filter(content_type__app_label__in=("news", "library", "taxonomy"))
    user.user_permissions.set(ours.filter(codename__in=permissions))
    Person.objects.get_or_create(user=user)[0].institutions.set(home)
    return user


def page_text(title: str = "", **parts: Any) -> str:
    """Return a page in the page-text form, complete unless the test names its parts."""
    title = title or f"Story {next(_numbers)}"
    summary = parts.get("summary", f"In short: {title}.")
    menu = parts.get("menu", ["-", "Our work", "- Projects"])
    facts = parts.get("facts", ["- Issued on:", "- Issued by:", "- OSCE Secretariat"])
    body = parts.get("body", [f"{title}, at length."])
    above = [summary] if summary else []
    return "\n".join([*menu, parts.get("kind", "News Item"), title, *above, *facts, *above, *body])


def image(name: str = "", **fields: Any) -> Image:
    """Create an image of the library as a row alone, without a file behind it; its renditions are said to be there."""
    number = next(_numbers)
    given = {
        "file": f"originals/{number}.jpg",
        "name": name or f"picture-{number}.jpg",
        "checksum": f"{number:064x}",
        "format": Image.Format.JPEG,
        "size": 1_200_000,
        "width": 3000,
        "height": 2000,
        "colour": "#7f8c99",
        "credit": "OSCE/Maria Berg",
        "rendered_by": "a recipe",
    }
    return Image.objects.create(**given | fields)


def described(image: Image, alternative: str, *, language: str = "en", caption: str = "") -> Image:
    """Say what an image shows, and return it."""
    ImageText.objects.update_or_create(
        image=image, language=language, defaults={"alternative": alternative, "caption": caption}
    )
    return image


def pdf(*, pages: int = 1, password: str = "", script: str = "", embedded: bytes = b"") -> bytes:
    """Return a PDF with empty pages, and perhaps with what the library refuses."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password)
    if script:
        writer.add_open_action(JavaScript(script))
    if embedded:
        writer.add_attachment("embedded.bin", embedded)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def packed(**files: bytes) -> bytes:
    """Return a ZIP archive of files, by name; `__` in a name stands for a slash, `_dot_` for a dot."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return written.getvalue()


def box(kind: bytes, content: bytes = b"") -> bytes:
    """Return a part of an MP4: its length, four letters, its content."""
    return (8 + len(content)).to_bytes(4) + kind + content


def video(*, brand: bytes = b"mp42", movie: bytes = b"", top: bytes = b"", track: bytes = b"vide") -> bytes:
    """Return an MP4 in little: one track without pictures, and what else the test wants in it."""
    handler = box(b"hdlr", bytes(8) + track + bytes(13))
    tracks = box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", handler))
    return box(b"ftyp", brand + bytes(4)) + box(b"moov", box(b"mvhd", bytes(100)) + tracks + movie) + top + box(b"mdat")


def upload(data: bytes, name: str = "paper.pdf") -> SimpleUploadedFile:
    """Return a file as a form takes it."""
    return SimpleUploadedFile(name, data)


def attachment(
    title: str = "", data: bytes = b"", *, text: str = "", name: str = "paper.pdf", **fields: Any
) -> Attachment:
    """Store an attachment with its first version: a PDF unless the test gives another file, or the text of a page."""
    words = Words(title=title or f"Paper {next(_numbers)}", **fields)
    if text:
        made = Attachment(kind=Attachment.Kind.PAGE)
        attach(made, words=words, text=text, by=None)
        return made
    return replaced(Attachment(), data or pdf(pages=next(_numbers) % 5 + 1), name=name, words=words)


def replaced(attachment: Attachment, data: bytes, *, name: str = "paper.pdf", words: Words | None = None) -> Attachment:
    """Store the next version of an attachment, with the words of the one before unless the test gives others."""
    given = upload(data, name)
    document = read_document(given)
    attachment.kind = document.kind
    attach(attachment, words=words or words_of(attachment.newest), document=document, upload=given, by=None)
    return attachment


def reworded(attachment: Attachment, **changed: Any) -> Attachment:
    """Store the next version of an attachment: the same file under other words."""
    attach(attachment, words=replace(words_of(attachment.newest), **changed), by=None)
    return attachment


def logo(image: Image, **fields: Any) -> Logo:
    """Let an image stand for an institution, by default for a new one."""
    return Logo.objects.create(
        image=image, **{"institution": fields.pop("institution", None) or institution()} | fields
    )
