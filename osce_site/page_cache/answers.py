"""A kept page as an answer: in the encoding that the browser takes, or 304 where it holds the page already."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_http_date_safe

from osce_site.page_cache.encodings import chosen
from osce_site.page_cache.pages import Page

StartResponse = Callable[..., Any]


def answer(page: Page, environ: dict[str, Any], start_response: StartResponse, *, how: str) -> Iterable[bytes]:
    """Answer with the page.

    Args:
        page: the page.
        environ: the request.
        start_response: the server's.
        how: where the page comes from, as the header `X-Cache` tells.
    """
    encoding = "" if page.is_redirect else chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = [*page.headers, ("Vary", "Accept-Encoding"), ("X-Cache", how)]
    if not page.is_page:
        return _whole(page, encoding, headers, environ, start_response)
    tag = f'"{page.etag}-{encoding}"' if encoding else f'"{page.etag}"'
    headers.append(("ETag", tag))
    if not _is_known(page, tag, environ):
        return _whole(page, encoding, headers, environ, start_response)
    start_response("304 Not Modified", [header for header in headers if header[0] != "Content-Type"])
    return []


def _whole(
    page: Page,
    encoding: str,
    headers: list[tuple[str, str]],
    environ: dict[str, Any],
    start_response: StartResponse,
) -> Iterable[bytes]:
    """Answer in full; to HEAD without the body."""
    body = page.bodies[encoding] if encoding else page.text
    headers.append(("Content-Length", str(len(body))))
    if encoding:
        headers.append(("Content-Encoding", encoding))
    start_response(page.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _is_known(page: Page, tag: str, environ: dict[str, Any]) -> bool:
    """Say whether the browser holds this very answer; its date counts only where it names no tag (RFC 9110, 13.2.2)."""
    named = environ.get("HTTP_IF_NONE_MATCH")
    if named is not None:
        tags = {one.strip().removeprefix("W/") for one in named.split(",")}
        return tag in tags or "*" in tags
    dated = next((value for name, value in page.headers if name == "Last-Modified"), "")
    changed = parse_http_date_safe(dated)
    known = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return changed is not None and known is not None and changed <= known
