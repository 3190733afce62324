"""The organisation's structure as a page shows it: a tree of what is at work, with what is closed folded below."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from taxonomy.catalogue import Catalogue, InstitutionEntry, catalogue
from taxonomy.models import Institution

# Kinds that stand together under a heading of their own when nothing in the tree stands above them.
GATHERED: dict[str, tuple[str, Promise]] = {
    Institution.Kind.DECISION_MAKING_BODY: ("decision-making-bodies", _("Decision-making bodies")),
    Institution.Kind.INSTITUTION: ("institutions", _("Institutions")),
    Institution.Kind.FIELD_OPERATION: ("field-operations", _("Field operations")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An institution, or a heading (then `institution` is None), with what is open and what is closed below it."""

    name: str | Promise
    institution: InstitutionEntry | None
    place: str
    open: "list[Node]"
    closed: "list[Node]"
    seat: tuple[str, ...] = ()
    is_closed: bool = False

    @property
    def note(self) -> str:
        """Return where it sits and since when, as far as known: "Tirana, Albania, since 1997"."""
        return ", ".join(part for part in (*self.seat, self.years) if part)

    @property
    def years(self) -> str:
        """Return the years of its work, or an empty text."""
        if self.institution is None:
            return ""
        since, until = self.institution.opened_on[:4], self.institution.closed_on[:4]
        if self.is_closed:
            return f"{since}–{until}" if since and since != until else until
        return gettext("since %(year)s") % {"year": since} if since else ""


def structure(day: datetime.date) -> list[Node]:
    """Return the roots of the structure on the day, in the order of the tree."""
    known = catalogue()
    groups: dict[str | int, list[InstitutionEntry]] = {}
    for entry in known.institutions.values():
        if entry.parent not in known.institutions:
            groups.setdefault(entry.kind if entry.kind in GATHERED else entry.pk, []).append(entry)
    return [
        _heading(group, known, day) if key in GATHERED else _node(group[0], known, day) for key, group in groups.items()
    ]


def seat(entry: InstitutionEntry, known: Catalogue) -> tuple[str, ...]:
    """Return the names of its city and host country, as far as it has them."""
    host = known.countries.get(entry.host_country or 0)
    city = entry.city.get(get_language() or "en") or entry.city["en"]
    return tuple(name for name in (city, host.name if host else "") if name)


def is_closed(entry: InstitutionEntry, day: datetime.date) -> bool:
    """Say whether the institution is closed on the day; a year or a month counts from its beginning."""
    return bool(entry.closed_on) and entry.closed_on <= day.isoformat()


def _heading(entries: list[InstitutionEntry], known: Catalogue, day: datetime.date) -> Node:
    """Gather institutions of one kind under its name."""
    place, name = GATHERED[entries[0].kind]
    below = _split(entries, known, day)
    return Node(name=name, institution=None, place=place, open=below[0], closed=below[1])


def _node(entry: InstitutionEntry, known: Catalogue, day: datetime.date) -> Node:
    below = _split((known.institutions[pk] for pk in entry.children), known, day)
    above = known.institutions.get(entry.parent or 0)
    return Node(
        name=entry.name,
        institution=entry,
        place=entry.slug,
        open=below[0],
        closed=below[1],
        seat=seat(entry, known) if above is None or seat(above, known) != seat(entry, known) else (),
        is_closed=is_closed(entry, day),
    )


def _split(entries: Iterable[InstitutionEntry], known: Catalogue, day: datetime.date) -> tuple[list[Node], list[Node]]:
    """Part what is open from what is closed."""
    parts: tuple[list[Node], list[Node]] = ([], [])
    for entry in entries:
        parts[is_closed(entry, day)].append(_node(entry, known, day))
    return parts


def count(kind: str, day: datetime.date, *, closed: bool) -> int:
    """Count the institutions of a kind, those at work on the day or those closed."""
    return sum(entry.kind == kind and is_closed(entry, day) is closed for entry in catalogue().institutions.values())
