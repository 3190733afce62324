"""The pages in Redis, shared by the processes of several machines.

Redis that is gone or slow costs speed, never an answer: it is asked for a tenth of a second, and after a failure not
for some seconds.
"""

import logging
import os
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import redis

from osce_site.page_cache.pages import Page, unpack

KEPT_FOR = 25 * 3600  # seconds: a day without a database, and an hour
CLAIM_LASTS = 10_000  # milliseconds; whoever makes a page for longer may have died over it
WARMING_LASTS = 60  # seconds
PATIENCE = 0.1  # seconds
ASK_AGAIN = 5.0  # seconds after a failure

logger = logging.getLogger(__name__)


class RedisStore:
    """Pages in Redis; how many, its own `maxmemory` says."""

    def __init__(self, address: str) -> None:
        """Keep the pages at a `redis://` address."""
        self.name = f"{socket.gethostname()}.{os.getpid()}"
        self.place = urlsplit(address).hostname  # of the address, what is no secret
        self.asked_again_at = 0.0
        self.redis = redis.Redis.from_url(
            address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=None, protocol=2
        )

    def get(self, key: str) -> Page | None:
        """Return the page, fresh or not."""
        packed = self._ask(lambda: self.redis.get(_page(key)))
        return unpack(packed, key=key) if packed else None

    def put(self, page: Page) -> None:
        """Keep the page for a day, in the place of the one before."""
        self._ask(lambda: self.redis.set(_page(page.key), page.pack(), ex=KEPT_FOR))

    def claim(self, key: str) -> bool:
        """Say whether this process is the one to make the page; without Redis each process makes its own."""
        return self._ask(lambda: bool(self.redis.set(_claim(key), self.name, nx=True, px=CLAIM_LASTS)), failed=True)

    def is_claimed(self, key: str) -> bool:
        """Say whether some process is making the page."""
        return bool(self._ask(lambda: self.redis.exists(_claim(key))))

    def release(self, key: str) -> None:
        """Give the claim up."""
        self._ask(lambda: self.redis.delete(_claim(key)))

    def may_warm(self) -> bool:
        """Say whether this process is the one that keeps pages warm for all; its word lasts for a minute."""
        name = "pages:warming"
        if self._ask(lambda: bool(self.redis.set(name, self.name, nx=True, ex=WARMING_LASTS))):
            return True
        is_mine = self._ask(lambda: self.redis.get(name)) == self.name.encode()
        return is_mine and bool(self._ask(lambda: self.redis.expire(name, WARMING_LASTS)))

    def _ask(self, question: Callable[[], Any], *, failed: Any = None) -> Any:
        """Ask Redis, unless it has just failed."""
        if time.monotonic() < self.asked_again_at:
            return failed
        try:
            return question()
        except (redis.RedisError, OSError) as error:
            self.asked_again_at = time.monotonic() + ASK_AGAIN
            logger.warning("Redis at %s does not answer, so pages are shared with nobody: %s", self.place, error)
            return failed


def _page(key: str) -> str:
    return f"pages:{key}"


def _claim(key: str) -> str:
    return f"pages:claim:{key}"
