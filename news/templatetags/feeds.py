"""The ways from a list to its feeds."""

from dataclasses import replace
from typing import Any

from django import template

from news.feeds import TYPES
from news.files import EXPORT, as_export, as_feed
from news.question import Question

register = template.Library()
NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}


@register.simple_tag(takes_context=True)
def feed_links(context: template.Context, *, question: Question) -> list[dict[str, Any]]:
    """Return name, media type and address of each feed of the list."""
    query = as_feed(replace(question, page=1)).query()
    path = context["request"].path
    return [{"name": NAMES[form], "type": kind, "address": f"{path}feed.{form}{query}"} for form, kind in TYPES.items()]


@register.simple_tag(takes_context=True)
def export_address(context: template.Context, *, question: Question) -> str:
    """Return the address of the whole list as a file for spreadsheets."""
    return f"{context['request'].path}{EXPORT}{as_export(question).query()}"
