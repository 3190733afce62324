"""The one place at which stored text reaches a page unescaped."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

PARAGRAPH = "<p>"


@register.simple_tag
def rich_text(*, text: str, dateline: str = "") -> SafeString:
    """Show a stored rich text as the HTML that it is, its first paragraph opened by the dateline.

    `RichTextField` cleans it by the allow-list whenever it goes to the database.
    """
    stored = mark_safe(text)  # noqa: S308 - cleaned on every way in (taxonomy/rich_text.py)
    if not dateline:
        return stored
    opening = format_html('<span class="prose__dateline">{}</span> ', dateline)
    if stored.startswith(PARAGRAPH):
        return format_html("<p>{}{}", opening, stored.removeprefix(PARAGRAPH))
    return format_html("<p>{}</p>{}", opening, stored)
