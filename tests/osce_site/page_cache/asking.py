"""Asking the page cache, as a server does."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, unquote

import brotli
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from osce_site.page_cache.encodings import zstandard
from osce_site.page_cache.wrapper import PageCache


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server would send."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def how(self) -> str:
        """Return where the page came from; empty where Django alone answered."""
        return self.headers.get("X-Cache", "")

    @property
    def text(self) -> str:
        """Return the body as it was before it was compressed."""
        decode = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.decompress}
        return decode[self.headers.get("Content-Encoding", "")](self.body).decode()


def request(address: str) -> dict:
    """Return what a server makes of a browser's request for the address."""
    path, _mark, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, encoding="latin-1"),
        "QUERY_STRING": quote(query, safe="=&%+-_.:/,"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "192.0.2.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


@contextmanager
def _one_connection() -> Iterator[None]:
    """Keep the connection that holds the test's transaction, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Site:
    """One process of the site."""

    def __init__(self, cache: PageCache) -> None:
        """Serve with this cache."""
        self.cache = cache

    def get(self, address: str, *, method: str = "GET", look: bool = True, **headers: str) -> Reply:
        """Ask for an address.

        Args:
            address: path and query.
            method: GET, HEAD or POST.
            look: whether the moment for a look at the log has come.
            headers: as WSGI names them, such as HTTP_COOKIE.
        """
        if look:
            self.cache.log.next_look = 0.0
        environ = request(address) | {"REQUEST_METHOD": method} | headers
        told = {}

        def start_response(status, headers, _problem=None):
            told.update(status=int(status[:3]), headers=dict(headers))

        with _one_connection():
            answered = self.cache(environ, start_response)
            body = b"".join(answered)
            if hasattr(answered, "close"):
                answered.close()
        return Reply(told["status"], told["headers"], body)

    def tags(self, address: str) -> set[str]:
        """Return what the page at the address, which is held by now, depends on."""
        page = self.cache.memory.get(f"{self.cache.release} {address}")
        return set(page.tags)
