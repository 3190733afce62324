"""The ways into the site, as the home page shows them."""

import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from news import front_page
from taxonomy.catalogue import Catalogue, catalogue, today

register = template.Library()


@register.simple_tag
def ways_in() -> SafeString:
    """Draw the entry points to countries, institutions and fields of work, and the figures, once a day and language."""
    return _drawn(today(), get_language(), catalogue())


@lru_cache(maxsize=len(settings.LANGUAGES))
def _drawn(day: datetime.date, _language: str | None, _taxonomy: Catalogue) -> SafeString:
    return render_to_string("news/_ways_in.html", front_page.ways_in(day))
