"""What waits for a person, on any page of the admin."""

from typing import Any

from django import template

from news import access
from news.admin import seen
from news.admin.desk import desk as desk_of
from news.models import Edition

register = template.Library()


@register.inclusion_tag("admin/news/newsitem/_desk.html")
def desk(*, user: Any) -> dict[str, Any]:
    """Draw the desk of a person who works in the newsroom, and nothing for anyone else."""
    may_see = access.may(user, "see")
    return {"may_see": may_see, "sections": desk_of(user) if may_see else []}


@register.simple_tag
def seen_mark(edition: Edition) -> str:
    """Return the mark by which an act knows whether its person saw the edition as it is."""
    return seen.seen_mark(edition)
