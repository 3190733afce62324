"""Pictures and attachments of an edition in words, as it keeps them: what a comparison puts side by side."""

from typing import Any

from django.utils.translation import gettext as _

from library.files import File, file
from library.pictures import Picture, picture
from news.models import Edition


def pictures_in_words(edition: Edition) -> list[str]:
    """Return the first picture and those of the gallery, in their order."""
    lead = edition.files.get("lead")
    return [_picture(picture(kept)) for kept in [*([lead] if lead else []), *edition.files.get("gallery", ())]]


def attachments_in_words(edition: Edition) -> list[str]:
    """Return the attachments beside the text, in their order."""
    return [_file(file(kept)) for kept in edition.files.get("attachments", ())]


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
