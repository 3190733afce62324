"""Composing the sample archive: which story, issued by whom, where, when, in which languages; never the database.

The same seed, size, end and taxonomy give the same rows, on any machine: nothing here asks a clock, the order of a set,
or the number of a row.
"""

import datetime
import random
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from news.archive import fates
from news.archive.additions import additions
from news.archive.casting import Cast, Casting
from news.archive.fates import Fate
from news.archive.stories import Story, stories
from news.archive.telling import Tale, rows_of
from news.archive.wording import Filling, fill_title
from news.importers.rows import ItemRow, Reference
from news.models import Removal
from taxonomy.catalogue import catalogue

YEARS = 25
VIENNA = ZoneInfo("Europe/Vienna")
KIND_WEIGHTS = {
    "news": 44,
    "press-release": 16,
    "statement": 11,
    "daily-report": 11,
    "speech": 7,
    "media-advisory": 6,
    "spot-report": 5,
}
LEAST, MOST = 3, 9  # paragraphs of a text, added ones included
LENGTHS, LENGTH_WEIGHTS = range(LEAST, MOST + 1), (14, 24, 22, 16, 12, 7, 5)
LANGUAGE_CHANCES = {"en": 1.0, "ru": 0.5, "fr": 0.35, "de": 0.25, "it": 0.2, "es": 0.2}
LOCAL_CHANCE = 0.8  # where the place speaks the language
ORIGINAL_IN_ANOTHER_LANGUAGE = 0.08
ATTEMPTS = 6  # to find a title that the archive doesn't have yet
FRIDAY = 4
GENITIVE_PLURAL_TEENS, OTHER_FORMS = {11, 12, 13, 14}, {1, 2, 3, 4}  # of Russian nouns after a number
OFFICE_HOURS = (8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 15, 16, 17, 18)
OFFICES_CLOSED = 0.85  # at weekends; some reports come out even then
REMEMBERED = 40  # of the latest stories on a topic, for others to refer to
DIGEST_BYTES = 8  # of a title: a million of them take a tenth of the titles' memory


@dataclass(kw_only=True)
class Composer:
    """Deals the stories of each kind in turn, so that one comes again only after all others.

    Attributes:
        items: how many; translations count.
        seed: the same one gives the same items.
        until: the end of the 25 years; a handful of items lies ahead of it.
    """

    items: int
    seed: int
    until: datetime.datetime
    decks: dict[str, deque[Story]] = field(init=False)
    titles: set[bytes] = field(default_factory=set)
    earlier: dict[str, deque[Reference]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=REMEMBERED)))

    def __post_init__(self) -> None:
        """Shuffle the stories, and keep those that somebody on this site can issue."""
        self.rng = random.Random(f"{self.seed}")  # noqa: S311 - a sample, not a secret
        self.casting = Casting(known=catalogue())
        playable = [story for story in stories() if self.casting.can_cast(story)]
        self.rng.shuffle(playable)
        by_kind = {kind: deque(story for story in playable if story.kind == kind) for kind in KIND_WEIGHTS}
        self.decks = {kind: deck for kind, deck in by_kind.items() if deck}

    def compose(self) -> Iterator[ItemRow]:
        """Yield the items, each original before its translations; the oldest stories come first."""
        written = number = 0
        while written < self.items:
            number += 1
            for row in self._story(number, written):
                written += 1
                yield row

    def _story(self, number: int, written: int) -> list[ItemRow]:
        """Compose the next story, in as many languages as there is room for; those that lie ahead have their own."""
        left, ahead = self.items - written, fates.scheduled_number(self.items)
        moment = self._moment(left)
        story, cast, filling = self._new_title(moment)
        languages = _languages(self.rng, story, cast)[: left - ahead if left > ahead else left]
        fate = self._fate(story, cast, moment, left)
        tale = Tale(
            source_id=f"{self.seed}-{self.items}-{self.until:%Y%m%d}-{number}",
            story=story,
            cast=cast,
            filling=replace(filling, added=_added(self.rng, story, most=MOST - fates.tells_meeting(fate))),
            languages=languages if fate.moments else languages[:1],
            fate=fate,
            related=self._related(cast),
            leads_to=self.rng.choice(self._alike(cast)) if fate.removal == Removal.Kind.CONSOLIDATED else None,
        )
        rows = list(rows_of(tale, self.rng, number=written + 1))
        self._remember(tale, rows[0])
        return rows

    def _moment(self, left: int) -> datetime.datetime:
        """Return a moment of an office day, nearer to the end the fewer are left; the last ones lie ahead of it."""
        rng, today = self.rng, self.until.astimezone(VIENNA).date()
        before = left - fates.scheduled_number(self.items)
        if before <= 0:
            return _office_hour(rng, today + datetime.timedelta(days=rng.randint(1, 6)))
        share = (before - rng.random()) / self.items
        day = today - datetime.timedelta(days=int(YEARS * 365.25 * share * share))
        if day.weekday() > FRIDAY and rng.random() < OFFICES_CLOSED:
            day -= datetime.timedelta(days=day.weekday() - FRIDAY)
        moment = _office_hour(rng, day)
        return moment if moment <= self.until else moment - datetime.timedelta(days=1)

    def _fate(self, story: Story, cast: Cast, moment: datetime.datetime, left: int) -> Fate:
        """Decide what becomes of a story; it is consolidated only where an earlier one can stand for it."""
        if left <= fates.scheduled_number(self.items):
            return fates.scheduled(self.rng, moment, self.until)
        if self.rng.random() < fates.draft_share(self.items):
            return fates.drafted(self.rng, moment)
        fate = fates.published(self.rng, moment, self.until, can_err=bool(story.numbers))
        return fate if fate.removal != Removal.Kind.CONSOLIDATED or self._alike(cast) else fates.kept(fate)

    def _new_title(self, moment: datetime.datetime) -> tuple[Story, Cast, Filling]:
        """Deal a story and fill it so that its title is new; after some attempts the place stands before an old one."""
        kinds = list(self.decks)
        deck = self.decks[self.rng.choices(kinds, [KIND_WEIGHTS[kind] for kind in kinds])[0]]
        issued_on = moment.astimezone(VIENNA).date()
        for attempt in range(2 * ATTEMPTS):
            story = deck[0]
            deck.rotate(-1)
            cast = self.casting.cast(story, self.rng, issued_on)
            filling = _filling(self.rng, story, cast, issued_on, names_place=attempt >= ATTEMPTS)
            title = fill_title(story.wordings["en"], filling, "en")
            digest = blake2b(title.encode(), digest_size=DIGEST_BYTES).digest()
            if digest not in self.titles:
                break
        self.titles.add(digest)
        return story, cast, filling

    def _related(self, cast: Cast) -> tuple[Reference, ...]:
        """Choose up to three earlier stories on one of the topics."""
        pool = self.earlier[self.rng.choice(cast.topics)] if cast.topics else ()
        return tuple(self.rng.sample(pool, min(len(pool), self.rng.choice((0, 1, 2, 3, 3)))))

    def _alike(self, cast: Cast) -> Sequence[Reference]:
        """Return earlier stories on the first topic that has any."""
        return next((self.earlier[topic] for topic in cast.topics if self.earlier[topic]), ())

    def _remember(self, tale: Tale, original: ItemRow) -> None:
        """Let later stories refer to one that is to stay readable."""
        if tale.fate.moments and not original.removals and tale.fate.moments[0] <= self.until:
            reference = Reference(source_id=original.source_id, language=original.language)
            for topic in tale.cast.topics:
                self.earlier[topic].append(reference)


def _office_hour(rng: random.Random, day: datetime.date) -> datetime.datetime:
    """Return a moment of the day, as Vienna's offices keep it, in UTC."""
    moment = datetime.time(rng.choice(OFFICE_HOURS), rng.randrange(0, 60, 5))
    return datetime.datetime.combine(day, moment, VIENNA).astimezone(datetime.UTC)


def _filling(rng: random.Random, story: Story, cast: Cast, issued_on: datetime.date, *, names_place: bool) -> Filling:
    """Choose the numbers and the options."""
    return Filling(
        place=cast.place,
        issued_on=issued_on,
        numbers={name: rng.choice(_fitting(*span)) for name, span in story.numbers.items()},
        choices={number: rng.randrange(options) for number, options in story.choices.items()},
        names_place=names_place,
    )


def _added(rng: random.Random, story: Story, *, most: int) -> tuple[int, ...]:
    """Choose which paragraphs make the story as long as chance has it, in their order; at `most` so long."""
    (length,) = rng.choices(LENGTHS, LENGTH_WEIGHTS)
    offered = len(additions(story.kind, "en").paragraphs)
    lacking = min(min(length, most) - story.wordings["en"].paragraphs, offered)
    return tuple(sorted(rng.sample(range(offered), lacking))) if lacking > 0 else ()


@cache
def _fitting(first: int, last: int) -> tuple[int, ...]:
    """Return numbers after which Russian has the genitive plural, so that one form of the noun fits all."""
    fitting = [
        number
        for number in range(first, last + 1)
        if number % 100 in GENITIVE_PLURAL_TEENS or number % 10 not in OTHER_FORMS
    ]
    return tuple(fitting or [first])


def _languages(rng: random.Random, story: Story, cast: Cast) -> list[str]:
    """Choose the languages, the original's first."""
    official = [code for code, chance in LANGUAGE_CHANCES.items() if code in story.wordings and rng.random() < chance]
    local = [code for code in cast.local_languages if code in story.wordings and rng.random() < LOCAL_CHANCE]
    if rng.random() < ORIGINAL_IN_ANOTHER_LANGUAGE:
        rng.shuffle(official)
    return official + local
