"""Countries, institutions, fields of work and own pages that a query names: they stand above the news that it finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from news.search.known_names import PAGE, Key, KnownName, known_names
from news.search.marking import Marker, Piece
from news.search.matcher import TermMatcher, matchers
from news.search.query import Query
from taxonomy.catalogue import catalogue
from taxonomy.models import Institution
from taxonomy.navigation import navigation

MOST_SHOWN = 6
# How much a name speaks for its record: it is what was asked, it has all the words, it is named among the words.
IS_IT, HAS_ALL, IS_NAMED, SAYS_ALL = 4, 3, 2, 1
ORDER = {"country": 0, "institution": 1, "topic": 2, PAGE: 3}  # among equals


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A record or page that was found; `also` is the name that was found where it is another than the one shown."""

    kind: str
    name: tuple[Piece, ...]
    address: str
    also: tuple[Piece, ...] = ()

    @property
    def plain_name(self) -> str:
        """Return the name without marks."""
        return "".join(piece.text for piece in self.name)

    @property
    def is_found_by_text(self) -> bool:
        """Say whether only the text of the page has the words, and no name of it."""
        return not any(piece.is_marked for piece in (*self.name, *self.also))


def find_records(query: Query, *, language: str, most: int = MOST_SHOWN) -> list[FoundRecord]:
    """Return the records and pages that the query names, the best first, without a query to the database."""
    if query.is_empty:
        return []
    wanted = matchers(query)
    best: dict[Key, KnownName] = {}
    for name in sorted(_candidates(query, wanted), key=lambda name: _rank(name, wanted, language)):
        if _worth(name, wanted, language):
            best.setdefault(name.key, name)
    marker = Marker(query.terms)
    found = (_found(name, marker, language) for name in best.values())
    return list(islice(filter(None, found), most))


def _candidates(query: Query, wanted: Sequence[TermMatcher]) -> Iterator[KnownName]:
    """Yield the names that have at least one of the terms, and the texts that have all."""
    known = known_names()
    having = [known.with_term(term) for term in wanted]
    excluded = set().union(*(known.with_term(TermMatcher(term)) for term in query.excluded))
    everywhere = set.intersection(*having)
    for number in set().union(*having) - excluded:
        name = known.names[number]
        if number in everywhere or not name.is_text:
            yield name


def _rank(name: KnownName, wanted: Sequence[TermMatcher], language: str) -> tuple[int, int, int, Key]:
    """Return what orders names: worth, then kind, then the shorter name."""
    return -_worth(name, wanted, language), ORDER[name.key[0]], len(name.forms), name.key


def _worth(name: KnownName, wanted: Sequence[TermMatcher], language: str) -> int:
    """Say how much the name speaks for its record; 0 for one that shares a word by chance."""
    if name.is_text:
        return SAYS_ALL
    is_named = _is_named(name, wanted)
    if all(term.stands_in(name.forms, name.everything) for term in wanted):
        return IS_IT if is_named else HAS_ALL
    return IS_NAMED if is_named and name.language in {language, "en"} else 0


def _is_named(name: KnownName, wanted: Sequence[TermMatcher]) -> bool:
    """Say whether all words of the name that tell something were asked for."""
    words = frozenset().union(*(term.words for term in wanted))
    return bool(name.telling) and not any(map(words.isdisjoint, name.telling))


def _found(name: KnownName, marker: Marker, language: str) -> FoundRecord | None:
    kind, pk = name.key
    shown = _shown(kind, pk)
    if shown is None:  # gone since the names were laid out
        return None
    label, title, address = shown
    marked = marker.mark(title, language)
    is_other = bool(name.text) and not marked.marked
    return FoundRecord(
        kind=label,
        name=tuple(marked.pieces()),
        address=address,
        also=tuple(marker.mark(name.text, name.language).pieces()) if is_other else (),
    )


def _shown(kind: str, pk: int) -> tuple[str, str, str] | None:
    """Return kind, name and address in the language of the page."""
    known = catalogue()
    if kind == PAGE:
        page = navigation().by_pk.get(pk)
        return (_("Page"), page.name, page.address) if page else None
    kept: dict[str, dict[int, Any]] = {
        "country": known.countries,
        "institution": known.institutions,
        "topic": known.topics,
    }
    entry = kept[kind].get(pk)
    if entry is None:
        return None
    labels = {"country": _("Country"), "topic": _("Field of work")}
    label = labels.get(kind) or capfirst(str(Institution.Kind(known.institutions[pk].kind).label))
    return label, entry.name, entry.address
