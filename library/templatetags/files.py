"""What draws attachments: links that say what follows, players, and what stands in the midst of a text."""

from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from library.files import File
from library.models import Attachment
from library.serving import TYPES
from library.shown import PLAYED, Shown

register = template.Library()

LANGUAGE_NAMES = dict([*settings.LANGUAGES, *settings.LOCAL_LANGUAGES])
POSTER = ("16x9", 640)  # it is loaded at once, whatever the browser is told of the film


@register.simple_tag
def file_link(*, shown: Shown, file: File) -> SafeString:
    """Draw the link to an attachment, which says what opens: its kind, size, pages and language."""
    return render_to_string("components/file_link.html", _about(shown, file))


@register.simple_tag
def player(*, shown: Shown, file: File) -> SafeString:
    """Draw the browser's own player, which loads nothing until somebody asks it to play."""
    poster = shown.poster_of(file)
    context = _about(shown, file) | {
        "is_video": file.kind == Attachment.Kind.VIDEO,
        "poster": poster.address(POSTER[0], min(POSTER[1], poster.renditions(*POSTER[:1], widest=POSTER[1])[-1]), "jpg")
        if poster
        else "",
        "type": TYPES.get(file.format, "").partition(";")[0],
    }
    return render_to_string("components/player.html", context)


@register.simple_tag
def figures_in_text(*, shown: Shown) -> dict[str, SafeString]:
    """Draw what stands in the midst of a text, by the empty figure that stands for it there."""
    pictures = {
        f'<figure data-image="{number}"></figure>': render_to_string(
            "components/figure.html", {"picture": picture, "slot": "inline", "is_whole": True}
        )
        for number, picture in shown.pictures_in_text.items()
    }
    files = {
        f'<figure data-attachment="{number}"></figure>': player(shown=shown, file=found)
        if found.kind in PLAYED
        else render_to_string("components/file_figure.html", _about(shown, found))
        for number, found in shown.files_in_text.items()
    }
    return pictures | files


@register.simple_tag
def accessible_format_address(*, title: str, address: str) -> str:
    """Return the mailto address at which somebody asks for an accessible format; empty where nobody is named."""
    if not settings.ACCESSIBILITY_EMAIL:
        return ""
    subject = quote(_("Accessible format: %(title)s") % {"title": title})
    return f"mailto:{settings.ACCESSIBILITY_EMAIL}?subject={subject}&body={quote(address)}"


def _about(shown: Shown, file: File) -> dict[str, Any]:
    """Return what a link to an attachment says."""
    return {
        "file": file,
        "address": shown.address_of(file),
        "type_name": _("HTML") if file.kind == Attachment.Kind.PAGE else file.format.upper(),
        "facts": _facts(file),
        "language_name": LANGUAGE_NAMES.get(file.language, file.language),
        "foreign": "" if file.language == get_language() else file.language,
    }


def _facts(file: File) -> list[str]:
    """Return format, size and pages as words."""
    if file.kind == Attachment.Kind.PAGE:
        return [_("Web page")]
    pages = ngettext("%(number)s page", "%(number)s pages", file.pages) % {"number": file.pages} if file.pages else ""
    return [fact for fact in (file.format.upper(), filesizeformat(file.size), pages) if fact]
