"""All that taxonomy's records and own pages are called, in any language, laid out to be searched in the process.

Built anew when taxonomy changes: some two thousand names and the texts of the own pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from news.search.matcher import TermMatcher, forms_of
from news.words.folding import clean, is_small
from news.words.texts import plain_text
from taxonomy.catalogue import Catalogue, catalogue
from taxonomy.cldr import cldr_names
from taxonomy.models import Country, CountryFormerName, InstitutionFormerName, NavigationItem
from taxonomy.navigation import navigation

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGE = "page"
Key = tuple[str, int]  # ("country", 3), ("page", 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """A name that something has or had, in a language; a text is what its page says."""

    key: Key
    text: str
    language: str
    forms: tuple[frozenset[str], ...]
    is_text: bool = False

    @property
    def everything(self) -> frozenset[str]:
        """Return what any of its words can be found by."""
        return frozenset().union(*self.forms)

    @property
    def telling(self) -> tuple[frozenset[str], ...]:
        """Return its words that are more than an article or a preposition."""
        return tuple(forms for forms in self.forms if not any(is_small(form, self.language) for form in forms))


@dataclass(slots=True)
class KnownNames:
    """The names, and where each form of their words stands."""

    names: list[KnownName] = field(default_factory=list)
    by_form: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: Key, text: str, language: str, *, is_text: bool = False) -> None:
        """Lay out a name; of a text only the words are kept."""
        forms = tuple(forms_of(clean(text), language))
        kept = "" if is_text else text
        name = KnownName(key=key, text=kept, language=language, forms=() if is_text else forms, is_text=is_text)
        for form in frozenset().union(*forms):
            self.by_form[form].add(len(self.names))
        self.names.append(name)

    def with_term(self, term: TermMatcher) -> set[int]:
        """Return which names have the term; of a phrase its first word counts here."""
        found = set().union(*(self.by_form.get(word, ()) for word in term.words))
        for one in term.others:
            start = one.words[0]
            forms = [form for form in self.by_form if form.startswith(start)] if one.is_beginning else [start]
            found.update(*(self.by_form.get(form, ()) for form in forms))
        return found


_kept: tuple[Catalogue, KnownNames] | None = None


def known_names() -> KnownNames:
    """Return the names as they stand, from memory once laid out."""
    global _kept  # noqa: PLW0603 - the process keeps one
    current, kept = catalogue(), _kept
    if kept is None or kept[0] is not current:
        _kept = kept = (current, _lay_out(current))
    return kept[1]


def _lay_out(known: Catalogue) -> KnownNames:
    laid_out = KnownNames()
    seen: set[tuple[Key, str]] = set()
    for key, text, language in _names(known):
        if text and (key, text) not in seen:
            seen.add((key, text))
            laid_out.add(key, text, language)
    for key, text, language in _page_texts():
        laid_out.add(key, text, language, is_text=True)
    return laid_out


def _names(known: Catalogue) -> Iterator[tuple[Key, str, str]]:
    """Yield what everything is called now, then what it was called."""
    kinds: dict[str, dict[int, Any]] = {
        "country": known.countries,
        "institution": known.institutions,
        "topic": known.topics,
    }
    for kind, entries in kinds.items():
        for pk, entry in entries.items():
            yield from (((kind, pk), name, language) for language, name in entry.names.items())
    for pk, institution in known.institutions.items():
        yield from ((("institution", pk), acronym, language) for language, acronym in institution.acronyms.items())
    yield from _labels()
    yield from _other_names_of_countries(known)
    for model, kind in ((CountryFormerName, "country"), (InstitutionFormerName, "institution")):
        for pk, name, language in model.objects.values_list("record", "name", "language"):
            yield (kind, pk), name, language or "en"


def _labels() -> Iterator[tuple[Key, str, str]]:
    """Yield what the menu calls pages that belong to no record."""
    own = navigation().by_pk
    for pk, *labels in NavigationItem.objects.filter(
        country=None, institution=None, topic=None, is_shown=True
    ).values_list("pk", *(f"label_{code}" for code in LANGUAGES)):
        if pk in own:
            yield from (((PAGE, pk), label or "", code) for code, label in zip(LANGUAGES, labels, strict=True))


def _other_names_of_countries(known: Catalogue) -> Iterator[tuple[Key, str, str]]:
    """Yield official names, and what CLDR calls the countries."""
    official = Country.objects.values_list("pk", *(f"official_name_{code}" for code in LANGUAGES))
    for pk, *names in official:
        yield from ((("country", pk), name or "", code) for code, name in zip(LANGUAGES, names, strict=True))
    for pk, country in known.countries.items():
        yield from ((("country", pk), name, code) for code, name in cldr_names(country.iso_code).items())


def _page_texts() -> Iterable[tuple[Key, str, str]]:
    """Yield what the own pages say."""
    fields = [f"{name}_{code}" for code in LANGUAGES for name in ("introduction", "body")]
    pages = NavigationItem.objects.filter(country=None, institution=None, topic=None, address="", is_shown=True)
    for pk, *texts in pages.values_list("pk", *fields):
        for code, introduction, body in zip(LANGUAGES, texts[::2], texts[1::2], strict=True):
            if text := f"{introduction or ''} {plain_text(body or '')}".strip():
                yield (PAGE, pk), text, code
