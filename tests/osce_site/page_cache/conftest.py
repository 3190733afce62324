"""A site behind its page cache, asked as a server would ask it."""

from collections.abc import Callable

import pytest
from django.core.handlers.wsgi import WSGIHandler

from osce_site.page_cache.folder import Folder
from osce_site.page_cache.memory import Memory
from osce_site.page_cache.wrapper import PageCache
from tests.osce_site.page_cache.asking import Site

MEMORY = 8_000_000  # bytes
DISK = 50_000_000


@pytest.fixture
def make_site(tmp_path) -> Callable[..., Site]:
    """Start processes of the site; they share a folder, and each looks at the log before every answer."""

    def start(*, application=None, memory: int = MEMORY, release: str = "this", folder=tmp_path, store=None) -> Site:
        kept = store or (Folder(folder, DISK) if folder else None)
        cache = PageCache(application or WSGIHandler(), memory=Memory(memory), store=kept, release=release)
        return Site(cache)

    return start


@pytest.fixture
def site(make_site) -> Site:
    """Start one process."""
    return make_site()
