"""Words that stand in public titles and summaries, found by how they may be misspelled.

A word is kept under itself and under itself without one of its letters, doubled letters counted once. What was typed is
looked up the same way, without up to two letters, so that every word one mistake away is found, and most that are two.
The table holds words of texts whose moment has not come: whoever suggests one first looks whether a public text has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from news import bulk
from news.models import SpellingKey
from news.search.query import Query, Term, read_query
from news.words.folding import fold
from news.words.spelled import LONGEST, SHORTEST, spelled

DOUBLED = re.compile(r"(.)\1+")
LOOKED_AT = 500  # rows for one word
TRIED = 4  # words for one that was typed
MOST_MENDED = 3  # words of a query: each costs a few searches
TOO_SHORT_FOR_TWO = 6  # letters: of shorter words two mistakes make another word
RARE = 2  # texts: a word that more of them have is no mistake
MUCH_MORE = 20  # times as many texts as the typed word has, before another is suggested instead


def learn(texts: Iterable[str]) -> None:
    """Keep the words of the texts that are not kept yet."""
    keep_words({word for text in texts for word in spelled(text)})


def keep_words(words: set[str]) -> None:
    """Keep those of the words that are not kept yet."""
    kept = SpellingKey.objects.filter(key__in={own_key(word) for word in words}).values_list("word", flat=True)
    # In one order: two who learn the same words at once wait for each other one way only.
    rows = [(key, word) for word in sorted(words.difference(kept)) for key in sorted(keys(word))]
    bulk.insert_new(SpellingKey, ("key", "word"), rows)


def own_key(word: str) -> str:
    """Return the word folded, with doubled letters counted once."""
    return DOUBLED.sub(r"\1", "".join(map(fold, word.split("-"))))


def keys(word: str) -> set[str]:
    """Return what a word is kept under."""
    own = own_key(word)
    return {own, *_without_one(own)}


def _without_one(key: str) -> Iterator[str]:
    return (key[:place] + key[place + 1 :] for place in range(len(key)))


def better_query(query: Query, count: Callable[[Query], int], *, language: str) -> str:
    """Return the text of a query that finds more, for one whose words are rare or unknown; empty if there is none.

    Args:
        query: what was asked.
        count: says how many public texts and pages a query finds.
        language: of the page.
    """
    text = query.text
    for term in [term for term in query.terms if not term.is_exact][:MOST_MENDED]:
        if better := _better_word(term, count, language=language):
            text = re.sub(rf"(?<!\w){re.escape(term.written)}(?!\w)", better, text)
    if text == query.text or count(read_query(text, language=language)) <= count(query):
        return ""
    return text


def _better_word(term: Term, count: Callable[[Query], int], *, language: str) -> str:
    """Return the word that was probably meant, or an empty text."""
    typed = term.alternatives[0].words[0]
    if term.alternatives[0].is_beginning or not SHORTEST <= len(typed) <= LONGEST or not typed.isalpha():
        return ""
    own = count(read_query(term.written, language=language))
    if own > RARE:
        return ""
    found = [(distance, -count(read_query(word, language=language)), word) for distance, word in _near(typed)[:TRIED]]
    return next((word for _distance, often, word in sorted(found) if -often > own * MUCH_MORE), "")


def _near(typed: str) -> list[tuple[int, str]]:
    """Return the words that are kept near the typed one, each with how many mistakes away it is, the nearest first."""
    own = own_key(typed)
    once = set(_without_one(own))
    twice = set(chain.from_iterable(map(_without_one, once))) if len(own) >= TOO_SHORT_FOR_TWO else set()
    rows = SpellingKey.objects.filter(key__in={own} | once | twice).values_list("word", flat=True)
    most = 2 if len(own) >= TOO_SHORT_FOR_TWO else 1
    measured = {(mistakes(own, own_key(word)), word) for word in rows[:LOOKED_AT]}
    return sorted((distance, word) for distance, word in measured if distance <= most and fold(word) != typed)


def mistakes(typed: str, meant: str) -> int:
    """Count the letters added, left out, replaced or exchanged with their neighbour (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(meant) + 1))
    for row, letter in enumerate(typed, start=1):
        current = [row]
        for column, other in enumerate(meant, start=1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other))
            is_exchange = row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == other
            current.append(min(cost, before[column - 2] + 1) if is_exchange else cost)
        before, above = above, current
    return above[-1]
