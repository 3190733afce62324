"""The pictures and files of an edition: their words as the library has them now, kept with the edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from library.describing import complaint
from library.embedded import attachments_in, images_in
from library.files import File, files_of
from library.models import Attachment, Image
from library.pictures import Picture, pictures_of
from news.models import Edition, EditionAttachment, EditionImage

if TYPE_CHECKING:
    from news.workflow.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What an edition holds of the library.

    Attributes:
        files: the value of `Edition.files`: `lead`, the first picture; `gallery`, the others; `text`, those in the
            midst of the text by number; `attachments`, those listed beside the text; `text_attachments`, by number.
        images: the numbers of all images, for the rows that decide who may read them.
        versions: the same of versions of attachments.
    """

    files: dict[str, Any]
    images: tuple[int, ...]
    versions: tuple[int, ...]


RECORDED = (Attachment.Kind.VIDEO, Attachment.Kind.AUDIO)
NOTHING = Held(files={}, images=(), versions=())


def held_by(content: Content, language: str) -> Held:
    """Return what a content holds, as the library has it now; no query where it holds nothing."""
    in_text, files_in_text = images_in(content.body), attachments_in(content.body)
    if not any((content.pictures, content.attachments, in_text, files_in_text)):
        return NOTHING
    pictures = pictures_of({*content.pictures, *in_text}, language)
    files = files_of({*content.attachments, *files_in_text})
    posters = pictures_of({file.poster for file in files.values() if file.poster}, language)
    shown = list(_kept(pictures, content.pictures).values())
    kept = {
        "lead": shown[0] if shown else None,
        "gallery": shown[1:],
        "text": _kept(pictures, in_text),
        "attachments": list(_kept(files, content.attachments).values()),
        "text_attachments": _kept(files, files_in_text),
        "posters": _kept(posters, posters),
    }
    return Held(
        files={name: value for name, value in kept.items() if value},
        images=tuple(dict.fromkeys([*pictures, *posters])),
        versions=tuple(file.version for file in files.values()),
    )


def _kept(known: Mapping[int, Picture] | Mapping[int, File], numbers: Iterable[int]) -> dict[str, dict[str, Any]]:
    """Return what is known as plain data, by its number, which JSON has as a text, in the order of the numbers."""
    return {str(number): known[number].plain() for number in numbers if number in known}


def undescribed(content: Content, language: str) -> dict[str, str]:
    """Name what is not there for everyone, by its field: images without words, recordings without a transcript."""
    return _without_words(content, language) | _without_transcript(content)


def _without_words(content: Content, language: str) -> dict[str, str]:
    """Name the images that have no alternative text in the language, and those whose text is none, with the reason."""
    numbers = {*content.pictures, *images_in(content.body)}
    shown = pictures_of(numbers, language) if numbers else {}
    reasons = {number: _why_untold(picture, content.title) for number, picture in sorted(shown.items())}
    wanting = {number: reason for number, reason in reasons.items() if reason is not None}
    return {"pictures": _told(wanting, shown)} if wanting else {}


def _told(wanting: Mapping[int, str], shown: Mapping[int, Picture]) -> str:
    """Return in words what images want: all that have no text together, the others each with its reason."""
    names = dict(Image.objects.filter(pk__in=wanting).values_list("pk", "name"))
    bare = ", ".join(f"{number} ({names[number]})" for number, reason in wanting.items() if not reason)
    texts = (
        [_("an alternative text in the item’s language for the images %(numbers)s") % {"numbers": bare}] if bare else []
    )
    other = _("another alternative text for the image %(number)s (%(name)s) than “%(alternative)s” (%(reason)s)")
    texts += [
        other % {"number": number, "name": names[number], "alternative": shown[number].alternative, "reason": reason}
        for number, reason in wanting.items()
        if reason
    ]
    return "; ".join(texts)


def _why_untold(picture: Picture, title: str) -> str | None:
    """Return why a picture's alternative text is none, an empty text where there is none, None where all is well."""
    if picture.is_decorative:
        return None
    if not picture.alternative:
        return ""
    said = picture.alternative
    return complaint(said, file_name="", titles=[title], credit=picture.credit, caption=picture.caption) or None


def _without_transcript(content: Content) -> dict[str, str]:
    """Name the videos and recordings that have no transcript."""
    numbers = {*content.attachments, *attachments_in(content.body)}
    files = files_of(numbers).values() if numbers else ()
    bare = [file.title for file in files if file.kind in RECORDED and not file.has_transcript]
    titles = ", ".join(_("“%(title)s”") % {"title": title} for title in sorted(bare))
    text = _("a transcript of %(titles)s")
    return {"attachments": text % {"titles": titles}} if bare else {}


def take_words_anew(edition: Edition, content: Content) -> None:
    """Keep with an edition that is about to be approved what the library says of its pictures and files now.

    The rows are written again too: of an attachment the newest version is published.
    """
    held = held_by(content, edition.language)
    if held != NOTHING or edition.files:
        edition.files = held.files
        write_rows(edition, held, is_new=False)


def write_rows(edition: Edition, held: Held, *, is_new: bool) -> None:
    """Write anew which files an open edition holds."""
    rows: dict[Any, list[Any]] = {
        EditionImage: [EditionImage(edition=edition, image_id=number) for number in held.images],
        EditionAttachment: [EditionAttachment(edition=edition, version_id=number) for number in held.versions],
    }
    for model, wanted in rows.items():
        if not is_new:
            model.objects.filter(edition=edition).delete()
        model.objects.bulk_create(wanted)
