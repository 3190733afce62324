"""What is offered while somebody types: records and pages by name, and the newest stories by their titles."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from news.cards import foreign
from news.changes import changes_seen
from news.models import Edition
from news.search.engine import engine
from news.search.heads import HeadMatcher
from news.search.query import Query, Term, read_query
from news.search.records import find_records
from news.words.heads import read_head

LOOKED_THROUGH = 1_000  # titles, the newest
KEPT_SECONDS = 60.0  # so that what appears at its moment is offered soon; what has ended is never offered
MOST_RECORDS, MOST_STORIES = 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A page to go to; `language` is the one it is written in where that is not the reader's."""

    kind: str
    name: str
    address: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title that is looked through."""

    edition: int
    story: int
    language: str
    head: str  # of a head, what its title can be found by


class NewestTitles:
    """The titles that the process keeps, until something is published or a minute has passed."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.read_at: float | None = None  # seconds of the monotonic clock
        self.titles: list[Title] = []

    def all(self) -> list[Title]:
        """Return the titles, the newest first."""
        if self.read_at is None or time.monotonic() - self.read_at > KEPT_SECONDS:
            self.read_at = time.monotonic()
            try:
                self.titles = _read_titles()
            except BaseException:
                self.read_at = None
                raise
        return self.titles

    def forget(self, **_signal: object) -> None:
        """Read anew at the next question."""
        self.read_at = None


def _read_titles() -> list[Title]:
    rows = Edition.objects.listed().newest_first().values_list("pk", "story", "language")[:LOOKED_THROUGH]
    heads = {number: read_head(stored)[1] for number, stored in engine().heads([pk for pk, *_ in rows])}
    return [
        Title(edition=pk, story=story, language=language, head=heads[pk]) for pk, story, language in rows if pk in heads
    ]


newest_titles = NewestTitles()
changes_seen.connect(newest_titles.forget, dispatch_uid="news.search.suggestions")


def suggestions(words: str, *, language: str) -> list[Suggestion]:
    """Return where the words that are being typed may lead, on a page in the language."""
    query = read_query(words, language=language, is_being_typed=True)
    if query.is_empty:
        return []
    records = find_records(query, language=language, most=MOST_RECORDS)
    found = [
        Suggestion(kind=record.kind, name=record.plain_name, address=record.address)
        for record in records
        if not record.is_found_by_text  # which nobody would see here
    ]
    return found + list(_stories(query, language))


def _stories(query: Query, language: str) -> Iterator[Suggestion]:
    """Yield the newest stories whose titles have the words, each once; what is not listed now is left out."""
    stories: dict[int, Title] = {}
    for title in _titles_with(query.terms):
        if title.story not in stories or title.language == language:
            stories[title.story] = title
    numbers = [title.edition for title in stories.values()][: MOST_STORIES * 2]
    listed = Edition.objects.listed().filter(pk__in=numbers).newest_first().for_cards()
    for edition in listed[:MOST_STORIES] if numbers else ():
        yield Suggestion(
            kind=edition.get_kind_display(),
            name=edition.title,
            address=edition.get_absolute_url(),
            language=foreign(edition.language),
        )


def _titles_with(terms: Sequence[Term]) -> Iterator[Title]:
    """Yield the titles that have all of the terms."""
    matchers: dict[str, HeadMatcher] = {}
    for title in newest_titles.all():
        if title.language not in matchers:
            matchers[title.language] = HeadMatcher(terms, title.language)
        if matchers[title.language].count(title.head) == len(terms):
            yield title
