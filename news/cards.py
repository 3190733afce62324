"""What a list shows of an edition: names from the taxonomy in memory, and the languages of its story."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from library.pictures import Picture
from library.shown import Shown
from news.models import Edition
from news.models.news_item import news_address, news_languages
from taxonomy.catalogue import CountryEntry, Entry, InstitutionEntry, TreeEntry, catalogue, today
from taxonomy.dates import day_label, short_day_label

LANGUAGE_NAMES = dict(news_languages())
LANGUAGE_ORDER = {code: place for place, code in enumerate(LANGUAGE_NAMES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language in which a story can be read, and the item that it is told in there."""

    language: str
    item: int
    slug: str

    @property
    def name(self) -> str:
        """Return the language's own name."""
        return LANGUAGE_NAMES[self.language]

    @property
    def address(self) -> str:
        """Return the address of the item in this language."""
        return news_address(number=self.item, slug=self.slug, language=self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What an edition is tagged with, named from the taxonomy in memory; what is no longer there is left out."""

    edition: Edition

    @property
    def issuers(self) -> list[InstitutionEntry]:
        """Return the institutions that issued it, in their order."""
        return _entries(catalogue().institutions, self.edition.tags.get("issued_by"))

    @property
    def countries(self) -> list[CountryEntry]:
        """Return the countries that it is about."""
        return _entries(catalogue().countries, self.edition.tags.get("countries"))

    @property
    def topics(self) -> list[TreeEntry]:
        """Return its fields of work."""
        return _entries(catalogue().topics, self.edition.tags.get("topics"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An edition in a list. Two cards are equal when the same taxonomy draws the same HTML of them in one language."""

    number: int  # the edition's, whose content never changes
    slug: str
    day: str
    tongues: tuple[Tongue, ...]
    query: str = ""  # of its links: "?at=…" in a list of a past moment
    edition: Edition = field(compare=False, repr=False)

    @property
    def tags(self) -> Tags:
        """Return what the edition is tagged with."""
        return Tags(edition=self.edition)

    @property
    def address(self) -> str:
        """Return where it leads."""
        return self.edition.get_absolute_url() + self.query

    @property
    def picture(self) -> Picture | None:
        """Return the edition's first picture, if it has one."""
        return Shown(self.edition.files).lead

    @property
    def foreign_language(self) -> str:
        """Return the edition's language where it is another than the page's."""
        return foreign(self.edition.language)

    @property
    def direction(self) -> str:
        """Return in which direction the edition's language is written."""
        return direction(self.edition.language)


def cards(
    editions: Iterable[Edition], *, with_tongues: bool = True, at: datetime.datetime | None = None, query: str = ""
) -> list[Card]:
    """Make cards of editions that were loaded with `for_cards()`, with one query for the languages of all."""
    editions = list(editions)
    tongues = tongues_by_story((edition.story_id for edition in editions), at=at) if with_tongues and editions else {}
    return [
        Card(
            number=edition.pk,
            slug=edition.item.slug,
            day=card_day(edition),
            tongues=tuple(t for t in tongues.get(edition.story_id, ()) if t.item != edition.item_id),
            query=query,
            edition=edition,
        )
        for edition in editions
    ]


def cards_of(numbers: Collection[int], *, at: datetime.datetime | None = None, query: str = "") -> list[Card]:
    """Make cards of the editions with these numbers, in this order; one that is not listed at the moment is left out.

    Args:
        numbers: the editions' numbers.
        at: a past moment; None is now.
        query: what the cards' links say beside the address.
    """
    rows = Edition.objects.listed(at=at).filter(pk__in=numbers).for_cards()
    made = {card.number: card for card in cards(rows, at=at, query=query)}
    return [made[number] for number in numbers if number in made]


def tongues_by_story(stories: Iterable[int], *, at: datetime.datetime | None = None) -> dict[int, list[Tongue]]:
    """Return the languages in which each story is listed at the moment, in the order of the site's languages."""
    rows = Edition.objects.listed(at=at).filter(story__in=set(stories))
    by_story = defaultdict(list)
    for story, language, item, slug in rows.values_list("story", "language", "item", "item__slug"):
        by_story[story].append(Tongue(language=language, item=item, slug=slug))
    for tongues in by_story.values():
        tongues.sort(key=lambda tongue: LANGUAGE_ORDER[tongue.language])
    return by_story


def card_day(edition: Edition) -> str:
    """Write the day of issue, with the year only where it isn't this one."""
    day = timezone.localdate(edition.issued_at)
    return short_day_label(day) if day.year == today().year else day_label(day)


def foreign(language: str) -> str:
    """Return the language where it is another than the page's, else an empty text."""
    return "" if language == get_language() else language


def direction(language: str) -> str:
    """Return in which direction the language is written."""
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def _entries[Known: Entry](known: dict[int, Known], numbers: list[int] | None) -> list[Known]:
    return [known[number] for number in numbers or () if number in known]
