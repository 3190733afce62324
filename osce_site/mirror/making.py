"""Making what stands in one file of the mirror: the site is asked in this process, as a reader would ask it."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from news.clock import clock
from news.index.versions import NEVER, microseconds
from osce_site.mirror.addresses import (
    FILES,
    NOT_FOUND,
    SITEMAPS,
    STATIC,
    Address,
    is_not_here,
    led,
    match_of,
)
from osce_site.mirror.files import Files
from osce_site.mirror.links import copied
from osce_site.mirror.made import Kind, Made
from osce_site.mirror.staleness import sitemap_tag
from osce_site.mirror.state import Wanted
from osce_site.mirror.static import static_file
from osce_site.page_cache.log import Log
from osce_site.page_cache.rendering import Made as Answer
from osce_site.page_cache.rendering import answered, request_for
from osce_site.page_cache.requests import Asked
from taxonomy.dependencies import ALL_NEWS, Dependencies, recording

MOVED = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.PERMANENT_REDIRECT, HTTPStatus.TEMPORARY_REDIRECT}
KINDS = {
    HTTPStatus.OK: Kind.PAGE,
    HTTPStatus.GONE: Kind.GONE,
    HTTPStatus.NOT_FOUND: Kind.MISSING,
}
AT_ONCE = 0  # what the clock alone changes from minute to minute is made with every run


class Handed:
    """Takes what Django would let a server send by itself: a file, which is not read here (PEP 3333)."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.file: Any = None

    def __call__(self, file: Any, _size: int) -> Iterable[bytes]:
        """Take the file, and send nothing."""
        self.file = file
        return ()


class Maker:
    """Asks the site and writes what it answers."""

    def __init__(self, files: Files, *, pages: int) -> None:
        """Begin.

        Args:
            files: of the mirror.
            pages: how many pages of each list it holds.
        """
        self.files = files
        self.pages = pages
        self.site = WSGIHandler()
        self.log = Log()

    def make(self, wanted: Wanted) -> Made:
        """Write the file of an address, unless it holds just this; what fails says so and stops nothing else."""
        self.log.catch_up()
        place, at = self.log.place, microseconds(clock.now())
        try:
            with recording() as dependencies:
                made = self._made(wanted)
        except OSError as error:
            return Made(kind=Kind.FAILED, target=f"{wanted.address.file}: {error.strerror or error}")
        self._date(made, wanted.address, dependencies, position=place.position if place else 0, at=at)
        return made

    def _date(self, made: Made, address: Address, dependencies: Dependencies, *, position: int, at: int) -> None:
        """Say as of when it is, and what it shows; of a file the pages tell that bring it."""
        least = dependencies.least_position
        made.position = position if least is None else min(position, least)
        if made.kind == Kind.FILE:
            return
        match = match_of(address.path)
        name = match.url_name if match else ""
        made.tags = _tags(name, match.kwargs if match else {}, dependencies)
        ends = microseconds(dependencies.holds_until) if dependencies.holds_until else NEVER
        moving = made.tags if name not in SITEMAPS else {ALL_NEWS}
        made.due = min(ends, self.log.due(moving, after=at))
        if name == "sitemap_of_latest_news" or address.path.startswith(FILES):
            made.due = AT_ONCE

    def _made(self, wanted: Wanted) -> Made:
        address = wanted.address
        if address.path.startswith(STATIC):
            return self._static(wanted)
        if is_not_here(address):
            return self._page(wanted, _not_here(address).encode(), kind=Kind.PAGE)
        handed = Handed()
        answer = answered(self.site, request_for(_asked(address)) | {"wsgi.file_wrapper": handed})
        if handed.file is not None:
            with handed.file as file:
                return self._file(wanted, file, digest=_header(answer, "ETag"))
        return self._answered(wanted, answer)

    def _answered(self, wanted: Wanted, answer: Answer) -> Made:
        """Write what the site answered, which is no file of the library."""
        address, status = wanted.address, HTTPStatus(int(answer.status[:3]))
        if status in MOVED:
            return self._moved(wanted, _header(answer, "Location"))
        kind = Kind.PAGE if address.file.endswith(NOT_FOUND) else KINDS.get(status, Kind.FAILED)
        if kind == Kind.FAILED:
            return Made(kind=kind, target=f"{address}: the site answers {answer.status}")
        if kind == Kind.MISSING:
            self.files.remove(address.file)
            return Made(kind=kind)
        is_page = "html" in _header(answer, "Content-Type")
        return (self._page if is_page else self._written)(wanted, answer.body, kind=kind)

    def _page(self, wanted: Wanted, html: bytes, *, kind: Kind) -> Made:
        """Write a page with the mirror's links."""
        text, mentions = copied(html.decode(), path=wanted.address.path, pages=self.pages)
        return self._written(wanted, text.encode(), kind=kind, mentions=frozenset(mentions - {str(wanted.address)}))

    def _moved(self, wanted: Wanted, location: str) -> Made:
        """Write a small page that leads on; a static file is taken itself, since no picture is a page."""
        link = location.removeprefix(settings.SITE_URL)
        if link.startswith(STATIC):
            return self._static(wanted, path=unquote(link))
        leads = led(link, pages=self.pages)
        page = render_to_string("osce_site/moved.html", {"link": leads.link, "canonical": settings.SITE_URL + link})
        made = self._written(wanted, page.encode(), kind=Kind.MOVED)
        made.target = leads.link
        made.mentions = frozenset({leads.address} if leads.address else ())
        return made

    def _static(self, wanted: Wanted, *, path: str = "") -> Made:
        """Take a static file in."""
        source = static_file(path or wanted.address.path)
        with source.open("rb") as file:
            found = source.stat()
            return self._file(wanted, file, digest=f"{found.st_size}.{found.st_mtime_ns}")

    def _file(self, wanted: Wanted, file: Any, *, digest: str) -> Made:
        """Take a file in, unless it is the one that is there."""
        name = wanted.address.file
        is_there = digest == wanted.digest and self.files.has(name)
        if not is_there:
            self.files.take(name, file)
        return Made(kind=Kind.FILE, digest=digest, is_written=not is_there)

    def _written(self, wanted: Wanted, content: bytes, *, kind: Kind, mentions: frozenset[str] = frozenset()) -> Made:
        """Write the content, unless the file holds just this."""
        name, digest = wanted.address.file, blake2b(content, digest_size=12).hexdigest()
        is_there = digest == wanted.digest and self.files.has(name)
        if not is_there:
            self.files.write(name, content)
        return Made(kind=kind, digest=digest, is_written=not is_there, mentions=mentions)


def take_files_themselves() -> None:
    """Let this process get files from where they are kept, whoever sends them to readers."""
    settings.FILES_SERVED_BY = "application"


def live(address: Address) -> str:
    """Return what the site itself shows at an address now, as a page; empty where it shows none."""
    answer = answered(WSGIHandler(), request_for(_asked(address)))
    return answer.body.decode() if "html" in _header(answer, "Content-Type") else ""


def _asked(address: Address) -> Asked:
    """Return the request of the address; a server gives the bytes of a path as if they were Latin-1 (PEP 3333)."""
    return Asked(path=address.path.encode().decode("latin-1"), query=address.query)


def _header(answer: Answer, name: str) -> str:
    return next((value for given, value in answer.headers if given.lower() == name.lower()), "")


def _not_here(address: Address) -> str:
    """Return the page that says what the mirror doesn't have."""
    request = WSGIRequest(request_for(_asked(address)))
    request.user = AnonymousUser()
    with override(get_language_from_path(address.path) or settings.LANGUAGE_CODE):
        return render_to_string("osce_site/not_in_the_mirror.html", request=request)


def _tags(name: str | None, parts: Mapping[str, Any], dependencies: Dependencies) -> frozenset[str]:
    """Return what the answer shows; a sitemap would say "all news", and is of ten thousand items."""
    if name == "sitemap_of_news":
        return frozenset({sitemap_tag(parts["number"])})
    return frozenset({ALL_NEWS}) if name in SITEMAPS else frozenset(dependencies.tags)
