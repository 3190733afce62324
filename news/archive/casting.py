"""Who issues a sample story, where it takes place, and what it is tagged with: drawn from the site's taxonomy.

Everything is named by its slug: the numbers of a taxonomy are another database's.
"""

import datetime
import random
from bisect import bisect
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from news.archive.places import Place, neighbours_of, places
from news.archive.stories import Story
from taxonomy.catalogue import Catalogue, InstitutionEntry
from taxonomy.models import Institution

FIELD_OPERATIONS, DEPARTMENTS = "field operations", "departments"
GROUPS = {FIELD_OPERATIONS: Institution.Kind.FIELD_OPERATION, DEPARTMENTS: Institution.Kind.DEPARTMENT}
VIENNA = places()["AT"][0]
KOSOVO = "XK"  # a key of places.tsv only; such a mission has no host country
TOLD_WHERE_IT_IS_SPOKEN = 0.4  # how often a story with a local language comes from a place that speaks it
WITH_THE_SECRETARIAT = 0.12  # how often a field operation's story names a department too

LOCAL_LANGUAGES = {
    "AL": ("sq",),
    "AM": ("hy",),
    "BA": ("bs",),
    "GE": ("ka",),
    KOSOVO: ("sq", "sr"),
    "KG": ("ky",),
    "KZ": ("kk",),
    "MD": ("ro",),
    "MK": ("mk", "sq"),
    "RS": ("sr",),
    "TJ": ("tg",),
    "TR": ("tr",),
    "UA": ("uk",),
    "UZ": ("uz",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who, where, on what; by slug."""

    place: Place
    issued_by: tuple[str, ...]
    countries: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def local_languages(self) -> tuple[str, ...]:
        """Return the local languages of the place."""
        return LOCAL_LANGUAGES.get(self.place.country, ())

    def dateline(self, language: str) -> str:
        """Return the place as a dateline."""
        return self.place.name(language).upper()


@dataclass(kw_only=True, eq=False)
class Casting:
    """Casts stories from a taxonomy; what is asked again is kept."""

    known: Catalogue
    _kept: dict[tuple[str, int], tuple[list[InstitutionEntry], list[InstitutionEntry]]] = field(default_factory=dict)
    _kept_topics: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def can_cast(self, story: Story) -> bool:
        """Say whether this site has anybody to issue the story."""
        return bool(self._named_by(story))

    def cast(self, story: Story, rng: random.Random, day: datetime.date) -> Cast:
        """Choose an issuer that is open on the day, a place that fits it, and the tags."""
        anywhere, where_it_is_spoken = self._candidates(story, day.isoformat())
        issuer = rng.choice(where_it_is_spoken if rng.random() < TOLD_WHERE_IT_IS_SPOKEN else anywhere)
        is_in_the_field = issuer.kind == Institution.Kind.FIELD_OPERATION
        place = self._place(story, issuer, rng)
        issued_by: tuple[str, ...] = (issuer.slug,)
        if is_in_the_field and self._departments and rng.random() < WITH_THE_SECRETARIAT:
            issued_by = (issuer.slug, rng.choice(self._departments))
        return Cast(
            place=place,
            issued_by=issued_by,
            countries=self._countries(story, place, rng, is_at_its_seat=story.place == "seat" and not is_in_the_field),
            topics=self._topics(story),
        )

    def _candidates(self, story: Story, day: str) -> tuple[list[InstitutionEntry], list[InstitutionEntry]]:
        """Return who may issue the story on the day, and those of them whose place has a language that it is told in.

        Where none is open, all that the story names; where nobody speaks such a language, all of these.
        """
        key = (story.name, bisect(self._turns, day))
        if key not in self._kept:
            named = self._named_by(story)
            found = [institution for institution in named if _is_open(institution, day)] or named
            speaking = [institution for institution in found if self._speaks(institution, story)]
            self._kept[key] = (found, speaking or found)
        return self._kept[key]

    def _named_by(self, story: Story) -> list[InstitutionEntry]:
        """Return the institutions that the story names, singly or as a group; sorted, so that a seed repeats."""
        found: dict[str, InstitutionEntry] = {}
        for name in story.issuers:
            named = self._of_group(GROUPS[name]) if name in GROUPS else self._named(name)
            found |= {institution.slug: institution for institution in named}
        return [found[slug] for slug in sorted(found)]

    def _of_group(self, kind: str) -> list[InstitutionEntry]:
        return [institution for institution in self.known.institutions.values() if institution.kind == kind]

    def _named(self, name: str) -> list[InstitutionEntry]:
        return [entry for entry in self.known.institutions.values() if entry.names["en"].endswith(name)]

    def _speaks(self, institution: InstitutionEntry, story: Story) -> bool:
        """Say whether a field operation's place has a local language in which the story is told."""
        spoken = LOCAL_LANGUAGES.get(self._code(institution), ())
        return institution.kind == Institution.Kind.FIELD_OPERATION and any(code in story.wordings for code in spoken)

    def _code(self, institution: InstitutionEntry) -> str:
        """Return the code of the country that it works in, as places.tsv has it."""
        host = self.known.countries.get(institution.host_country or 0)
        return host.iso_code if host else KOSOVO

    def _place(self, story: Story, issuer: InstitutionEntry, rng: random.Random) -> Place:
        """Return a city of the field operation's country, the issuer's seat, a capital or any, as the story asks."""
        if issuer.kind == Institution.Kind.FIELD_OPERATION:
            by_country = places()
            return rng.choice(by_country.get(self._code(issuer), by_country[KOSOVO]))
        if story.place == "seat":
            return _seat(issuer)
        return rng.choice(self._capitals if story.place == "capital" else self._cities)

    def _countries(self, story: Story, place: Place, rng: random.Random, *, is_at_its_seat: bool) -> tuple[str, ...]:
        """Return the country of the place, unless that is only the issuer's seat, and neighbours where they matter."""
        codes = [] if is_at_its_seat else [place.country]
        if story.neighbours:
            nearby = [code for code in neighbours_of(place.country) if code in self._country_by_code]
            codes += rng.sample(nearby, min(story.neighbours, len(nearby)))
        return tuple(self._country_by_code[code] for code in codes if code in self._country_by_code)

    def _topics(self, story: Story) -> tuple[str, ...]:
        """Return the topics of the story that the site has, in the story's order."""
        if story.name not in self._kept_topics:
            by_name = {topic.names["en"].casefold(): topic.slug for topic in self.known.topics.values()}
            names = map(str.casefold, story.topics)
            self._kept_topics[story.name] = tuple(by_name[name] for name in names if name in by_name)
        return self._kept_topics[story.name]

    @cached_property
    def _turns(self) -> list[str]:
        """Return the days on which an institution opened or closed, in order."""
        entries = self.known.institutions.values()
        return sorted(set(chain.from_iterable((entry.opened_on, entry.closed_on) for entry in entries)))

    @cached_property
    def _departments(self) -> list[str]:
        return sorted(entry.slug for entry in self._of_group(Institution.Kind.DEPARTMENT))

    @cached_property
    def _country_by_code(self) -> dict[str, str]:
        return {country.iso_code: country.slug for country in self.known.countries.values()}

    @cached_property
    def _capitals(self) -> list[Place]:
        return [places()[code][0] for code in sorted(self._country_by_code.keys() & places().keys())] or [VIENNA]

    @cached_property
    def _cities(self) -> list[Place]:
        codes = sorted(self._country_by_code.keys() & places().keys())
        return list(chain.from_iterable(places()[code] for code in codes)) or [VIENNA]


def _is_open(institution: InstitutionEntry, day: str) -> bool:
    return institution.opened_on <= day and (not institution.closed_on or institution.closed_on > day)


def _seat(issuer: InstitutionEntry) -> Place:
    """Return the city of the issuer's seat."""
    everywhere = chain.from_iterable(places().values())
    return next((place for place in everywhere if place.name("en") == issuer.city["en"]), VIENNA)
