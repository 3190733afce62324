"""What the home page shows: the newest stories, the newest of some kinds, and the ways into the site."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.cards import Card, cards
from news.kinds import kinds_query
from news.models import Edition
from news.models.edition_queryset import EditionQuerySet
from news.stories import stories
from taxonomy.catalogue import catalogue, today
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
    """The newest stories of one sort, and the way to all of them."""

    name: Promise
    cards: list[Card]
    all_name: str
    all_address: str
    all_of: Promise | str = ""  # what the short name stands for, to those who hear it alone


def front_page() -> dict[str, Any]:
    """Return what the page shows: six queries for the news, none for the ways into the site."""
    everything = stories()
    newest = cards(everything.newest_first().for_cards()[: 1 + HEADLINES + FEATURED])
    lead = newest[0] if newest else None
    return {
        "lead": lead,
        "headlines": newest[1 : 1 + HEADLINES],
        "featured": newest[1 + HEADLINES :],
        "groups": list(_groups(everything, lead)),
    }


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
        "topics": [topic for topic in known.topics.values() if topic.parent is None],
        "languages": len(settings.LANGUAGES),
        "local_languages": len(settings.LOCAL_LANGUAGES),
    }


def _groups(everything: EditionQuerySet, lead: Card | None) -> Iterable[Group]:
    for name, kinds in GROUPS:
        address = f"{reverse('news_list')}?{kinds_query(kinds)}"
        newest = _newest(everything.of_kinds(kinds), lead)
        yield Group(name=name, cards=newest, all_name=gettext("All"), all_of=name, all_address=address)
    kind = Institution.Kind.FIELD_OPERATION
    operations = [pk for pk, entry in catalogue().institutions.items() if entry.kind == kind]
    open_now = sum(not is_closed(catalogue().institutions[pk], today()) for pk in operations)
    yield Group(
        name=_("From the field"),
        cards=_newest(everything.issued_by(operations), lead),
        all_name=gettext("All %(number)s") % {"number": open_now},
        all_of=gettext("field operations"),
        all_address=f"{reverse('institutions')}#field-operations",
    )


def _newest(editions: EditionQuerySet, lead: Card | None) -> list[Card]:
    """Return the newest, without the story that leads the page."""
    newest = cards(editions.newest_first().for_cards()[: IN_A_GROUP + 1], with_tongues=False)
    return [card for card in newest if lead is None or card.number != lead.number][:IN_A_GROUP]
