"""The page cache itself: a WSGI application around Django's."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from news.changes import changes_seen
from news.clock import clock
from news.index.versions import microseconds
from osce_site import counters
from osce_site.page_cache.answers import answer
from osce_site.page_cache.copies import dated
from osce_site.page_cache.folder import Folder
from osce_site.page_cache.log import Log
from osce_site.page_cache.memory import Memory
from osce_site.page_cache.pages import Page
from osce_site.page_cache.release import release
from osce_site.page_cache.rendering import Application, Made, make
from osce_site.page_cache.requests import Asked, asked_of, in_one_form
from osce_site.page_cache.turns import Turns

A_DAY = 86_400_000_000  # microseconds
STANDS_IN = 0.7  # seconds for which a page of before is shown while the new one is made
PATIENCE = 5.0  # seconds for which a reader waits for a page that another one's request makes

StartResponse = Callable[..., Any]


class PageCache:
    """Answers with kept pages, and lets Django make those that are not there or no longer fresh."""

    def __init__(self, application: Application, *, memory: Memory, folder: Folder | None, release: str) -> None:
        """Wrap the application.

        Args:
            application: Django's.
            memory: holds pages in the process.
            folder: holds them on disk, for the other processes and after a restart; None: nowhere.
            release: names what the pages are made by.
        """
        self.application = application
        self.memory = memory
        self.folder = folder
        self.release = release
        self.log = Log()
        self.turns = Turns(folder)
        changes_seen.connect(self._look_at_once)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        asked = asked_of(environ)
        if asked is None:
            return self.application(environ, start_response)
        self.log.catch_up()
        page = self.memory.get(self._key(asked))
        if page is not None and not self.log.is_deaf and self._is_fresh(page):
            return answer(page, environ, start_response, how="hit")
        one = in_one_form(asked)
        if one is None:
            return self.application(environ, start_response)
        if self.log.is_deaf and (copy := self._copy(self._kept(self._key(one)))):
            return answer(copy, environ, start_response, how="copy, the database is away")
        return self._answer(one, environ, start_response)

    def _answer(self, asked: Asked, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a page from memory or disk, or with one that is made now, by this request or another one."""
        key = self._key(asked)
        before = self._kept(key)
        if before is not None and self._is_fresh(before):
            self.memory.put(before)
            return answer(before, environ, start_response, how="kept")
        if self.turns.begin(key):
            try:
                made = self._make(asked)
            finally:
                self.turns.end(key)
        else:
            if (found := self._of_another(key, before)) is not None:
                return answer(found[0], environ, start_response, how=found[1])
            made = self._make(asked)
        return self._respond(made, asked, environ, start_response, before)

    def _of_another(self, key: str, before: Page | None) -> tuple[Page, str] | None:
        """Return the page of before while another request makes the new one, or that one, and how it came about."""
        if before is not None and self.log.may_stand_in(before, now=_now(), seconds=STANDS_IN):
            return before, "stale"
        self.turns.wait(key, seconds=PATIENCE)
        page = self._kept(key)
        if page is None or not self._is_fresh(page):
            return None
        self.memory.put(page)
        return page, "waited"

    def _copy(self, page: Page | None) -> Page | None:
        """Return the page with a notice that says of when it is, for as long as it may be shown without a database."""
        if page is None or (self.log.place is not None and not self.log.was_right(page)):
            return None
        as_of = max(page.at, self.log.heard_at or 0) if self.log.place and self._is_fresh(page) else page.at
        return dated(page, as_of=as_of) if _now() - as_of <= A_DAY else None

    def _make(self, asked: Asked) -> Made:
        """Let Django make the page, and keep it if it may be kept."""
        made = make(self.application, asked, key=self._key(asked), log=self.log)
        if made.page is not None and self._is_fresh(made.page):
            is_proven = self.memory.put(made.page)
            if self.folder is not None and (is_proven or not asked.query):
                self.folder.put(made.page)
        return made

    def _respond(
        self,
        made: Made,
        asked: Asked,
        environ: dict[str, Any],
        start_response: StartResponse,
        before: Page | None,
    ) -> Iterable[bytes]:
        """Answer with what Django made; where it failed, with the page of before, which says so."""
        if made.page is not None:
            return answer(made.page, environ, start_response, how="made")
        if made.has_failed and before is not None and self._may_replace_a_failure(before):
            return answer(before, environ, start_response, how="stale, making it anew failed")
        if asked.query != environ.get("QUERY_STRING", ""):  # a redirect keeps what came with the address
            return self.application(environ, start_response)
        start_response(made.status, made.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [made.body]

    def _may_replace_a_failure(self, page: Page) -> bool:
        """Say whether the page was right within a day, and nothing was taken away since; not without a database."""
        return not self.log.is_deaf and _now() - page.at <= A_DAY and self.log.was_right(page)

    def _kept(self, key: str) -> Page | None:
        """Return the page from memory, or from disk where that one is newer or the only one."""
        held = self.memory.get(key)
        if held is not None and self._is_fresh(held):
            return held
        stored = self.folder.get(key) if self.folder is not None else None
        return stored or held

    def _is_fresh(self, page: Page) -> bool:
        return self.log.is_fresh(page, now=_now())

    def _key(self, asked: Asked) -> str:
        return f"{self.release} {asked.key}"

    def _look_at_once(self, **_signal: Any) -> None:
        """Read the log with the next request: this process has just written to it, or heard of others."""
        self.log.next_look = 0.0


def wrapped(application: Application) -> PageCache:
    """Put the page cache around Django as the settings say, with a first look at the log before the first request."""
    folder = Folder(Path(settings.PAGES_FOLDER), settings.PAGES_ON_DISK) if settings.PAGES_FOLDER else None
    cache = PageCache(application, memory=Memory(settings.PAGES_IN_MEMORY), folder=folder, release=release())
    cache.log.catch_up()
    return cache


def _now() -> int:
    return microseconds(clock.now())
