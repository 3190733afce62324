"""What a list of news is called: after the kinds of text that it is narrowed to."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from news.addresses import Crumb
from news.kinds import KindLink

register = template.Library()


@register.filter
def chosen(kinds: list[KindLink]) -> str:
    """Return the names of the kinds that the list is narrowed to; empty when it shows all."""
    return ", ".join(str(kind.name) for kind in kinds if kind.is_current and kind.query)


@register.filter
def trail_to_list(kinds: list[KindLink]) -> list[Crumb]:
    """Return what stands above the list: the list of all kinds, unless it is that."""
    return [Crumb(name=_("News"), address=reverse("news_list"))] if chosen(kinds) else []
