"""All that is made of a text for search, in one value."""

from typing import NamedTuple

from news.words.heads import head
from news.words.spelled import spelled
from news.words.stored import STORED
from news.words.texts import plain_text, search_text


class Text(NamedTuple):
    """What of an edition is searched; the body is sanitised HTML."""

    language: str
    title: str
    summary: str
    body: str


class Words(NamedTuple):
    """What is made of a text: what a document and its head keep, and the words that may be suggested."""

    stored: str
    head: str
    spelled: frozenset[str]


def words_of(text: Text, vendor: str) -> Words:
    """Work out the words of a text, in the form of the vendor's database."""
    language, title, summary, body = text
    stored = STORED[vendor](search_text((title, summary, plain_text(body)), language))
    return Words(stored, head(language, title, summary), frozenset(spelled(f"{title}\n{summary}")))
