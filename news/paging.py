"""Lists in pages: the page that an address asks for, and its rows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.functional import cached_property

from news.cards import Card, cards_of
from news.stories import Stories
from news.totals import totals

PAGE_SIZE = 20
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


@dataclass(kw_only=True)
class ListPage:
    """A page of a list."""

    number: int
    paginator: Paginator
    cards: list[Card]
    parameters: str  # the list's own, in their one order, without the page

    @property
    def total(self) -> int:
        """Return how many rows the whole list has."""
        return self.paginator.count

    @property
    def first(self) -> int:
        """Return the place in the list of the page's first row."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """Return the place in the list of the page's last row."""
        return self.first + len(self.cards) - 1

    @property
    def last_number(self) -> int:
        """Return the number of the last page."""
        return self.paginator.num_pages

    @cached_property
    def links(self) -> list[tuple[int | None, str]]:
        """Return number and query of the pages to offer; a gap has neither."""
        shown = self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
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
        return self.query(self.number)

    def query(self, number: int) -> str:
        """Return the query that leads to a page: empty for the first of a list without parameters."""
        page = f"page={number}" if number > 1 else ""
        query = "&".join(part for part in (self.parameters, page) if part)
        return f"?{query}" if query else ""


def numbered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view `page_number`; `?page=1` redirects to the address without it, what is no number is 404."""

    @wraps(view)
    def read_number(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("page")
        if asked == "1":
            others = request.GET.copy()
            del others["page"]
            return HttpResponsePermanentRedirect(f"{request.path}?{others.urlencode()}".removesuffix("?"))
        if asked is not None and not PAGE_NUMBER.fullmatch(asked):
            raise Http404
        return view(request, *args, page_number=int(asked or 1), **kwargs)

    return read_number


class StoryPaginator(Paginator):
    """Pages of ids, whose number is mostly known."""

    def __init__(self, stories: Stories) -> None:
        """Take the list, newest first."""
        super().__init__(stories.rows().newest_first().values_list("pk", flat=True), PAGE_SIZE)
        self.stories = stories

    @cached_property
    def count(self) -> int:
        """Return how many stories the list has."""
        return totals.of(self.stories)


def list_page(stories: Stories, *, number: int, parameters: str = "") -> ListPage:
    """Return a page of the list, newest first, in four queries however deep it lies.

    Ids first, rows second: a deep page sorts past narrow rows, and the wide ones are read for twenty ids only.

    Raises:
        Http404: the list has no such page.
    """
    paginator = StoryPaginator(stories)
    try:
        numbers = list(paginator.page(number).object_list)
    except EmptyPage as error:
        raise Http404 from error
    return ListPage(number=number, paginator=paginator, cards=cards_of(numbers), parameters=parameters)
