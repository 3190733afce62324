"""Taxonomy as plain data in the process: pages name countries, institutions and topics without a query.

Read once and kept until `forget()`; the site calls that when the log of changes says that taxonomy changed.
"""

import datetime
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from taxonomy.dependencies import holds_until
from taxonomy.models import Chairpersonship, Country, Institution, Membership, Topic

ALPHABETICAL_FROM = 6  # siblings; fewer may stand in the order of the alphabet by chance


class Named(Protocol):
    """A thing with a name in the active language and in English."""

    @property
    def name(self) -> str:
        """Its name in the active language."""

    @property
    def english_name(self) -> str:
        """Its English name."""


def sort_key(name: str) -> str:
    """Return what lists sort by: no accents, no article ("The Netherlands" stands under N)."""
    plain = unicodedata.normalize("NFKD", name.removeprefix("The ")).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def in_reading_order[Sibling: Named](siblings: Iterable[Sibling]) -> list[Sibling]:
    """Return siblings in the order of their tree; where that is the English alphabet's, in the active language's."""
    in_tree = list(siblings)
    english = [sort_key(sibling.english_name) for sibling in in_tree]
    if len(in_tree) < ALPHABETICAL_FROM or english != sorted(english):
        return in_tree
    return sorted(in_tree, key=lambda sibling: sort_key(sibling.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record of taxonomy with its names by language; `name` is the one in the active language."""

    pk: int
    slug: str
    names: dict[str, str]
    view: str

    @property
    def name(self) -> str:
        """Return the name in the active language, or the English one."""
        return self.names.get(get_language() or "en") or self.names["en"]

    @property
    def address(self) -> str:
        """Return the address of its page in the active language."""
        return reverse(self.view, args=[self.slug])

    @property
    def english_name(self) -> str:
        """Return the English name, which every record has."""
        return self.names["en"]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEntry:
    """What a country was or is, from when, until when (ISO dates or years, empty when not known)."""

    status: str
    since: str
    until: str

    def holds_on(self, date: datetime.date) -> bool:
        """Say whether it holds on the day."""
        day = date.isoformat()
        return self.since <= day and (not self.until or self.until > day)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryEntry(Entry):
    """A country."""

    iso_code: str
    memberships: tuple[MembershipEntry, ...]
    chair_years: tuple[int, ...]

    @property
    def sort_key(self) -> str:
        """Return what lists sort by."""
        return sort_key(self.name)

    def status_on(self, date: datetime.date) -> str:
        """Return its status on the day, or an empty text."""
        return next((membership.status for membership in self.memberships if membership.holds_on(date)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeEntry(Entry):
    """A record of a tree, with the numbers of its parent and of all below it, itself included."""

    parent: int | None
    level: int
    family: list[int] = field(default_factory=list)
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionEntry(TreeEntry):
    """An institution."""

    acronyms: dict[str, str]
    kind: str
    host_country: int | None
    city: dict[str, str]
    opened_on: str
    closed_on: str

    @property
    def acronym(self) -> str:
        """Return the acronym in the active language, or the English one."""
        return self.acronyms.get(get_language() or "en") or self.acronyms["en"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """All of taxonomy by number, trees in their order; each reading is its own, for what is derived to be kept by."""

    countries: dict[int, CountryEntry]
    institutions: dict[int, InstitutionEntry]
    topics: dict[int, TreeEntry]
    chair_by_year: dict[int, int]

    def chair_on(self, date: datetime.date) -> CountryEntry | None:
        """Return the country that holds the chair on the day."""
        return self.countries.get(self.chair_by_year.get(date.year, 0))


_kept: Catalogue | None = None
_forgotten = 0  # times; a reading that began before the last one is not kept
_keeping = threading.Lock()  # between that look and the keeping, nobody may forget


def catalogue() -> Catalogue:
    """Return taxonomy as it stands, from memory once read."""
    global _kept  # noqa: PLW0603 - the process keeps one
    kept = _kept
    if kept is None:
        began_after = _forgotten
        kept = read_catalogue()
        with _keeping:
            if began_after == _forgotten:
                _kept = kept
    return kept


def forget() -> None:
    """Drop what is kept; the next question reads anew."""
    global _forgotten, _kept  # noqa: PLW0603 - the process keeps one
    with _keeping:
        _forgotten += 1
        _kept = None


def today() -> datetime.date:
    """Return the day in the organisation's time zone; what shows it holds until its end."""
    day = timezone.localdate()
    holds_until(timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)))
    return day


def read_catalogue() -> Catalogue:
    """Read all of taxonomy, in five queries."""
    chair_by_year = dict(Chairpersonship.objects.values_list("year", "country"))
    return Catalogue(
        countries=_read_countries(chair_by_year),
        institutions=_tree(map(_institution, Institution.objects.order_by("tree_id", "lft"))),
        topics=_tree(
            TreeEntry(**_entry(topic, "topic"), **_position(topic))
            for topic in Topic.objects.order_by("tree_id", "lft")
        ),
        chair_by_year=chair_by_year,
    )


def _read_countries(chair_by_year: dict[int, int]) -> dict[int, CountryEntry]:
    memberships = defaultdict(list)
    for country, status, since, until in Membership.objects.values_list("country", "status", "since", "until"):
        memberships[country].append(MembershipEntry(status=status, since=since, until=until))
    return {
        country.pk: CountryEntry(
            **_entry(country, "country"),
            iso_code=country.iso_code,
            memberships=tuple(memberships[country.pk]),
            chair_years=tuple(sorted(year for year, pk in chair_by_year.items() if pk == country.pk)),
        )
        for country in Country.objects.all()
    }


def _institution(institution: Institution) -> InstitutionEntry:
    return InstitutionEntry(
        **_entry(institution, "institution"),
        **_position(institution),
        acronyms=_translations(institution, "acronym"),
        kind=institution.kind,
        host_country=institution.host_country_id,
        city=_translations(institution, "city"),
        opened_on=institution.opened_on,
        closed_on=institution.closed_on,
    )


def _translations(record: Any, name: str) -> dict[str, str]:
    return {code: getattr(record, f"{name}_{code}") or "" for code, _label in settings.LANGUAGES}


def _entry(record: Any, view: str) -> dict[str, Any]:
    return {"pk": record.pk, "slug": record.slug, "names": _translations(record, "name"), "view": view}


def _position(node: Any) -> dict[str, Any]:
    return {"parent": node.parent_id, "level": node.level}


def _tree[Node: TreeEntry](nodes: Any) -> dict[int, Node]:
    """Index nodes that come in the tree's order, and tell each of its children and of all below it."""
    tree: dict[int, Node] = {}
    for node in nodes:
        tree[node.pk] = node
        if node.parent in tree:
            tree[node.parent].children.append(node.pk)
        ancestor: int | None = node.pk
        while ancestor in tree:
            tree[ancestor].family.append(node.pk)
            ancestor = tree[ancestor].parent
    return tree
