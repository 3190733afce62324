"""What the pages of a country, an institution and a field of work say of them beside their news."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from library.pictures import logo_of
from news.addresses import Crumb
from taxonomy.catalogue import (
    CountryEntry,
    InstitutionEntry,
    TreeEntry,
    catalogue,
    forget,
    in_reading_order,
    today,
)
from taxonomy.models import Country, Institution, Membership, Topic
from taxonomy.models.partial_date import format_partial_date
from taxonomy.navigation import NavigationEntry, navigation
from taxonomy.structure import is_closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What held from a date and perhaps until one, both as the reader's language writes them."""

    name: str
    since: str
    until: str
    holds: bool


def country_page(country: Country) -> dict[str, Any]:
    """Return the facts of a country: what it is in the organisation, chairs held, field operations that it hosts."""
    entry = entry_of(country)
    return {
        "country": country,
        "periods": _periods(entry),
        "chair_years": entry.chair_years,
        "in_the_chair": today().year if today().year in entry.chair_years else None,
        "operations": _hosted_by(country.pk, closed=False),
        "closed_operations": _hosted_by(country.pk, closed=True),
        "former_names": list(country.former_names.all()),
        "neighbours": _neighbours(entry),
        "trail": _trail_to(_("Countries"), "countries"),
        "current": entry.name,
    }


def institution_page(institution: Institution) -> dict[str, Any]:
    """Return the facts of an institution: its place in the structure, its seat, its dates."""
    entry = entry_of(institution)
    parts = [catalogue().institutions[number] for number in entry.children]
    return {
        "institution": institution,
        "kind": capfirst(institution.get_kind_display()),
        "acronym": entry.acronym,
        "logo": logo_of(institution.pk),
        "host": catalogue().countries.get(entry.host_country or 0),
        "opened": format_partial_date(entry.opened_on),
        "closed": format_partial_date(entry.closed_on),
        "parent": catalogue().institutions.get(entry.parent or 0),
        "parts": [part for part in parts if not is_closed(part, today())],
        "closed_parts": [part for part in parts if is_closed(part, today())],
        "successors": list(institution.successors.all()),
        "former_names": list(institution.former_names.all()),
        "trail": [
            *_trail_to(_("Structures and institutions"), "institutions"),
            *_above(entry, catalogue().institutions),
        ],
        "current": entry.name,
    }


def topic_page(topic: Topic) -> dict[str, Any]:
    """Return the place of a field of work among the others."""
    entry = entry_of(topic)
    known = catalogue().topics
    siblings = in_reading_order(other for other in known.values() if other.parent == entry.parent)
    return {
        "topic": topic,
        "subtopics": in_reading_order(known[number] for number in entry.children),
        "neighbours": [other for other in siblings if other.pk != entry.pk],
        "parent": known.get(entry.parent or 0),
        "trail": [*_trail_to(_("Fields of work"), "topics"), *_above(entry, known)],
        "current": entry.name,
    }


def entry_of(record: Country | Institution | Topic) -> Any:
    """Return what the process keeps of the record; one that another process has just created is read first."""
    kept = {Country: "countries", Institution: "institutions", Topic: "topics"}[type(record)]
    if record.pk not in getattr(catalogue(), kept):
        forget()
    return getattr(catalogue(), kept)[record.pk]


def _trail_to(name: str, view: str) -> list[NavigationEntry | Crumb]:
    """Return the page that lists all such records, below what stands above it in the navigation."""
    address = reverse(view)
    return [*navigation().trail_above(address), Crumb(name=name, address=address)]


def _periods(country: CountryEntry) -> list[Period]:
    """Return what the country is or was, what holds first."""
    periods = [
        Period(
            name=capfirst(str(Membership.Status(membership.status).label)),
            since=format_partial_date(membership.since),
            until=format_partial_date(membership.until),
            holds=membership.holds_on(today()),
        )
        for membership in country.memberships
    ]
    return sorted(periods, key=lambda period: not period.holds)


def _hosted_by(country: int, *, closed: bool) -> list[InstitutionEntry]:
    """Return the field operations that the country hosts, or hosted until they closed."""
    return [
        institution
        for institution in catalogue().institutions.values()
        if institution.host_country == country
        and institution.kind == Institution.Kind.FIELD_OPERATION
        and is_closed(institution, today()) == closed
    ]


def _neighbours(country: CountryEntry) -> list[CountryEntry]:
    """Return the countries that stand next to it in the alphabet, two on either side where there are as many."""
    in_order = sorted(catalogue().countries.values(), key=lambda other: other.sort_key)
    place = in_order.index(country)
    return [*in_order[max(place - 2, 0) : place], *in_order[place + 1 : place + 3]]


def _above(entry: TreeEntry, known: dict[int, Any]) -> list[TreeEntry]:
    """Return what stands above the entry in its tree, outermost first."""
    above: list[TreeEntry] = []
    while entry.parent is not None:
        entry = known[entry.parent]
        above.insert(0, entry)
    return above
