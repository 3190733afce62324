"""Pictures and attachments of an edition in words, as it keeps them: what a comparison puts side by side."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from library.files import File, file
from library.pictures import Picture, picture
from news.comparison.blocks import CHANGED, ComparedBlock
from news.comparison.words import REMOVED, SAME, compare_words, read_words, runs_of, stretches
from news.models import Edition


def pictures_in_words(edition: Edition) -> dict[int, str]:
    """Return the first picture and those of the gallery, by their numbers in their order."""
    lead = edition.files.get("lead")
    shown = [picture(kept) for kept in [*([lead] if lead else []), *edition.files.get("gallery", ())]]
    return {each.image: _picture(each) for each in shown}


def attachments_in_words(edition: Edition) -> dict[int, str]:
    """Return the attachments beside the text, by their numbers in their order."""
    shown = [file(kept) for kept in edition.files.get("attachments", ())]
    return {each.attachment: _file(each) for each in shown}


def compare_things(old: Mapping[int, str], new: Mapping[int, str]) -> list[ComparedBlock]:
    """Return the things of both, told by their numbers; one that has other words now shows which."""
    return [
        _fate(change, old.get(number, ""), new.get(number, ""))
        for stretch in stretches(list(old), list(new))
        for change, numbers in stretch.fates(list(old), list(new))
        for number in numbers
    ]


def _fate(change: str, old: str, new: str) -> ComparedBlock:
    if change == SAME and old != new:
        return ComparedBlock(CHANGED, "item", compare_words(read_words(old), read_words(new)))
    return ComparedBlock(change, "item", list(runs_of(change, read_words(old if change == REMOVED else new))))


def figures_in_words(edition: Edition) -> dict[str, str]:
    """Return what stands in the midst of the text, by "image 12" and "attachment 7"."""
    images: dict[str, Any] = edition.files.get("text", {})
    files: dict[str, Any] = edition.files.get("text_attachments", {})
    return {
        **{f"image {number}": _picture(picture(kept)) for number, kept in images.items()},
        **{f"attachment {number}": _file(file(kept)) for number, kept in files.items()},
    }


def _picture(shown: Picture) -> str:
    """Return all that readers see or hear of a picture."""
    alternative = _("decorative") if shown.is_decorative else shown.alternative
    words = " · ".join(filter(None, [alternative, shown.caption, shown.credit]))
    return _("Picture %(number)s: %(words)s") % {"number": shown.image, "words": words}


def _file(shown: File) -> str:
    """Return title and version of an attachment: another file is another version."""
    return _("%(title)s (version %(number)s)") % {"title": shown.title, "number": shown.number}
