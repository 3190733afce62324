"""What draws an edition in a list."""

from functools import lru_cache

from babel.numbers import format_decimal
from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from news.cards import Card
from taxonomy.catalogue import Catalogue, catalogue
from taxonomy.dates import LOCALES

register = template.Library()

KEPT = 3_000  # pieces of HTML in one process, about 2 KB each


@register.simple_tag
def news_card(*, card: Card, form: str, heading: str = "h3") -> SafeString:
    """Draw a card in one of its forms: `row`, `card` or `headline`.

    Args:
        card: what to draw.
        form: the partial `templates/news/_<form>.html`.
        heading: the element of its title, one level below the heading above the list.
    """
    return _drawn(card, form, heading, get_language(), catalogue())


@lru_cache(maxsize=KEPT)
def _drawn(card: Card, form: str, heading: str, _language: str | None, _taxonomy: Catalogue) -> SafeString:
    """Draw once what an approved edition, the language and the taxonomy decide alone: all three are the key."""
    return render_to_string(f"news/_{form}.html", {"card": card, "edition": card.edition, "heading": heading})


@register.filter
def figures(number: int) -> str:
    """Write a number as the active language groups its digits: 41,806 or 41 806."""
    return _grouped(number, get_language() or "en")


@lru_cache(maxsize=KEPT)
def _grouped(number: int, language: str) -> str:
    return format_decimal(number, locale=LOCALES.get(language, language))
