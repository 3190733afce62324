"""Finding the institution, country or field of work that a text names, by any name it has or had.

An index is plain data read once for a batch: `names = institution_names()`, then `names.resolve(text)` for each text,
without a query.
"""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from taxonomy.catalogue import Entry, catalogue
from taxonomy.cldr import cldr_names
from taxonomy.letters import PLAIN_LETTERS, SMALL_WORDS_BY_LANGUAGE
from taxonomy.models import (
    Country,
    CountryFormerName,
    CountryFormerSlug,
    InstitutionFormerName,
    InstitutionFormerSlug,
    TopicFormerSlug,
)

SMALL_WORDS = frozenset(" ".join(SMALL_WORDS_BY_LANGUAGE.values()).split())
# The organisation as its own texts name it, the conference that it was included.
ORGANISATION = re.compile(
    r"\b(?:osce|csce|osze|ksze|обсе|сбсе|organi[sz]ation for security and co ?operation in europe)(?: s)?\b"
)
SUGGESTIONS = 3
LIKENESS = 0.6  # from 0 to 1, as difflib measures it; below it a suggestion only puzzles


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record that a text can name; `name` is the English one."""

    pk: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a text was found to name: one record, several (ambiguous), or none with the nearest names."""

    text: str
    candidates: tuple[Named, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def found(self) -> Named | None:
        """Return the record, if the text names exactly one."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def problem(self) -> str:
        """Say in a sentence why no record was found; an empty text when one was."""
        if self.found:
            return ""
        if self.candidates:
            choices = ", ".join(f"{record.name} ({record.slug})" for record in self.candidates)
            return f"“{self.text}” may be any of these: {choices}. Write the one in brackets."
        if self.suggestions:
            return f"“{self.text}” is not known. Did you mean {' or '.join(f'“{name}”' for name in self.suggestions)}?"
        return f"“{self.text}” is not known."


def fold(text: str) -> str:
    """Return the text's words without case, accents and punctuation ("Co-ordinator" is "co ordinator")."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(PLAIN_LETTERS)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", decomposed) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def key(text: str) -> str:
    """Return what the writings of one name share: the words that carry it, without spaces.

    "Co-operation" and "cooperation" are one, so are "the OSCE Mission to Moldova" and "Mission in Moldova". What
    consists of small words or the organisation's name alone keeps them: "DE" is a country.
    """
    folded = fold(text)
    words = ORGANISATION.sub(" ", folded).split() or folded.split()
    return "".join([word for word in words if word not in SMALL_WORDS] or words)


def readings(text: str) -> Iterator[str]:
    """Yield the keys under which to look for a text: the whole, what stands outside brackets, what stands inside."""
    yield key(text)
    outside = re.sub(r"\([^()]*\)", " ", text)
    if outside != text:
        yield key(outside)
        yield from (key(inside) for inside in re.findall(r"\(([^()]*)\)", text))


class NameIndex:
    """All names of one kind of record, ready to be asked any number of times."""

    def __init__(self, *, current: Iterable[tuple[str, Named]], former: Iterable[tuple[str, Named]] = ()) -> None:
        """Take pairs of a name and its record; a former name counts only where no current one is the same."""
        self._current = _by_key(current)
        self._former = _by_key(former)
        self._names = {**self._former, **self._current}

    def resolve(self, text: str) -> Resolution:
        """Find the record that the text names."""
        for names in (self._current, self._former):
            for reading in readings(text):
                if reading and reading in names:
                    return Resolution(text=text, candidates=tuple(names[reading].values()))
        return Resolution(text=text, suggestions=self._nearest(text))

    def _nearest(self, text: str) -> tuple[str, ...]:
        near = difflib.get_close_matches(key(text), self._names, n=SUGGESTIONS * 2, cutoff=LIKENESS)
        names = dict.fromkeys(record.name for found in near for record in self._names[found].values())
        return tuple(names)[:SUGGESTIONS]


def institution_names() -> NameIndex:
    """Read the names of institutions: slugs, names and acronyms in all languages, former names and slugs."""
    entries = catalogue().institutions
    return NameIndex(
        current=_pairs(entries, lambda entry: (*entry.names.values(), *entry.acronyms.values())),
        former=_former(entries, InstitutionFormerName, InstitutionFormerSlug),
    )


def country_names() -> NameIndex:
    """Read the names of countries: slugs, codes, short and official names in all languages, former names and slugs.

    What CLDR calls a country counts too ("Russia"), where it is no country's own name.
    """
    entries = catalogue().countries
    fields = [f"official_name_{code}" for code, _label in settings.LANGUAGES]
    official = {pk: names for pk, *names in Country.objects.values_list("pk", *fields)}
    return NameIndex(
        current=_pairs(entries, lambda entry: (entry.iso_code, *entry.names.values(), *official.get(entry.pk, ()))),
        former=[
            *_former(entries, CountryFormerName, CountryFormerSlug),
            *_pairs(entries, lambda entry: cldr_names(entry.iso_code).values()),
        ],
    )


def topic_names() -> NameIndex:
    """Read the names of fields of work: slugs, names in all languages, former slugs."""
    entries = catalogue().topics
    return NameIndex(
        current=_pairs(entries, lambda entry: entry.names.values()), former=_former(entries, TopicFormerSlug)
    )


def _by_key(pairs: Iterable[tuple[str, Named]]) -> dict[str, dict[int, Named]]:
    index: dict[str, dict[int, Named]] = defaultdict(dict)
    for name, record in pairs:
        if key(name):
            index[key(name)][record.pk] = record
    return dict(index)


def _named(entry: Entry) -> Named:
    return Named(pk=entry.pk, slug=entry.slug, name=entry.names["en"])


def _pairs(entries: dict[int, Any], names_of: Any) -> Iterator[tuple[str, Named]]:
    for entry in entries.values():
        for name in (entry.slug, *names_of(entry)):
            yield name or "", _named(entry)


def _former(entries: dict[int, Any], *models: Any) -> Iterator[tuple[str, Named]]:
    for model in models:
        field = "slug" if hasattr(model, "slug") else "name"
        for pk, name in model.objects.values_list("record_id", field):
            if pk in entries:
                yield name, _named(entries[pk])
