"""Words that may be suggested for others."""

from collections.abc import Iterator

from news.words.folding import clean, words_of

SHORTEST, LONGEST = 4, 24  # letters


def spelled(text: str) -> Iterator[str]:
    """Yield the words of a text that may be suggested, as they are written, in small letters."""
    cleaned = clean(text)
    for word in words_of(cleaned):
        if SHORTEST <= len(word.whole) <= LONGEST and word.whole.isalpha():
            yield cleaned[word.start : word.end].lower()
