"""Who holds a file: it is exactly as public as what holds it, by the clock. The library knows no holder by name."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Exists, Q
from django.utils import timezone

Clock = Callable[[], datetime.datetime]


class Standing(Enum):
    """What a visitor may have of a file at a moment."""

    HIDDEN = "hidden"  # not yet, or no longer: as if it were not there
    GONE = "gone"  # it was published in error
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A place where a file is used.

    Attributes:
        text: what it is, in words.
        address: where an editor sees it, in the admin.
        was_public: whether visitors see it, or saw it once; what was public is kept.
        keeps_words: whether what stands there now was approved with the words of the image, and so keeps them until
            its next edition.
    """

    text: str
    address: str
    was_public: bool
    keeps_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A public page on which a file stands.

    Attributes:
        title: of the page.
        address: its path.
        language: of the title.
    """

    title: str
    address: str
    language: str


def _nowhere(_version: int, _at: datetime.datetime) -> list[Place]:
    return []


def _none_of(_numbers: Iterable[int]) -> set[int]:
    return set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A kind of thing that holds files, and how to ask it.

    Attributes:
        image: returns the standing of an image by its number, as far as this holder knows.
        version: the same of a version of an attachment.
        current_version: returns the number of the version (library.AttachmentVersion's key) that a visitor gets at
            the lasting address of an attachment, or None.
        uses_of_image: returns where an image is used, in words for the eyes of a user.
        uses_of_attachment: the same of an attachment, in whatever version.
        places_of_version: returns the public pages on which a version of an attachment stands.
        holds_image: returns the condition, upon images, that this holder holds one.
        shows_image: the same of an image that is public at a moment.
        cards: returns which of these numbers are of pages that may have a card for social networks.
    """

    image: Callable[[int, datetime.datetime], Standing]
    version: Callable[[int, datetime.datetime], Standing]
    current_version: Callable[[int, datetime.datetime], int | None]
    uses_of_image: Callable[[int, Any], list[Use]]
    uses_of_attachment: Callable[[int, Any], list[Use]]
    places_of_version: Callable[[int, datetime.datetime], list[Place]] = _nowhere
    holds_image: Callable[[], Exists] | None = None
    shows_image: Callable[[datetime.datetime], Exists] | None = None
    cards: Callable[[Iterable[int]], set[int]] = _none_of


_holders: dict[str, Holder] = {}
_clocks: list[Clock] = [timezone.now]  # the last one goes; this machine's, until a holder brings that of its record


def keep_time_by(clock: Clock) -> None:
    """Decide by this clock what is public now: the one by which the pages are that hold the files."""
    _clocks.append(clock)


def add_holder(name: str, holder: Holder) -> None:
    """Let a holder be asked from now on; a later one of the same name takes its place."""
    _holders[name] = holder


def standing_of_image(number: int, *, at: datetime.datetime | None = None) -> Standing:
    """Return the most public of what the holders say of an image, by default now."""
    at = at or _clocks[-1]()
    return _most_public([holder.image(number, at) for holder in _holders.values()])


def standing_of_version(number: int, *, at: datetime.datetime | None = None) -> Standing:
    """Return the most public of what the holders say of a version of an attachment, by default now."""
    at = at or _clocks[-1]()
    return _most_public([holder.version(number, at) for holder in _holders.values()])


def current_version(attachment: int, *, at: datetime.datetime | None = None) -> int | None:
    """Return the version that visitors get at an attachment's lasting address, if any, by default now."""
    at = at or _clocks[-1]()
    found = [holder.current_version(attachment, at) for holder in _holders.values()]
    return max((number for number in found if number), default=None)


def places_of_version(number: int, *, at: datetime.datetime | None = None) -> list[Place]:
    """Return the public pages on which a version of an attachment stands, by default now."""
    at = at or _clocks[-1]()
    return [place for holder in _holders.values() for place in holder.places_of_version(number, at)]


def uses_of_image(number: int, *, user: Any) -> list[Use]:
    """Return every place where an image is used, named as far as the user may know it."""
    return [use for holder in _holders.values() for use in holder.uses_of_image(number, user)]


def images_in_use() -> Q:
    """Return the condition, upon images, that some holder holds one."""
    return _any([holder.holds_image() for holder in _holders.values() if holder.holds_image])


def public_images(*, at: datetime.datetime) -> Q:
    """Return the condition, upon images, that one is public at a moment."""
    return _any([holder.shows_image(at) for holder in _holders.values() if holder.shows_image])


def with_cards(numbers: Iterable[int]) -> set[int]:
    """Return which of these numbers are of pages that may have a card for social networks."""
    asked = list(numbers)
    return {number for holder in _holders.values() for number in holder.cards(asked)}


def uses_of_attachment(number: int, *, user: Any) -> list[Use]:
    """Return every place where an attachment is used, named as far as the user may know it."""
    return [use for holder in _holders.values() for use in holder.uses_of_attachment(number, user)]


def _most_public(standings: list[Standing]) -> Standing:
    for standing in (Standing.PUBLIC, Standing.GONE):
        if standing in standings:
            return standing
    return Standing.HIDDEN


def _any(conditions: list[Exists]) -> Q:
    """Join conditions; without any, nothing fulfils it."""
    joined = Q(pk__in=[])
    for condition in conditions:
        joined |= Q(condition)
    return joined
