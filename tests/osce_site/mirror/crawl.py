"""Walking a mirror as a reader's browser would, from a plain file server."""

import contextlib
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "form": "action"}
FETCHED = {"stylesheet", "icon", "manifest", "search", "preload", "apple-touch-icon"}


class Quiet(SimpleHTTPRequestHandler):
    """Python's own file server, which says nothing."""

    def log_message(self, *_about) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as `python -m http.server` does; yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def walked(site: str) -> tuple[set[str], list[str]]:
    """Return all addresses that can be reached from the home page, and what is broken on the way."""
    waiting, texts, broken = [(f"{site}/", "the start")], {}, []
    fragments = []
    while waiting:
        address, where = waiting.pop()
        if address in texts:
            continue
        texts[address] = text = _fetched(address)
        if text is None:
            broken.append(f"{address} (on {where})")
            continue
        for link in _links(text):
            target, fragment = urldefrag(urljoin(address, link))
            if target.startswith(f"{site}/"):
                waiting.append((target, address))
                fragments.append((target, fragment, address))
    for target, fragment, where in fragments:
        if fragment and f'id="{fragment}"' not in (texts.get(target) or ""):
            broken.append(f"{target}#{fragment} (on {where})")
    return set(texts), broken


def _fetched(address: str) -> str | None:
    """Return the text at an address, empty for what is no page; None where nothing stands."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
            body = answer.read()
            is_listing = b"<title>Directory listing for" in body
            if answer.url != address or is_listing:
                return None
            return body.decode() if "html" in answer.headers["Content-Type"] else ""
    except urllib.error.HTTPError:
        return None


def _links(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html).css(", ".join(LINKS)):
        given = node.attributes
        if node.tag == "link" and not FETCHED & set((given.get("rel") or "").split()):
            continue
        link = given.get(LINKS[node.tag])
        if link and not re.match("mailto:|tel:|data:", link):
            yield link
        for source in (given.get("srcset") or "").split(","):
            if source.strip():
                yield source.split()[0]
