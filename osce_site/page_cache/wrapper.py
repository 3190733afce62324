"""The page cache itself: a WSGI application around Django's."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from news.changes import changes_seen
from news.clock import clock
from news.index.versions import microseconds
from osce_site.outage import DATABASE_IS_AWAY
from osce_site.page_cache.answers import answer
from osce_site.page_cache.copies import dated
from osce_site.page_cache.log import Log
from osce_site.page_cache.memory import Memory
from osce_site.page_cache.pages import Page
from osce_site.page_cache.release import release
from osce_site.page_cache.rendering import Application, Made, make
from osce_site.page_cache.requests import Asked, asked_of, in_one_form
from osce_site.page_cache.running import Running
from osce_site.page_cache.stores import Store, store
from osce_site.page_cache.turns import Turns
from osce_site.page_cache.warming import Warmer

A_DAY = 86_400_000_000  # microseconds
STANDS_IN = 0.7  # seconds for which a page of before is shown while the new one is made
COPY = "copy, the database is away"
PATIENCE = 5.0  # seconds for which a reader waits for a page that another one's request makes

StartResponse = Callable[..., Any]


class PageCache:
    """Answers with kept pages, and lets Django make those that are not there or no longer fresh."""

    def __init__(
        self,
        application: Application,
        *,
        memory: Memory,
        store: Store | None,
        release: str,
        in_background: bool = False,
    ) -> None:
        """Wrap the application.

        Args:
            application: Django's.
            memory: holds pages in the process.
            store: holds them for the other processes and after a restart; None: nothing does.
            release: names what the pages are made by.
            in_background: whether threads of their own look at the log, watch over the database and keep pages warm.
        """
        self.django = application
        self.memory = memory
        self.store = store
        self.release = release
        self.log = Log(in_background=in_background)
        self.turns = Turns(store)
        self.running = Running(look=lambda: self.log.catch_up(waits=False), hangs=lambda: self.log.hangs)
        self.warmer = Warmer(warm=self.warm, is_fresh=self._is_fresh)
        self.counts: Counter[str] = Counter()  # answers, by where they came from; "" is Django alone
        self.starting = threading.Lock()
        self.has_started = not in_background
        changes_seen.connect(self._look_at_once)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not self.has_started:
            self._start()
        self.log.catch_up()
        asked = asked_of(environ)
        if asked is None:
            return self._pass_on(environ, start_response)
        page = self.memory.get(self._key(asked))
        if page is not None and not self.log.is_deaf and self._is_fresh(page):
            return self._reply(page, environ, start_response, how="hit")
        one = in_one_form(asked)
        if one is None:
            return self._pass_on(environ, start_response)
        if self.log.is_deaf and (copy := self._copy(self._kept(self._key(one)))):
            return self._reply(copy, environ, start_response, how=COPY)
        return self._answer(one, environ, start_response)

    def warm(self, address: str) -> Page | None:
        """Return the page at an address, made if the one that is kept isn't fresh; None where it cannot be made."""
        asked = Asked(path=address, query="")
        key = self._key(asked)
        page = self.store.get(key) if self.store else self.memory.get(key)
        if page is not None and self._is_fresh(page):
            return page
        if self.log.is_deaf or not self.turns.begin(key):
            return None
        try:
            return self._make(asked, is_asked_for=self.store is None).page
        finally:
            self.turns.end(key)

    def application(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Let Django answer; where the database is away or hangs, without waiting for it."""
        environ[DATABASE_IS_AWAY] = self.log.is_deaf
        with self.running.one():
            return self.django(environ, start_response)

    def _pass_on(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        self.counts[""] += 1
        return self.application(environ, start_response)

    def _reply(
        self, page: Page, environ: dict[str, Any], start_response: StartResponse, *, how: str
    ) -> Iterable[bytes]:
        """Answer with a page; a redirect keeps what came with the address, so it answers its very own address alone."""
        if page.is_redirect and not page.key.endswith(f" {_address(environ)}"):
            return self._pass_on(environ, start_response)
        self.counts[how] += 1
        return answer(page, environ, start_response, how=how)

    def _start(self) -> None:
        """Start the threads with the first request: those of a process that forks are not those of its children."""
        with self.starting:
            if self.has_started:
                return
            self.has_started = True
        threading.Thread(target=self.running.watch, name="watch over the database", daemon=True).start()
        if settings.PAGES_KEPT_WARM:
            threading.Thread(target=self._keep_warm, name="warm pages", daemon=True).start()

    def _keep_warm(self) -> None:
        self.warmer.work(may_work=self._may_warm)

    def _may_warm(self) -> bool:
        self.log.catch_up()
        return not self.log.is_deaf and (self.store is None or self.store.may_warm())

    def _answer(self, asked: Asked, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a page from memory or disk, or with one that is made now, by this request or another one."""
        key = self._key(asked)
        before = self._kept(key)
        if before is not None and self._is_fresh(before):
            self.memory.put(before)
            return self._reply(before, environ, start_response, how="kept")
        if self.turns.begin(key):
            try:
                made = self._make(asked)
            finally:
                self.turns.end(key)
        else:
            if (found := self._of_another(key, before)) is not None:
                return self._reply(found[0], environ, start_response, how=found[1])
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

    def _make(self, asked: Asked, *, is_asked_for: bool = True) -> Made:
        """Let Django make the page, and keep it if it may be kept.

        Memory is for what readers have asked for. On disk stands each page that is one, and others once they were
        asked for twice: there is no end of lists, and of addresses that lead elsewhere.
        """
        made = make(self.application, asked, key=self._key(asked), log=self.log)
        if made.page is not None and self._is_fresh(made.page):
            is_proven = is_asked_for and self.memory.put(made.page)
            is_one = made.page.is_page and not asked.query
            if self.store is not None and (is_proven or is_one):
                self.store.put(made.page)
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
            return self._reply(made.page, environ, start_response, how="made")
        if made.has_failed and self.log.is_deaf and (copy := self._copy(before)):
            return self._reply(copy, environ, start_response, how=COPY)
        if made.has_failed and before is not None and self._may_replace_a_failure(before):
            return self._reply(before, environ, start_response, how="stale, making it anew failed")
        if asked.query != environ.get("QUERY_STRING", ""):  # a redirect keeps what came with the address
            return self._pass_on(environ, start_response)
        self.counts[""] += 1
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
        stored = self.store.get(key) if self.store is not None else None
        return stored or held

    def _is_fresh(self, page: Page) -> bool:
        return self.log.is_fresh(page, now=_now())

    def _key(self, asked: Asked) -> str:
        return f"{self.release} {asked.key}"

    def _look_at_once(self, **_signal: Any) -> None:
        """Read the log with the next request: this process has just written to it, or heard of others."""
        self.log.next_look = 0.0


def wrapped(application: Application) -> Application:
    """Put the page cache around Django as the settings say, with a first look at the log before the first request.

    Whoever works on templates sees each change at once: with `DEBUG` nothing is kept.
    """
    if settings.DEBUG:
        return application
    memory = Memory(settings.PAGES_IN_MEMORY)
    cache = PageCache(application, memory=memory, store=store(), release=release(), in_background=True)
    cache.log.catch_up()
    return cache


def _address(environ: dict[str, Any]) -> str:
    return Asked(path=environ.get("PATH_INFO", "/"), query=environ.get("QUERY_STRING", "")).key


def _now() -> int:
    return microseconds(clock.now())
