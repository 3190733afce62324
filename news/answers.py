"""What a question is answered with: the rows of its page, how many there are, what else may be chosen."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyroaring import BitMap

from news.cards import Card, cards_of
from news.choices import Chip, Facet, chips, facets, without_choices
from news.facets import Index, index
from news.moments import moment_text
from news.paging import ListPage, places, refuse_beyond
from news.question import RELEVANCE, Question
from news.search.ranking import MOST_RANKED
from news.stories import stories
from news.unknown_values import UnknownValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One page of the answer to a question; of a past moment neither total nor facets are known."""

    question: Question
    total: int | None
    pages: ListPage
    facets: list[Facet]
    chips: list[Chip]

    @property
    def cards(self) -> list[Card]:
        """Return what the page's rows show."""
        return self.pages.cards

    @property
    def clear(self) -> str:
        """Return the query with nothing chosen."""
        return without_choices(self.question)


def answer(
    question: Question, *, match: BitMap | None = None, ranked: Callable[[list[int]], list[int]] | None = None
) -> Answer:
    """Answer a question.

    Args:
        question: what is asked.
        match: the editions that have its words, where it has any.
        ranked: puts up to a thousand editions in the order of their relevance.

    Raises:
        UnknownValue: the list has no such page.
    """
    if question.at:
        return _past_answer(question, question.at)
    current, ranked = index(), ranked if question.sort == RELEVANCE else None
    with current.lock:  # total, counts and rows are of one moment
        listed = current.listed(question, match=match)
        total = len(listed)
        refuse_beyond(question, total)
        counts = current.counts(question, match=match)
        numbers = current.newest(listed, MOST_RANKED) if ranked else _numbers(current, question, listed)
    if ranked:  # outside the lock: it asks the database
        numbers = _by_relevance(current, question, listed, ranked(numbers))
    page = ListPage(question=question, total=total, cards=cards_of(numbers), goes_on=False)
    return Answer(question=question, total=total, pages=page, facets=facets(question, counts), chips=chips(question))


def all_numbers(question: Question, *, match: BitMap | None = None) -> Iterator[int]:
    """Yield the numbers of all editions that the question lists, in its order by date, as they stand at the start."""
    if question.at:
        yield from stories(question).values_list("pk", flat=True).iterator()
        return
    current = index()
    yield from current.walk(current.listed(question, match=match), sort=question.sort)


def newest(question: Question, number: int) -> list[int]:
    """Return the numbers of the newest editions that the question lists."""
    current = index()
    return current.newest(current.listed(question), number)


def _numbers(current: Index, question: Question, listed: BitMap) -> list[int]:
    return current.page(listed, *places(question), sort=question.sort)


def _by_relevance(current: Index, question: Question, listed: BitMap, ranked: list[int]) -> list[int]:
    """Return the page's numbers: the newest thousand by relevance, after them the others by date."""
    start, stop = places(question)
    found = ranked[start:stop]
    return found + current.page(listed, max(start, len(ranked)), stop) if stop > len(ranked) else found


def _past_answer(question: Question, at: datetime.datetime) -> Answer:
    """Answer from the database; to count a long list would take longer than to show any of its pages."""
    start, stop = places(question)
    numbers = list(stories(question).values_list("pk", flat=True)[start : stop + 1])
    if start and not numbers:
        raise UnknownValue("page", str(question.page))
    shown = cards_of(numbers[: question.size], at=at, query=f"?at={moment_text(at)}")
    page = ListPage(question=question, total=None, cards=shown, goes_on=len(numbers) > question.size)
    return Answer(question=question, total=None, pages=page, facets=[], chips=chips(question))
