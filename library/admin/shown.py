"""Images and attachments as an editor chooses them: a name, words, a thumbnail, and what they still lack."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from library.files import File, files_of
from library.models import Attachment, Image
from library.pictures import Picture, pictures_of

RECORDED = (Attachment.Kind.VIDEO, Attachment.Kind.AUDIO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One image or one attachment on its card.

    Attributes:
        address: where it is edited.
        text: of an image its alternative text, of an attachment what a link says of it.
        problem: what it lacks before an edition with it can be submitted.
    """

    id: int
    name: str
    address: str
    text: str = ""
    problem: str = ""
    thumbnail: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as the scripts of the form take it."""
        return asdict(self)


Describe = Callable[[Iterable[int], str], dict[int, Shown]]


def language_name(code: str) -> str:
    """Return a language by its own name."""
    return str(dict([*settings.LANGUAGES, *settings.LOCAL_LANGUAGES]).get(code, code))


def shown_images(numbers: Iterable[int], language: str) -> dict[int, Shown]:
    """Return images with their words in a language, by number in the order given; three queries."""
    numbers = list(numbers)
    if not numbers:
        return {}
    names = dict(Image.objects.filter(pk__in=numbers).values_list("pk", "name"))
    known = pictures_of(numbers, language)
    return {number: _image(known[number], names[number], language) for number in numbers if number in known}


def _image(picture: Picture, name: str, language: str) -> Shown:
    is_described = picture.alternative or picture.is_decorative
    text = _("Decorative") if picture.is_decorative else picture.alternative
    return Shown(
        id=picture.image,
        name=name,
        address=reverse("admin:library_image_change", args=[picture.image]),
        text=text,
        problem=""
        if is_described
        else _("No alternative text in %(language)s") % {"language": language_name(language)},
        thumbnail=picture.address("1x1", 192, "jpg"),
    )


def shown_attachments(numbers: Iterable[int], _language: str = "") -> dict[int, Shown]:
    """Return attachments with their newest versions, by number in the order given; one query."""
    numbers = list(numbers)
    if not numbers:
        return {}
    known = files_of(numbers)
    return {number: _attachment(known[number]) for number in numbers if number in known}


def _attachment(file: File) -> Shown:
    lacks = file.kind in RECORDED and not file.has_transcript
    return Shown(
        id=file.attachment,
        name=file.title,
        address=reverse("admin:library_attachment_change", args=[file.attachment]),
        text=words_of(file),
        problem=_("No transcript") if lacks else "",
    )


def words_of(file: File) -> str:
    """Return format, size, pages and language, as a link names them: "PDF, 1.4 MB, 12 pages, English"."""
    return ", ".join(filter(None, [
        file.format.upper() or _("Page"),
        filesizeformat(file.size) if file.size else "",
        ngettext("%(number)s page", "%(number)s pages", file.pages) % {"number": file.pages} if file.pages else "",
        language_name(file.language),
    ]))  # fmt: skip  # one part a line


DESCRIBE: dict[str, Describe] = {"image": shown_images, "attachment": shown_attachments}
