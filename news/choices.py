"""What a reader may choose of a list: the values of each parameter with their counts, and what is chosen by now."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from news.cards import LANGUAGE_NAMES
from news.kinds import PLURALS
from news.question import FIELDS, Question
from taxonomy.catalogue import Catalogue, TreeEntry, catalogue
from taxonomy.dates import day_label, moment_label

LABELS: dict[str, Promise] = {
    "kind": gettext_lazy("Kind"),
    "country": gettext_lazy("Country"),
    "institution": gettext_lazy("Institution"),
    "topic": gettext_lazy("Field of work"),
    "language": gettext_lazy("Language"),
    "year": gettext_lazy("Year"),
}
CHOSEN = ("kind", "institution", "country", "topic", "language")  # by value; a year is chosen by its days
LONG = 12  # values from which on a facet can be searched
NOTHING: dict[str, Any] = {FIELDS[name]: () for name in CHOSEN} | {"since": None, "until": None, "at": None}


class Offer(NamedTuple):
    """A value that may be chosen."""

    key: Any  # what counts are kept by: a number, a code, a year
    value: str  # what an address holds
    label: str
    above: tuple[int, ...] = ()  # in its tree, outermost first


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, and how many rows the list has with it alone."""

    value: str
    label: str
    count: int
    is_chosen: bool
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of one parameter that the list knows."""

    name: str
    label: str
    values: list[FacetValue]

    @property
    def chosen(self) -> int:
        """Return how many values are chosen."""
        return sum(value.is_chosen for value in self.values)

    @property
    def is_open(self) -> bool:
        """Say whether it is shown at first: what is chosen, and the kinds."""
        return self.name == "kind" or self.chosen > 0

    @property
    def is_long(self) -> bool:
        """Say whether its values need a search."""
        return len(self.values) >= LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """What is chosen, and the query of the list without it."""

    label: str
    query: str


def facets(question: Question, counts: dict[str, dict[Any, int]]) -> list[Facet]:
    """Return what may be chosen: what would list something, and what is chosen already."""
    fixed = question.subject[0] if question.subject else None
    return [
        Facet(name=name, label=str(label), values=_values(name, question, counts[name]))
        for name, label in LABELS.items()
        if name != fixed and name in counts
    ]


def chips(question: Question) -> list[Chip]:
    """Return what is chosen, in the order of the parameters."""
    return [*_chosen_values(question), *_chosen_days(question)]


def without_choices(question: Question) -> str:
    """Return the query with nothing chosen; words, order and size stay."""
    kept = {FIELDS[question.subject[0]]: (question.subject[1],)} if question.subject else {}
    return question.query(**(NOTHING | kept))


def offers(parameter: str) -> list[Offer]:
    """Return all values of a parameter in the order in which they are offered; years have no order of their own."""
    return _offers(parameter, get_language(), catalogue())


@lru_cache(maxsize=64)
def _offers(parameter: str, _language: str | None, known: Catalogue) -> list[Offer]:
    """Name the values once for each language and state of the taxonomy: both are the key."""
    return OFFERS[parameter](known)


def _kinds(_known: Catalogue) -> list[Offer]:
    return [Offer(kind, kind, str(name)) for kind, name in PLURALS.items()]


def _languages(_known: Catalogue) -> list[Offer]:
    return [Offer(code, code, name) for code, name in LANGUAGE_NAMES.items()]


def _countries(known: Catalogue) -> list[Offer]:
    in_order = sorted(known.countries.values(), key=lambda country: country.sort_key)
    return [Offer(country.pk, country.slug, country.name) for country in in_order]


def _tree(entries: Iterable[TreeEntry]) -> list[Offer]:
    offered: dict[int, Offer] = {}
    for entry in entries:  # in the order of their tree, what is above first
        parent = offered.get(entry.parent or 0)
        above = (*parent.above, parent.key) if parent else ()
        offered[entry.pk] = Offer(entry.pk, entry.slug, entry.name, above)
    return list(offered.values())


OFFERS: dict[str, Callable[[Catalogue], list[Offer]]] = {
    "kind": _kinds,
    "institution": lambda known: _tree(known.institutions.values()),
    "country": _countries,
    "topic": lambda known: _tree(known.topics.values()),
    "language": _languages,
}


def _values(name: str, question: Question, counts: dict[Any, int]) -> list[FacetValue]:
    chosen: set[Any] = set(question.chosen(name)) if name in FIELDS else set()
    known = offers(name) if name != "year" else [Offer(year, str(year), str(year)) for year in sorted(counts)[::-1]]
    # What is chosen is shown though it counts nothing, and what is above it, or it would seem to stand elsewhere.
    shown = chosen.union(counts, *(offer.above for offer in known if offer.key in chosen))
    return [
        FacetValue(offer.value, offer.label, counts.get(offer.key, 0), offer.key in chosen, len(offer.above))
        for offer in known
        if offer.key in shown
    ]


def _chosen_values(question: Question) -> Iterator[Chip]:
    for name in CHOSEN:
        chosen = question.chosen(name)
        for offer in offers(name) if chosen else ():
            if offer.key in chosen:
                yield Chip(label=offer.label, query=_without(question, FIELDS[name], offer.key))


def _without(question: Question, field: str, value: Any) -> str:
    """Return the query without one of the field's values."""
    return question.query(**{field: tuple(other for other in getattr(question, field) if other != value)})


def _chosen_days(question: Question) -> Iterator[Chip]:
    if question.since:
        label = _("from %(day)s") % {"day": day_label(question.since)}
        yield Chip(label=label, query=question.query(since=None))
    if question.until:
        label = _("until %(day)s") % {"day": day_label(question.until)}
        yield Chip(label=label, query=question.query(until=None))
    if question.at:
        label = _("as of %(moment)s") % {"moment": moment_label(question.at)}
        yield Chip(label=label, query=replace(question, at=None, page=1).query())
