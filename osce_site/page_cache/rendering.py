"""Letting Django make a page, from a request that holds nothing but the address, and deciding whether it is kept."""

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from news.clock import clock
from news.freshness import ASK_AGAIN
from news.index.snapshot import Place
from news.index.versions import NEVER, microseconds
from osce_site.environment import address_parts
from osce_site.page_cache.log import Log
from osce_site.page_cache.pages import Page, compressed, kept_headers, name_of
from osce_site.page_cache.requests import Asked
from taxonomy.dependencies import Dependencies, recording

LARGEST = 2_000_000  # bytes of a page that is kept

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(slots=True, kw_only=True)
class Made:
    """What Django answered; `page` is what may be kept of it."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    page: Page | None = None

    @property
    def has_failed(self) -> bool:
        """Say whether it is an error of ours."""
        return self.status.startswith("5")


def make(application: Application, asked: Asked, *, key: str, log: Log) -> Made:
    """Let Django answer; where and when it began is known before its first question to the database."""
    place, at = log.place, microseconds(clock.now())
    with recording() as dependencies:
        made = answered(application, request_for(asked))
    if place is not None and _may_be_kept(made) and not _is_behind(dependencies, place):
        made.page = _page(made, dependencies, key=key, place=place, at=at, log=log)
    return made


def answered(application: Application, environ: dict[str, Any]) -> Made:
    """Return what Django answers to the request."""
    told: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], _problem: Any = None) -> None:
        told.update(status=status, headers=headers)

    portions = application(environ, start_response)
    try:
        body = b"".join(portions)
    finally:
        if hasattr(portions, "close"):
            portions.close()
    return Made(status=told["status"], headers=told["headers"], body=body)


def request_for(asked: Asked) -> dict[str, Any]:
    """Return a request for the address and nothing else: no header of a browser can decide what others get."""
    site = address_parts(settings.SITE_URL)
    port = site.port or (443 if site.scheme == "https" else 80)
    host = site.hostname or "localhost"
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": asked.path,
        "QUERY_STRING": asked.query,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc or host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme or "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = value
    return environ


def _may_be_kept(made: Made) -> bool:
    """Say whether anybody may have the answer; one that sets a cookie or holds a nonce is made for one browser."""
    told = {name.lower(): value.lower() for name, value in made.headers}
    return (
        made.status.startswith("200")
        and len(made.body) <= LARGEST
        and "set-cookie" not in told
        and "cookie" not in told.get("vary", "")
        and not {"private", "no-store"} & {part.strip() for part in told.get("cache-control", "").split(",")}
        and "'nonce-" not in told.get("content-security-policy", "")
    )


def _is_behind(dependencies: Dependencies, place: Place) -> bool:
    """Say whether some of it came from memory that had not yet read as far as the page says."""
    least = dependencies.least_position
    return least is not None and least < place.position


def _page(made: Made, dependencies: Dependencies, *, key: str, place: Place, at: int, log: Log) -> Page:
    headers = kept_headers(made.headers)
    if not any(name.lower() == "cache-control" for name, _value in headers):
        headers.append(("Cache-Control", ASK_AGAIN))
    ends = microseconds(dependencies.holds_until) if dependencies.holds_until else NEVER
    return Page(
        key=key,
        headers=headers,
        bodies=compressed(made.body),
        etag=name_of(made.body),
        tags=frozenset(dependencies.tags),
        place=place,
        at=at,
        due=min(ends, log.due(dependencies.tags, after=at)),
    )
