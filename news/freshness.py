"""Answers that are asked for again and again: a validator for each, and 304 where nothing has changed."""

import datetime
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

ASK_AGAIN = "public, no-cache"  # may be kept by anyone, and is asked about before each use: removals show at once


def fresh(request: HttpRequest, response: HttpResponse, *, changed_at: datetime.datetime | None = None) -> HttpResponse:
    """Return the answer with its validators, or 304 where the asker holds it already."""
    response.headers["ETag"] = quote_etag(blake2b(response.content, digest_size=16).hexdigest())
    response.headers["Cache-Control"] = ASK_AGAIN
    changed = int(changed_at.timestamp()) if changed_at else None
    if changed:
        response.headers["Last-Modified"] = http_date(changed)
    known = get_conditional_response(request, response.headers["ETag"], changed, response)
    return known if known is not None else response
