"""The pages that a process holds, bounded in bytes; what is asked for once displaces only what was asked for once."""

import threading
from collections import OrderedDict

from osce_site.page_cache.pages import Page

TRIED = 5  # one part in so many is for pages that were asked for once: a flood of addresses fills this part alone


class Shelf:
    """Pages up to a number of bytes; the one that was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        """Begin empty."""
        self.most = most
        self.bytes = 0
        self.pages: OrderedDict[str, Page] = OrderedDict()

    def put(self, page: Page) -> None:
        """Take the page in, and let go of others."""
        self.drop(page.key)
        self.pages[page.key] = page
        self.bytes += page.size
        while self.bytes > self.most:
            _key, oldest = self.pages.popitem(last=False)
            self.bytes -= oldest.size

    def drop(self, key: str) -> Page | None:
        """Let go of a page, and return it."""
        page = self.pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size
        return page


class Memory:
    """The pages that are asked for again and again, and those that were asked for once."""

    def __init__(self, most: int) -> None:
        """Hold at most so many bytes."""
        self.tried = Shelf(most // TRIED)
        self.proven = Shelf(most - most // TRIED)
        self.lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """Return how many bytes the pages take, about."""
        return self.tried.bytes + self.proven.bytes

    def get(self, key: str) -> Page | None:
        """Return the page, fresh or not; one that is asked for again has proven itself."""
        with self.lock:
            page = self.proven.pages.get(key)
            if page is not None:
                self.proven.pages.move_to_end(key)
                return page
            page = self.tried.drop(key)
            if page is not None:
                self.proven.put(page)
            return page

    def put(self, page: Page) -> bool:
        """Hold the page in place of the one before; say whether it has proven itself."""
        with self.lock:
            is_proven = page.key in self.proven.pages or self.tried.drop(page.key) is not None
            (self.proven if is_proven else self.tried).put(page)
            return is_proven
