"""A large archive as plain rows: made-up words in the proportions of a language, and some whose number is known."""

import datetime
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

SEED = 7
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "en", "or", "ist")]
LANGUAGES = ["en", "ru", "fr", "de", "it", "es", "uk", "sq"]
WEIGHTS = [70, 5, 5, 5, 4, 4, 4, 3]
TITLE, SUMMARY, BODY = 9, 22, 130  # words
NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
YEARS = 25
# Words that are put into texts on purpose, and the share of texts that get them.
RARE, MIDDLING, SECOND, COMMON = "quorum", "ceasefire", "patrol", "border"
RARE_TEXTS = 30
SHARES = {MIDDLING: 0.0045, SECOND: 0.12, COMMON: 0.25}
PHRASE = 0.05  # of texts: the common word before the second one
IN_TITLE = 0.2  # of the texts that get a word


@dataclass(frozen=True, slots=True)
class Row:
    """An item and its one edition, with the same number."""

    number: int
    language: str
    title: str
    summary: str
    body: str
    issued_at: datetime.datetime


def vocabulary(size: int = 60_000) -> list[str]:
    """Return made-up words, short ones first."""
    made = itertools.chain.from_iterable(itertools.product(SYLLABLES, repeat=length) for length in (1, 2, 3))
    return ["".join(parts) for parts in itertools.islice(made, size)]


def rows(number: int) -> Iterator[Row]:
    """Yield so many rows, the same each time."""
    chance = random.Random(SEED)
    words = vocabulary()
    heap = list(itertools.accumulate(1 / place for place in range(1, len(words) + 1)))
    rare = set(chance.sample(range(1, number + 1), RARE_TEXTS))
    for place in range(1, number + 1):
        text = chance.choices(words, cum_weights=heap, k=TITLE + SUMMARY + BODY)
        _put_known_words(text, chance, is_rare=place in rare)
        title, summary, body = text[:TITLE], text[TITLE : TITLE + SUMMARY], text[TITLE + SUMMARY :]
        yield Row(
            number=place,
            language=chance.choices(LANGUAGES, WEIGHTS)[0],
            title=" ".join(title).capitalize(),
            summary=" ".join(summary).capitalize() + ".",
            body=f"<p>{' '.join(body[:60])}</p><p>{' '.join(body[60:])}</p>",
            issued_at=NOW - datetime.timedelta(seconds=chance.randrange(YEARS * 365 * 86_400)),
        )


def _put_known_words(text: list[str], chance: random.Random, *, is_rare: bool) -> None:
    if is_rare:
        text[chance.randrange(len(text))] = RARE
    for word, share in SHARES.items():
        if chance.random() < share:
            text[chance.randrange(TITLE if chance.random() < IN_TITLE else len(text))] = word
    if chance.random() < PHRASE:
        place = chance.randrange(len(text) - 1)
        text[place : place + 2] = [COMMON, SECOND]
