"""A list in pages: which one is shown, and the ways to the others."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from news.cards import Card
from news.question import Question
from news.unknown_values import UnknownValue


@dataclass(kw_only=True)
class ListPage:
    """A page of a list; a list of a past moment does not know how long it is, only whether it goes on."""

    question: Question
    total: int | None
    cards: list[Card]
    goes_on: bool

    @property
    def number(self) -> int:
        """Return the page's number."""
        return self.question.page

    @property
    def first(self) -> int:
        """Return the place in the list of the page's first row."""
        return (self.number - 1) * self.question.size + 1

    @property
    def last(self) -> int:
        """Return the place in the list of the page's last row."""
        return self.first + len(self.cards) - 1

    @property
    def last_number(self) -> int:
        """Return the number of the last page, as far as it is known."""
        return self.number + self.goes_on if self.total is None else last_page(self.question, self.total)

    @cached_property
    def links(self) -> list[tuple[int | None, str]]:
        """Return number and query of the pages to offer; a gap has neither."""
        pages = Paginator(range(self.last_number), 1)
        shown = pages.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [(number, self.query(number)) if isinstance(number, int) else (None, "") for number in shown]

    @property
    def has_before(self) -> bool:
        """Say whether a page comes before this one."""
        return self.number > 1

    @property
    def before(self) -> str:
        """Return the query of the page before this one."""
        return self.query(self.number - 1)

    @property
    def has_after(self) -> bool:
        """Say whether a page comes after this one."""
        return self.number < self.last_number

    @property
    def after(self) -> str:
        """Return the query of the page after this one."""
        return self.query(self.number + 1)

    @property
    def canonical_query(self) -> str:
        """Return this page's own one query."""
        return self.question.query()

    def query(self, number: int) -> str:
        """Return the query that leads to a page."""
        return self.question.query(page=number)


def last_page(question: Question, total: int) -> int:
    """Return the number of the last page of so many rows; an empty list has one page."""
    return max(-(-total // question.size), 1)


def places(question: Question) -> tuple[int, int]:
    """Return the place of the page's first row, counted from 0, and the place after its last one."""
    start = (question.page - 1) * question.size
    return start, start + question.size


def refuse_beyond(question: Question, total: int) -> None:
    """Refuse a page that the list does not have.

    Raises:
        UnknownValue: always then.
    """
    if question.page > last_page(question, total):
        raise UnknownValue("page", str(question.page))
