"""Composing the sample archive: which story, issued by whom, where, when, in which languages; never the database.

The same seed, size, end and taxonomy give the same rows.
"""

import datetime
import random
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from news.archive import casting
from news.archive.casting import Cast
from news.archive.stories import Story, stories
from news.archive.wording import Filling, fill_wording

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
LANGUAGE_CHANCES = {"en": 1.0, "ru": 0.5, "fr": 0.35, "de": 0.25, "it": 0.2, "es": 0.2}
LOCAL_CHANCE = 0.8  # where the place speaks the language
ORIGINAL_IN_ANOTHER_LANGUAGE = 0.08
SECOND_EDITION, THIRD_EDITION = 0.07, 0.015
FOLLOWS_THE_ORIGINAL = 0.6  # how often a translation is corrected too
ATTEMPTS = 6  # to find a title that the archive doesn't have yet
FRIDAY = 4
GENITIVE_PLURAL_TEENS, OTHER_FORMS = {11, 12, 13, 14}, {1, 2, 3, 4}  # of Russian nouns after a number
OFFICES_CLOSED = 0.85  # at weekends; some reports come out even then


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleEdition:
    """One version of a sample text; a draft where `visible_from` is None."""

    title: str
    summary: str
    body: str
    issued_at: datetime.datetime | None
    visible_from: datetime.datetime | None
    change_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleText:
    """A sample item: a story in one language."""

    language: str
    dateline: str
    editions: tuple[SampleEdition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStory:
    """A story: the original first, then its translations. `related` names earlier stories by their place."""

    kind: str
    issued_by: tuple[int, ...]
    countries: tuple[int, ...]
    topics: tuple[int, ...]
    related: tuple[int, ...]
    texts: tuple[SampleText, ...]


@dataclass(kw_only=True)
class Composer:
    """Deals the stories of each kind in turn, so that one comes again only after all others."""

    items: int
    seed: int
    until: datetime.datetime
    titles: set[str] = field(default_factory=set)
    decks: dict[str, deque[Story]] = field(init=False)
    earlier: dict[int, deque[int]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=40)))

    def __post_init__(self) -> None:
        """Shuffle the stories, and keep those that somebody on this site can issue."""
        rng = random.Random(f"{self.seed}")  # noqa: S311 - a sample, not a secret
        playable = [story for story in stories() if casting.can_be_cast(story)]
        rng.shuffle(playable)
        self.decks = {
            kind: deck for kind in KIND_WEIGHTS if (deck := deque(story for story in playable if story.kind == kind))
        }

    def compose(self) -> Iterator[SampleStory]:
        """Yield stories until they make up the number of items; the oldest come first."""
        written = number = 0
        while written < self.items:
            rng = random.Random(f"{self.seed}:{number}")  # noqa: S311 - a sample, not a secret
            sample = self._story(rng, number, issued_at=self._moment(rng, written), room=self.items - written)
            written += len(sample.texts)
            number += 1
            yield sample

    def _moment(self, rng: random.Random, written: int) -> datetime.datetime:
        """Return a moment of an office day, nearer to the end the more is written; the last ones lie ahead of it."""
        ahead = casting.scheduled_number(self.items)
        left = self.items - written - ahead
        today = self.until.astimezone(VIENNA).date()
        if left <= 0:
            return _office_hour(rng, today + datetime.timedelta(days=rng.randint(1, 6)))
        share = (left - rng.random()) / self.items
        day = today - datetime.timedelta(days=int(YEARS * 365.25 * share**2))
        if day.weekday() > FRIDAY and rng.random() < OFFICES_CLOSED:
            day -= datetime.timedelta(days=day.weekday() - FRIDAY)
        moment = _office_hour(rng, day)
        return moment if moment <= self.until else moment - datetime.timedelta(days=1)

    def _story(self, rng: random.Random, number: int, *, issued_at: datetime.datetime, room: int) -> SampleStory:
        """Compose the story with the number, in at most `room` languages."""
        story, cast, filling = self._new_title(rng, issued_at)
        languages = _languages(rng, story, cast)[:room]
        is_draft = rng.random() < casting.draft_share(self.items)
        original = _original(rng, story, filling, languages[0], issued_at=issued_at)
        original = _as_draft(rng, original) if is_draft else _until(original, self.until)
        texts = [SampleText(language=languages[0], dateline=cast.dateline(languages[0]), editions=original)]
        for language in [] if is_draft else languages[1:]:
            translated = _translated(rng, story, filling, language, original)
            texts.append(SampleText(language=language, dateline=cast.dateline(language), editions=translated))
        return SampleStory(
            kind=story.kind,
            issued_by=cast.issued_by,
            countries=cast.countries,
            topics=cast.topics,
            related=self._related(rng, number, cast, is_draft=is_draft),
            texts=tuple(texts),
        )

    def _new_title(self, rng: random.Random, issued_at: datetime.datetime) -> tuple[Story, Cast, Filling]:
        """Deal a story and fill it so that its title is new; after some attempts the place stands before an old one."""
        kinds = list(self.decks)
        deck = self.decks[rng.choices(kinds, [KIND_WEIGHTS[kind] for kind in kinds])[0]]
        for attempt in range(2 * ATTEMPTS):
            story = deck[0]
            deck.rotate(-1)
            cast = casting.cast(story, rng, issued_at.astimezone(VIENNA).date())
            filling = _filling(rng, story, cast, issued_at, names_place=attempt >= ATTEMPTS)
            title, _summary, _body = fill_wording(story.wordings["en"], filling, "en")
            if title not in self.titles:
                break
        self.titles.add(title)
        return story, cast, filling

    def _related(self, rng: random.Random, number: int, cast: Cast, *, is_draft: bool) -> tuple[int, ...]:
        """Choose up to three earlier stories on one of the topics."""
        pool = sorted({story for topic in cast.topics for story in self.earlier[topic]})
        for topic in () if is_draft else cast.topics:
            self.earlier[topic].append(number)
        return tuple(rng.sample(pool, min(len(pool), rng.choice((0, 1, 2, 3, 3)))))


def _office_hour(rng: random.Random, day: datetime.date) -> datetime.datetime:
    hour = rng.choice((8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 15, 16, 17, 18))
    return datetime.datetime.combine(day, datetime.time(hour, rng.randrange(0, 60, 5)), VIENNA)


def _filling(
    rng: random.Random, story: Story, cast: Cast, issued_at: datetime.datetime, *, names_place: bool
) -> Filling:
    """Choose the numbers and the options."""
    return Filling(
        place=cast.place,
        issued_on=issued_at.astimezone(VIENNA).date(),
        numbers={name: _number(rng, *span) for name, span in story.numbers.items()},
        choices={number: rng.randrange(options) for number, options in story.choices.items()},
        names_place=names_place,
    )


def _number(rng: random.Random, first: int, last: int) -> int:
    """Choose a number after which Russian has the genitive plural, so that one form of the noun fits all."""
    fitting = [
        number
        for number in range(first, last + 1)
        if number % 100 in GENITIVE_PLURAL_TEENS or number % 10 not in OTHER_FORMS
    ]
    return rng.choice(fitting or [first])


def _languages(rng: random.Random, story: Story, cast: Cast) -> list[str]:
    """Choose the languages, the original's first."""
    official = [code for code, chance in LANGUAGE_CHANCES.items() if code in story.wordings and rng.random() < chance]
    local = [code for code in cast.local_languages if code in story.wordings and rng.random() < LOCAL_CHANCE]
    if rng.random() < ORIGINAL_IN_ANOTHER_LANGUAGE:
        rng.shuffle(official)
    return official + local


def _original(
    rng: random.Random, story: Story, filling: Filling, language: str, *, issued_at: datetime.datetime
) -> tuple[SampleEdition, ...]:
    """Compose the original's editions: mostly one, sometimes a corrected one or two after it."""
    final = _edition(story, filling, language, issued_at=issued_at)
    dice = rng.random()
    corrections = (dice < SECOND_EDITION) + (dice < THIRD_EDITION)
    if not corrections or not story.numbers:
        return (final,)
    editions = [_edition(story, _with_an_error(rng, filling), language, issued_at=issued_at)]
    for note in casting.CHANGE_NOTES[language][:corrections]:
        moment = (editions[-1].visible_from or issued_at) + datetime.timedelta(minutes=rng.randrange(40, 5000, 5))
        editions.append(replace(final, visible_from=moment, change_note=note))
    return tuple(editions)


def _as_draft(rng: random.Random, editions: Sequence[SampleEdition]) -> tuple[SampleEdition, ...]:
    """Keep the first edition as an open draft, sometimes without a date of issue."""
    return (replace(editions[0], visible_from=None, issued_at=rng.choice((None, editions[0].issued_at))),)


def _until(editions: Sequence[SampleEdition], until: datetime.datetime) -> tuple[SampleEdition, ...]:
    """Keep the first edition and the corrections made by the end."""
    return (
        editions[0],
        *(edition for edition in editions[1:] if edition.visible_from and edition.visible_from <= until),
    )


def _with_an_error(rng: random.Random, filling: Filling) -> Filling:
    """Return the filling with its first number wrong."""
    name, number = next(iter(filling.numbers.items()))
    return replace(filling, numbers={**filling.numbers, name: number + rng.choice((10, 20, 30))})


def _translated(
    rng: random.Random, story: Story, filling: Filling, language: str, original: Sequence[SampleEdition]
) -> tuple[SampleEdition, ...]:
    """Translate the original's editions; some translations stay behind when the original moves on."""
    title, summary, body = fill_wording(story.wordings[language], filling, language)
    known = original if rng.random() < FOLLOWS_THE_ORIGINAL else original[:1]
    notes = ("", *casting.CHANGE_NOTES[language])
    return tuple(
        replace(edition, title=title, summary=summary, body=body, change_note=note)
        for edition, note in zip(known, notes, strict=False)
    )


def _edition(story: Story, filling: Filling, language: str, *, issued_at: datetime.datetime) -> SampleEdition:
    """Write the story in the language, published when it was issued."""
    title, summary, body = fill_wording(story.wordings[language], filling, language)
    return SampleEdition(title=title, summary=summary, body=body, issued_at=issued_at, visible_from=issued_at)
