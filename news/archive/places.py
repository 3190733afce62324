"""Places of the sample archive, with the words for "in" that each language needs."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "places.tsv"
LANGUAGES = ("en", "fr", "de", "it", "ru", "es", "uk")
PREPOSITIONS = {"en": "in", "fr": "à", "de": "in", "it": "a", "es": "en"}

# Who meets whom: neighbours of a story that crosses borders come from the same group.
REGIONS = (
    ("AL", "BA", "HR", "ME", "MK", "RS", "SI", "BG", "GR"),
    ("KZ", "KG", "TJ", "TM", "UZ", "MN"),
    ("AM", "AZ", "GE", "TR"),
    ("MD", "UA", "RO", "BY", "PL", "SK", "HU"),
    ("EE", "LV", "LT", "FI", "SE", "NO", "DK"),
    ("AT", "CH", "LI", "DE", "CZ", "IT", "FR"),
    ("ES", "PT", "IE", "BE", "NL", "LU", "GB"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city and its name in the six languages, and in a local one where that has letters of its own."""

    country: str
    names: dict[str, str]
    inside: dict[str, str]

    def name(self, language: str) -> str:
        """Return the city's name in the language, or the English one."""
        return self.names.get(language, self.names["en"])


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """Read the places by the code of their country; the first is the capital."""
    by_country = defaultdict(list)
    header, *lines = FILE.read_text(encoding="utf-8").splitlines()
    for line in lines:
        place = _place(dict(zip(header.split("\t"), line.split("\t"), strict=False)))
        by_country[place.country].append(place)
    return {country: tuple(found) for country, found in by_country.items()}


def _place(row: dict[str, str]) -> Place:
    """Make a place from a line: its names, and how each language says that something happens there."""
    names = {language: row[language] for language in LANGUAGES if row.get(language)}
    inside = {language: f"{word} {names[language]}" for language, word in PREPOSITIONS.items()}
    if names["it"].startswith("A"):
        inside["it"] = f"ad {names['it']}"
    inside |= {"ru": row["in_ru"]} | ({"it": row["in_it"]} if row.get("in_it") else {})
    return Place(country=row["country"], names=names, inside=inside)


def neighbours_of(country: str) -> list[str]:
    """Return the codes of the countries in the same region."""
    return [code for region in REGIONS if country in region for code in region if code != country]
