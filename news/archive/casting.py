"""Who issues a sample story, where it takes place, and what it is tagged with: drawn from the site's taxonomy."""

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from news.archive.places import Place, neighbours_of, places
from news.archive.stories import Story
from taxonomy.catalogue import Catalogue, InstitutionEntry, catalogue
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
CHANGE_NOTES = {
    "en": ("A number has been corrected.", "The date of the next meeting has been added."),
    "fr": ("Un chiffre a été corrigé.", "La date de la prochaine réunion a été ajoutée."),
    "de": ("Eine Zahl wurde berichtigt.", "Der Termin des nächsten Treffens wurde ergänzt."),
    "it": ("È stata corretta una cifra.", "È stata aggiunta la data della prossima riunione."),
    "ru": ("Исправлена цифра.", "Добавлена дата следующей встречи."),
    "es": ("Se ha corregido una cifra.", "Se ha añadido la fecha de la próxima reunión."),
    "sq": ("Është korrigjuar një shifër.", "Është shtuar data e takimit të ardhshëm."),
    "uk": ("Виправлено цифру.", "Додано дату наступної зустрічі."),
    "ro": ("A fost corectată o cifră.", "A fost adăugată data următoarei reuniuni."),
    "sr": ("Ispravljen je jedan broj.", "Dodat je datum sledećeg sastanka."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who, where, on what; numbers are primary keys."""

    place: Place
    issued_by: tuple[int, ...]
    countries: tuple[int, ...]
    topics: tuple[int, ...]

    @property
    def local_languages(self) -> tuple[str, ...]:
        """Return the local languages of the place."""
        return LOCAL_LANGUAGES.get(self.place.country, ())

    def dateline(self, language: str) -> str:
        """Return the place as a dateline."""
        return self.place.name(language).upper()


def scheduled_number(items: int) -> int:
    """Return how many of the last items lie ahead: a handful, however large the archive."""
    return min(12, items // 75)


def draft_share(items: int) -> float:
    """Return the share of stories left as drafts: some six, however large the archive."""
    return min(0.05, 14 / items)


def can_be_cast(story: Story) -> bool:
    """Say whether this site has anybody to issue the story."""
    return bool(_candidates(story, lambda _institution: True))


def cast(story: Story, rng: random.Random, day: datetime.date) -> Cast:
    """Choose an issuer that is open on the day, a place that fits it, and the tags."""
    known = catalogue()
    found = _candidates(story, lambda institution: _is_open(institution, day))
    if rng.random() < TOLD_WHERE_IT_IS_SPOKEN:
        found = [institution for institution in found if _speaks(institution, story, known)] or found
    issuer = rng.choice(found or _candidates(story, lambda _institution: True))
    place = _place(story, issuer, rng, known)
    with_another = issuer.kind == Institution.Kind.FIELD_OPERATION and rng.random() < WITH_THE_SECRETARIAT
    partners = _of_group(Institution.Kind.DEPARTMENT, known) if with_another else []
    return Cast(
        place=place,
        issued_by=(issuer.pk, *(partner.pk for partner in rng.sample(partners, min(1, len(partners))))),
        countries=_countries(story, issuer, place, rng, known),
        topics=_topics(story, known),
    )


def _candidates(story: Story, fits: Callable[[InstitutionEntry], bool]) -> list[InstitutionEntry]:
    """Return the fitting institutions that the story names, singly or as a group; sorted, so that a seed repeats."""
    known = catalogue()
    found: dict[int, InstitutionEntry] = {}
    for name in story.issuers:
        named = _of_group(GROUPS[name], known) if name in GROUPS else _named(name, known)
        found |= {institution.pk: institution for institution in named if fits(institution)}
    return sorted(found.values(), key=lambda institution: institution.slug)


def _of_group(kind: str, known: Catalogue) -> list[InstitutionEntry]:
    return [institution for institution in known.institutions.values() if institution.kind == kind]


def _named(name: str, known: Catalogue) -> list[InstitutionEntry]:
    return [institution for institution in known.institutions.values() if institution.names["en"].endswith(name)]


def _is_open(institution: InstitutionEntry, day: datetime.date) -> bool:
    iso_day = day.isoformat()
    return institution.opened_on <= iso_day and (not institution.closed_on or institution.closed_on > iso_day)


def _speaks(institution: InstitutionEntry, story: Story, known: Catalogue) -> bool:
    """Say whether a field operation's place has a local language in which the story is told."""
    spoken = LOCAL_LANGUAGES.get(_code(institution, known), ())
    return institution.kind == Institution.Kind.FIELD_OPERATION and any(code in story.wordings for code in spoken)


def _code(institution: InstitutionEntry, known: Catalogue) -> str:
    """Return the code of the country that it works in, as places.tsv has it."""
    host = known.countries.get(institution.host_country or 0)
    return host.iso_code if host else KOSOVO


def _seat(issuer: InstitutionEntry) -> Place:
    """Return the city of the issuer's seat."""
    everywhere = chain.from_iterable(places().values())
    return next((place for place in everywhere if place.name("en") == issuer.city["en"]), VIENNA)


def _place(story: Story, issuer: InstitutionEntry, rng: random.Random, known: Catalogue) -> Place:
    """Return a city of the field operation's country, the issuer's seat, a capital or any city, as the story asks."""
    by_country = places()
    if issuer.kind == Institution.Kind.FIELD_OPERATION:
        return rng.choice(by_country.get(_code(issuer, known), by_country[KOSOVO]))
    if story.place == "seat":
        return _seat(issuer)
    present = sorted({country.iso_code for country in known.countries.values()} & by_country.keys())
    most = 1 if story.place == "capital" else None
    return rng.choice(list(chain.from_iterable(by_country[code][:most] for code in present)) or [VIENNA])


def _countries(
    story: Story, issuer: InstitutionEntry, place: Place, rng: random.Random, known: Catalogue
) -> tuple[int, ...]:
    """Return the country of the place, unless that is only the issuer's seat, and neighbours where borders matter."""
    by_code = {country.iso_code: country.pk for country in known.countries.values()}
    nearby = [code for code in neighbours_of(place.country) if code in by_code]
    codes = [] if story.place == "seat" and issuer.kind != Institution.Kind.FIELD_OPERATION else [place.country]
    codes += rng.sample(nearby, min(story.neighbours, len(nearby)))
    return tuple(by_code[code] for code in codes if code in by_code)


def _topics(story: Story, known: Catalogue) -> tuple[int, ...]:
    """Return the topics of the story that the site has, in the story's order."""
    by_name = {topic.names["en"].casefold(): topic.pk for topic in known.topics.values()}
    return tuple(by_name[name.casefold()] for name in story.topics if name.casefold() in by_name)
