"""What queries have matched, kept by the process for the next page, filter or count of the same words."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from pyroaring import BitMap

from news.changes import changes_seen
from news.search.query import Query

MOST = 64  # queries: at a million texts the set of a common word has 125 KB
KEPT_SECONDS = 60.0  # for what is written without an act: an index made anew


class Matches:
    """The matches of the latest queries, until something is published or a minute has passed."""

    def __init__(self) -> None:
        """Start with none."""
        self.kept: OrderedDict[Any, tuple[float, BitMap]] = OrderedDict()
        self.changes = 0  # forgotten so often
        self.lock = threading.Lock()

    def of(self, query: Query, read: Callable[[Query], BitMap]) -> BitMap:
        """Return what the query matches, from memory or else as it is read; nobody changes the set."""
        now = time.monotonic()
        with self.lock:
            before = self.changes
            read_at, found = self.kept.get(query.key, (0.0, None))
            if found is not None and now - read_at < KEPT_SECONDS:
                self.kept.move_to_end(query.key)
                return found
        found = read(query)
        with self.lock:
            if before == self.changes:  # else it may lack what was published meanwhile
                self._keep(query, now, found)
        return found

    def forget(self, **_signal: object) -> None:
        """Read anew at the next question."""
        with self.lock:
            self.changes += 1
            self.kept.clear()

    def _keep(self, query: Query, now: float, found: BitMap) -> None:
        self.kept[query.key] = now, found
        self.kept.move_to_end(query.key)
        if len(self.kept) > MOST:
            self.kept.popitem(last=False)


matches = Matches()
changes_seen.connect(matches.forget, dispatch_uid="news.search.matches")
