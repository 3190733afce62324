"""The list of countries as a page shows it: by what they are in the organisation on a day, and by letter."""

import datetime
import string
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taxonomy.catalogue import CountryEntry, catalogue
from taxonomy.models import Membership

ALPHABETS = {"ru": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"}
# The sections in the order of the page: the value of `status` in the address, what the database holds, the name.
SECTIONS = (
    ("participating-states", Membership.Status.PARTICIPATING_STATE, _("Participating States")),
    ("asian-partners", Membership.Status.ASIAN_PARTNER, _("Asian Partners for Co-operation")),
    ("mediterranean-partners", Membership.Status.MEDITERRANEAN_PARTNER, _("Mediterranean Partners for Co-operation")),
    ("other-countries", "", _("Other countries")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """A country, and the year since which it is what its section says; empty when not known."""

    country: CountryEntry
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGroup:
    """The countries that begin with a letter."""

    letter: str
    rows: list[CountryRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountrySection:
    """The countries of one status; `slug` is its value in the address and its place in the page."""

    slug: str
    name: str | Promise
    rows: list[CountryRow]

    @property
    def groups(self) -> list[LetterGroup]:
        """Return the rows by letter."""
        by_letter = groupby(self.rows, key=lambda row: first_letter(row.country))
        return [LetterGroup(letter=letter, rows=list(rows)) for letter, rows in by_letter]

    @property
    def letters(self) -> list[tuple[str, bool]]:
        """Return the letters of the language, and whether a country begins with each."""
        present = {first_letter(row.country) for row in self.rows}
        alphabet = ALPHABETS.get(get_language() or "", string.ascii_uppercase)
        return [(letter, letter in present) for letter in sorted(present.union(alphabet))]


def first_letter(country: CountryEntry) -> str:
    """Return the letter under which the country stands."""
    return country.sort_key[:1].upper()


def country_sections(day: datetime.date) -> list[CountrySection]:
    """Return the sections that have a country on the day, each in the alphabetical order of the active language."""
    by_status: dict[str, list[CountryRow]] = {}
    for country in sorted(catalogue().countries.values(), key=lambda country: country.sort_key):
        held = next((membership for membership in country.memberships if membership.holds_on(day)), None)
        row = CountryRow(country=country, since=held.since[:4] if held else "")
        by_status.setdefault(held.status if held else "", []).append(row)
    return [
        CountrySection(slug=slug, name=name, rows=by_status[status])
        for slug, status, name in SECTIONS
        if status in by_status
    ]


def total(sections: Iterable[CountrySection]) -> int:
    """Count the countries of all sections."""
    return sum(len(section.rows) for section in sections)
