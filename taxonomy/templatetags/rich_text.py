"""The one place at which stored text reaches a page unescaped, and the language that it is in."""

import re
from collections.abc import Mapping

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

PARAGRAPH = "<p>"
TABLE, TABLE_END = "<table>", "</table>"
EMPTY_FIGURE = re.compile(r"<figure [^<>]*></figure>")


@register.filter
def language_of(record: Model, field: str) -> str:
    """Return `en` where the text is shown in English for want of a translation, otherwise an empty text."""
    return "" if getattr(record, f"{field}_{get_language()}", "") else "en"


@register.simple_tag
def rich_text(*, text: str, dateline: str = "", figures: Mapping[str, SafeString] | None = None) -> SafeString:
    """Show a stored rich text as the HTML that it is, its first paragraph opened by the dateline.

    `RichTextField` cleans it by the allow-list whenever it goes to the database. In its midst empty figures may name
    pictures and files: `figures` holds what is shown in the place of each; one that it lacks vanishes.
    """
    opening = format_html('<span class="prose__dateline">{}</span> ', dateline) if dateline else ""
    if opening and text.startswith(PARAGRAPH):
        opening, text = PARAGRAPH + opening, text.removeprefix(PARAGRAPH)
    elif opening:
        opening = f"{PARAGRAPH}{opening}</p>"
    if TABLE in text:
        # A wide table scrolls in its own frame, by keyboard too.
        frame = format_html('<div class="table" role="region" tabindex="0" aria-label="{}">', _("Table"))
        text = text.replace(TABLE, frame + TABLE).replace(TABLE_END, f"{TABLE_END}</div>")
    drawn = figures or {}
    text = EMPTY_FIGURE.sub(lambda figure: str(drawn.get(figure[0], "")), text)
    return mark_safe(opening + text)  # noqa: S308 - cleaned on every way in (taxonomy/rich_text.py)
