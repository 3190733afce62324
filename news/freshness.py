"""Answers that are asked for again and again: a validator for each, and 304 where nothing has changed."""

import datetime
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from news.clock import clock

ASK_AGAIN = "public, no-cache"  # may be kept by anyone, and is asked about before each use: removals show at once
# Other processes learn of a change a moment after the one that made it, and a date counts whole seconds. So the date
# given is a little later than the change, and a change that is younger than that gives none: whoever holds an answer of
# this date fetched it when all processes knew.
MARGIN = datetime.timedelta(seconds=2)
SETTLED = datetime.timedelta(seconds=5)


def fresh(request: HttpRequest, response: HttpResponse, *, changed_at: datetime.datetime | None = None) -> HttpResponse:
    """Return the answer with its validators, or 304 where the asker holds it already.

    Args:
        request: may name what the asker holds.
        response: the answer in full.
        changed_at: a moment since which the answer has not changed; it may have changed long before.
    """
    tag = quote_etag(blake2b(response.content, digest_size=16).hexdigest())
    response.headers["ETag"] = tag
    return _answered(request, response, tag, changed_at)


def dated(
    request: HttpRequest, response: StreamingHttpResponse, *, changed_at: datetime.datetime
) -> StreamingHttpResponse | HttpResponse:
    """Return an answer that is streamed with its date alone, or 304 where the asker holds it already."""
    return _answered(request, response, None, changed_at)


def _answered[Answer: HttpResponseBase](
    request: HttpRequest, response: Answer, tag: str | None, changed_at: datetime.datetime | None
) -> Answer | HttpResponse:
    response.headers["Cache-Control"] = ASK_AGAIN
    is_settled = changed_at is not None and clock.now() - changed_at > SETTLED
    date = int((changed_at + MARGIN).timestamp()) if changed_at and is_settled else None
    if date:
        response.headers["Last-Modified"] = http_date(date)
    known = get_conditional_response(request, tag, date, response)  # type: ignore[arg-type]  # only its headers are read
    return response if known is None or known.status_code == response.status_code else known
