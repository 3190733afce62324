"""What the processes of the site share beside their own memory: a folder of one machine, or Redis for several."""

from pathlib import Path
from typing import Protocol

from django.conf import settings

from osce_site.page_cache.folder import Folder
from osce_site.page_cache.pages import Page
from osce_site.page_cache.redis_store import RedisStore


class Store(Protocol):
    """Pages, and word of who makes which. What it cannot do costs speed, never an answer."""

    def get(self, key: str) -> Page | None:
        """Return the page, fresh or not."""

    def put(self, page: Page) -> None:
        """Keep the page, in the place of the one before."""

    def claim(self, key: str) -> bool:
        """Say whether this process is the one to make the page."""

    def is_claimed(self, key: str) -> bool:
        """Say whether some process is making the page."""

    def release(self, key: str) -> None:
        """Give the claim up."""

    def may_warm(self) -> bool:
        """Say whether this process is the one that keeps pages warm for all."""


def store() -> Store | None:
    """Return where the settings say that pages are shared; None: nowhere."""
    if settings.PAGES_IN_REDIS:
        return RedisStore(settings.PAGES_IN_REDIS)
    return Folder(Path(settings.PAGES_FOLDER), settings.PAGES_ON_DISK) if settings.PAGES_FOLDER else None
