"""What draws the filters of a list."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from news.choices import Facet
from news.templatetags.cards import figures

register = template.Library()

PLACE = "\0"  # where the count stands in a kept option
KEPT = 8_000  # options in one process, about 400 bytes each: 150, chosen or not, in each language of the site


@register.simple_tag
def facet_options(*, facet: Facet) -> SafeString:
    """Draw the values of a facet; only their counts are new from page to page."""
    drawn: list[str] = []
    for value in facet.values:
        before, after = _option(facet.name, value.value, value.label, value.is_chosen, value.level)
        drawn += (before, figures(value.count), after)
    return mark_safe("".join(drawn))  # noqa: S308 - a template's, and numbers


@lru_cache(maxsize=KEPT)
def _option(name: str, value: str, label: str, is_chosen: bool, level: int) -> tuple[str, str]:  # noqa: FBT001 - a key
    """Return what stands before and after the count."""
    option = {"name": name, "value": value, "label": label, "is_chosen": is_chosen, "level": level, "count": PLACE}
    before, _place, after = render_to_string("news/_option.html", option).partition(PLACE)
    return before, after
