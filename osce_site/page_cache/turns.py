"""One makes a page, the others wait for it: threads of this process, and other processes."""

import threading
import time

from osce_site.page_cache.stores import Store

LOOK_EVERY = 0.03  # seconds, for what another process makes


class Turns:
    """Who makes which page."""

    def __init__(self, store: Store | None) -> None:
        """Begin with nobody making anything.

        Args:
            store: where other processes say what they make; None where there are none.
        """
        self.store = store
        self.lock = threading.Lock()
        self.made_here: dict[str, threading.Event] = {}

    def begin(self, key: str) -> bool:
        """Say whether it is the caller's turn, who then ends it."""
        with self.lock:
            if key in self.made_here:
                return False
            if self.store is not None and not self.store.claim(key):
                return False
            self.made_here[key] = threading.Event()
            return True

    def end(self, key: str) -> None:
        """Let the others look."""
        if self.store is not None:
            self.store.release(key)
        with self.lock:
            self.made_here.pop(key).set()

    def wait(self, key: str, *, seconds: float) -> None:
        """Return when the page may be there, or after so many seconds."""
        here = self.made_here.get(key)
        if here is not None:
            here.wait(seconds)
            return
        until = time.monotonic() + seconds
        while self.store is not None and self.store.is_claimed(key) and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
