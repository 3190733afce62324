"""Keeping the pages warm that readers need first: they are there before anybody asks, and when the database is gone."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from osce_site.page_cache.pages import Page
from taxonomy.catalogue import catalogue

LOOK_EVERY = 5.0  # seconds
LOOK_THOROUGHLY_EVERY = 600.0  # seconds; what a full disk has let go of is made anew then
REST = 4  # times as long as a page took to make: a fifth of one processor at most
LISTS = ("home", "news_list", "countries", "institutions", "topics")

logger = logging.getLogger(__name__)


def addresses() -> Iterator[str]:
    """Yield the home page, the lists, and the page of each country, institution and field of work, in all languages."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            found = [reverse(name) for name in LISTS]
            known = catalogue()
            for records in (known.countries, known.institutions, known.topics):
                found += [record.address for record in records.values()]
        yield from found


class Warmer:
    """Makes the pages that aren't fresh, one after the other, in no hurry."""

    def __init__(self, *, warm: Callable[[str], Page | None], is_fresh: Callable[[Page], bool]) -> None:
        """Know no page yet.

        Args:
            warm: returns the page at an address, made if it wasn't fresh; None where it cannot be made now.
            is_fresh: says whether a page still is what would be made.
        """
        self.warm = warm
        self.is_fresh = is_fresh
        self.known: dict[str, Page] = {}  # by address, without bodies: what is fresh needs no look at the disk
        self.forgets_at = 0.0

    def work(self, *, may_work: Callable[[], bool]) -> None:
        """Go round for ever, as long as this process is the one that may."""
        while True:
            time.sleep(LOOK_EVERY)
            try:
                if may_work():
                    self.go_round(may_work=may_work)
            except Exception:
                logger.exception("Pages could not be kept warm")

    def go_round(self, *, may_work: Callable[[], bool] = lambda: True) -> None:
        """See to each page once."""
        if time.monotonic() > self.forgets_at:
            self.known, self.forgets_at = {}, time.monotonic() + LOOK_THOROUGHLY_EVERY
        for address in list(addresses()):
            known = self.known.get(address)
            if known is None or not self.is_fresh(known):
                if not may_work():
                    return
                self._see_to(address)

    def _see_to(self, address: str) -> None:
        """See that the page is kept, and rest."""
        began = time.monotonic()
        if (page := self.warm(address)) is not None:
            self.known[address] = replace(page, bodies={})
        time.sleep(REST * (time.monotonic() - began))
