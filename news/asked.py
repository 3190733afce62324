"""What the address of an item asks for beside it: a past moment, `?at=2025-11-26T10:00Z`, or two of its editions."""

import datetime
import re
from typing import NamedTuple

from django.http import Http404, HttpRequest

from news.models import Edition
from news.moments import past_moment

NUMBER = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


def moment_asked(request: HttpRequest) -> datetime.datetime | None:
    """Return the past moment that the address asks for, in UTC, or None where it asks for the present.

    Raises:
        UnknownValue: it is no moment, or one that has not come.
    """
    asked = request.GET.get("at")
    return None if asked is None else past_moment(asked)


class Pair(NamedTuple):
    """Two editions of an item to compare; `is_complete` says whether the address named both."""

    old: Edition
    new: Edition
    is_complete: bool


def pair_asked(request: HttpRequest, item: int) -> Pair:
    """Return the editions that `from` and `to` name; by default the newest, and the one before it.

    Raises:
        Http404: one of them is not public and never was, or there is none to compare with.
    """
    public = Edition.objects.ever_visible().filter(item=item)
    numbers = list(public.values_list("number", flat=True))
    new = _number_asked(request, "to", numbers) or max(numbers, default=0)
    old = _number_asked(request, "from", numbers) or max((n for n in numbers if n < new), default=0)
    if not old:
        raise Http404
    found = {edition.number: edition for edition in public.select_related("item").filter(number__in=(old, new))}
    return Pair(found[old], found[new], "from" in request.GET and "to" in request.GET)


def _number_asked(request: HttpRequest, name: str, numbers: list[int]) -> int | None:
    """Return the number that the parameter names, if the address has it."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not NUMBER.fullmatch(text) or int(text) not in numbers:
        raise Http404
    return int(text)
