"""What a page holds for machines alone."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from news import sharing
from news.models import Edition

register = template.Library()


@register.simple_tag
def social_card(*, edition: Edition) -> sharing.SocialCard:
    """Return the card of an edition: `address`, `alternative`."""
    return sharing.social_card(edition)


@register.simple_tag(takes_context=True)
def article_data(context: template.Context) -> SafeString:
    """Return the item of the page (what news.reading.item_page() returns) as JSON for search engines."""
    data = sharing.article_data(context["edition"], published=context.get("published"), updated=context.get("updated"))
    return mark_safe(data)  # noqa: S308 - JSON in which nothing can end the element
