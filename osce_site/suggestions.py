"""Pages whose addresses or names come near a path at which nothing stands."""

import re
from collections.abc import Iterator
from typing import Protocol

from django.utils.text import slugify

from taxonomy.catalogue import catalogue
from taxonomy.navigation import navigation

LONGEST = 200  # characters of the path that are looked at
MOST_WORDS = 8
MOST = 5  # suggestions
EARLIER = 0.6  # what the earlier words of a path weigh beside the last one, which names the page
NEAR = 0.3  # a share of common groups of letters below which two words have nothing to do with each other


class Place(Protocol):
    """A page that may be meant."""

    @property
    def name(self) -> str:
        """Its name in the active language."""

    @property
    def address(self) -> str:
        """Its address in the active language."""


def suggestions_for(path: str) -> list[Place]:
    """Return the pages that come nearest, best first; the time is bounded whatever the path holds."""
    parts = [slugify(part) for part in path[:LONGEST].split("/") if part][:MOST_WORDS]
    wanted = [groups_of_letters(part) for part in parts if part]
    if not wanted:
        return []
    ranked = sorted(
        ((nearness(known, wanted), place) for known, place in _known_places()),
        key=lambda pair: -pair[0],
    )
    found = {place.address: place for score, place in ranked[: MOST * 2] if score >= NEAR}
    return list(found.values())[:MOST]


def groups_of_letters(text: str) -> frozenset[str]:
    """Return the groups of three letters in a word, its beginning and end included."""
    padded = f"  {re.sub(r'[-_]+', ' ', text.lower())} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def nearness(known: frozenset[str], wanted: list[frozenset[str]]) -> float:
    """Return how near a page comes to the words of a path."""
    *earlier, last = wanted
    return max(likeness(known, last), *(EARLIER * likeness(known, word) for word in earlier), 0)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of groups that two texts have in common, from 0 to 1."""
    return len(one & other) / len(one | other)


def _known_places() -> Iterator[tuple[frozenset[str], Place]]:
    """Yield every page of taxonomy and navigation with the letters of its address."""
    known = catalogue()
    for records in (known.countries, known.institutions, known.topics):
        for record in records.values():
            yield groups_of_letters(record.slug), record
    for entry in navigation().by_path.values():
        if entry.is_shown:
            yield groups_of_letters(entry.path.rpartition("/")[2]), entry
