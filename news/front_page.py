"""What the home page shows: the newest stories, the newest of some kinds, and the ways into the site."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from news.answers import newest
from news.cards import Card, cards_of
from news.models import Edition
from news.question import Question
from taxonomy.catalogue import catalogue, in_reading_order, today
from taxonomy.country_list import country_sections
from taxonomy.models import Institution, Membership
from taxonomy.structure import is_closed

Kind = Edition.Kind
HEADLINES = 7  # beside the lead
FEATURED = 4  # below it, with their summaries
IN_A_GROUP = 3
GROUPS: tuple[tuple[Promise, list[str]], ...] = (
    (_("Press releases"), [Kind.PRESS_RELEASE]),
    (_("Statements"), [Kind.STATEMENT]),
    (_("Reports"), [Kind.SPOT_REPORT, Kind.DAILY_REPORT]),
)
# What of the structure stands on the home page itself.
HOUSES = frozenset(
    {
        Institution.Kind.CHAIR,
        Institution.Kind.SECRETARIAT,
        Institution.Kind.INSTITUTION,
        Institution.Kind.ASSEMBLY,
        Institution.Kind.COURT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A sort of story on the home page, and the way to all of them."""

    name: Promise
    question: Question
    all_name: str
    all_of: Promise | str  # what the short name stands for, to those who hear it alone
    all_address: str


def front_page() -> dict[str, Any]:
    """Return what the page shows, in two queries."""
    top = newest(_all(), 1 + HEADLINES + FEATURED)
    chosen = [(group, _newest_of(group, top[:1])) for group in _groups()]
    wanted = {*top, *chain.from_iterable(numbers for _group, numbers in chosen)}
    drawn = {card.number: card for card in cards_of(wanted)}
    shown = _drawn(top, drawn)
    return {
        "lead": next(iter(shown), None),
        "headlines": shown[1 : 1 + HEADLINES],
        "featured": shown[1 + HEADLINES :],
        "groups": [(group, _drawn(numbers, drawn)) for group, numbers in chosen],
    }


def _drawn(numbers: Iterable[int], drawn: dict[int, Card]) -> list[Card]:
    """Return the cards of the numbers; what ended meanwhile has none."""
    return [drawn[number] for number in numbers if number in drawn]


def ways_in(day: datetime.date) -> dict[str, Any]:
    """Return the entry points to countries, institutions and fields of work on the day, and the figures; no query."""
    known = catalogue()
    statuses = Counter(country.status_on(day) for country in known.countries.values())
    open_now = [entry for entry in known.institutions.values() if not is_closed(entry, day)]
    return {
        "countries": sorted(known.countries.values(), key=lambda country: country.sort_key),
        "sections": country_sections(day),
        "participating": statuses[Membership.Status.PARTICIPATING_STATE],
        "partners": statuses[Membership.Status.ASIAN_PARTNER] + statuses[Membership.Status.MEDITERRANEAN_PARTNER],
        "houses": [entry for entry in open_now if entry.kind in HOUSES],
        "operations": sum(entry.kind == Institution.Kind.FIELD_OPERATION for entry in open_now),
        "topics": in_reading_order(topic for topic in known.topics.values() if topic.parent is None),
        "languages": len(settings.LANGUAGES),
        "local_languages": len(settings.LOCAL_LANGUAGES),
    }


def _all() -> Question:
    return Question(page_language=get_language() or "en")


def _groups() -> Iterable[Group]:
    for name, kinds in GROUPS:
        question = replace(_all(), kinds=tuple(kinds))
        address = reverse("news_list") + question.query()
        yield Group(name=name, question=question, all_name=gettext("All"), all_of=name, all_address=address)
    kind = Institution.Kind.FIELD_OPERATION
    operations = [entry for entry in catalogue().institutions.values() if entry.kind == kind]
    if operations:
        open_now = sum(not is_closed(operation, today()) for operation in operations)
        yield Group(
            name=_("From the field"),
            question=replace(_all(), institutions=tuple(operation.pk for operation in operations)),
            all_name=gettext("All %(number)s") % {"number": open_now},
            all_of=gettext("field operations"),
            all_address=f"{reverse('institutions')}#field-operations",
        )


def _newest_of(group: Group, lead: list[int]) -> list[int]:
    """Return the numbers of the group's newest stories, without the one that leads the page."""
    return [number for number in newest(group.question, IN_A_GROUP + 1) if number not in lead][:IN_A_GROUP]
