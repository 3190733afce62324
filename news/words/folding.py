"""Words as search knows them: folded alike for both databases, and stemmed by the language of their text.

Accents, case and the Russian ё are folded here, before a text is stored and before it is asked for, so that neither
database has a say in it. A stem is kept beside its word under the mark of its language: "news" is no form of the French
"new", and a search for "mines" finds "mine" but not "min".
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from taxonomy.letters import PLAIN_LETTERS, SMALL_WORDS_BY_LANGUAGE

# The mark that stems of the language stand under, and the name of its Snowball algorithm.
STEMMED = {
    "en": ("=", "english"),
    "fr": ("+", "french"),
    "de": ("~", "german"),
    "it": ("^", "italian"),
    "ru": ("#", "russian"),
    "es": ("$", "spanish"),
}
MARKS = "".join(mark for mark, _name in STEMMED.values())
CYRILLIC = frozenset({"ru"})  # of these, the languages whose words are written so
CONJUNCTIONS = {"en": "and or", "fr": "et ou", "de": "und oder", "it": "e o", "ru": "и или", "es": "y o e"}
SMALL_WORDS = {
    code: frozenset(f"{words} {CONJUNCTIONS[code]}".split()) for code, words in SMALL_WORDS_BY_LANGUAGE.items()
}
ACCENTS = "\u0300-\u036f"  # that Unicode could not join with their letter
LETTERS = rf"[^\W_]+(?:[{ACCENTS}][^\W_]*)*"
WORD = re.compile(rf"{LETTERS}(?:-{LETTERS})*")
LONGEST_WORD = 40  # letters; what is longer is cut
KEPT_WORDS = 20_000  # of each kind, in the process: the words of an archive repeat
# Letters of their own in Cyrillic, which Unicode takes apart: й, ў, ї. The dots of ё are folded.
BREVE, DIAERESIS = "\u0306", "\u0308"
OWN_LETTERS = frozenset({"и" + BREVE, "у" + BREVE, "і" + DIAERESIS})

_threads = threading.local()  # a stemmer must not be used by two threads at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text: where it stands, its parts folded ("co", "operation"), and all of it ("cooperation")."""

    start: int
    end: int
    parts: tuple[str, ...]
    whole: str


def clean(text: str) -> str:
    """Return the text with its accents on their letters and without hyphens that only a printer sees."""
    return unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\u2011", "-").replace("\u2010", "-")


def written_words(text: str) -> list[str]:
    """Return the words of a text that went through `clean()`, as they are written."""
    return WORD.findall(text)


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text that went through `clean()`."""
    for match in WORD.finditer(text):
        parts = parts_of(match[0])
        if parts:
            yield Word(start=match.start(), end=match.end(), parts=parts, whole=joined(parts))


@lru_cache(KEPT_WORDS)
def parts_of(written: str) -> tuple[str, ...]:
    """Return the parts of a written word, folded; of some signs nothing is left."""
    return tuple(folded for part in written.split("-") if (folded := fold(part)))


def joined(parts: Iterable[str]) -> str:
    """Return all of a word: "cooperation"."""
    return "".join(parts)[:LONGEST_WORD]


@lru_cache(KEPT_WORDS)
def forms_of(written: str, language: str) -> frozenset[str]:
    """Return what a written word of the language can be found by beside its parts: all of it, and the stems."""
    parts = parts_of(written)
    whole = joined(parts)
    return frozenset({whole, *(stem(word, language) for word in (whole, *parts))}) - {""}


@lru_cache(KEPT_WORDS)
def fold(word: str) -> str:
    """Return one word without case, accents and joined letters."""
    apart = unicodedata.normalize("NFKD", word).casefold().translate(PLAIN_LETTERS)
    apart = unicodedata.normalize("NFKD", apart)
    letters = [
        letter
        for before, letter in zip(" " + apart, apart, strict=False)
        if not unicodedata.combining(letter) or before + letter in OWN_LETTERS
    ]
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", "".join(letters))))[:LONGEST_WORD]


@lru_cache(KEPT_WORDS)
def stem(word: str, language: str) -> str:
    """Return the mark and the stem of a folded word, or an empty text where the language has no stemmer here."""
    if language not in STEMMED or is_cyrillic(word) != (language in CYRILLIC):
        return ""
    mark, name = STEMMED[language]
    stemmers = _threads.__dict__
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    return mark + fold(stemmers[name].stemWord(word))


@lru_cache(KEPT_WORDS)
def found_by(written: str, language: str) -> tuple[frozenset[str], ...]:
    """Return for each part of a word, as it is written in a text of the language, what it can be found by."""
    parts = parts_of(written)
    of_all = {joined(parts), stem(joined(parts), language)}
    if len(parts) == 1:
        return (frozenset(of_all),)
    return tuple(frozenset({part, stem(part, language)} | of_all) for part in parts)


def stems(word: str) -> list[str]:
    """Return the stems of a word whose language is not known, one for each language that it may be of."""
    return [marked for language in STEMMED if (marked := stem(word, language))]


def is_cyrillic(word: str) -> bool:
    """Say whether the word is written in Cyrillic, by its first letter."""
    return "\u0400" <= word[:1] <= "\u04ff"


def is_small(word: str, language: str) -> bool:
    """Say whether the word carries no meaning of its own: an article, a preposition, a single letter."""
    return word in SMALL_WORDS.get(language, ()) or (len(word) == 1 and not word.isdigit())
