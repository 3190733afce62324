"""The API, `/api/v1/` in each language of the site: it is read by anyone, on any page, and tells errors by RFC 9457.

Routers of the apps are put together here; what every answer has in common stands around them.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import Resolver404, URLPattern, path, re_path, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer
from pydantic import BaseModel, Field

from news.api.refusals import Refusal
from news.api.routes import router as news_router
from news.freshness import fresh
from osce_site.outage import RETRY_AFTER, UNAVAILABLE
from taxonomy.api import full
from taxonomy.api import router as taxonomy_router

NAMED_SINCE = 2026  # the year in which the types of problems were first given out (RFC 4151)
PROBLEM = "application/problem+json"
METHODS = "GET, HEAD, OPTIONS"
OK, NO_CONTENT, BAD_REQUEST, NOT_FOUND, NOT_ALLOWED, GONE, FAILED = 200, 204, 400, 404, 405, 410, 500
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Location, Allow",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",  # seconds
}
# What an operation may answer beside its data; the problems of all are told in one form.
OTHER_ANSWERS = {
    "301": {"description": "Another form of the address: `Location` has the one that counts."},
    "304": {"description": "The asker holds it already."},
    "400": "What was asked cannot be read.",
    "404": "Nothing stands here, or a value is unknown.",
    "405": "The API reads; another method was used.",
    "410": "It was published in error and has been removed.",
    "500": "The site failed.",
}
DESCRIPTION = """News, countries, institutions, fields of work and the menu of the site, to read.

Names and the choice between the versions of a story follow the language of the address: `/api/v1/` is English,
`/fr/api/v1/` French. Moments are in UTC. Fields are added within v1, and never renamed or taken away."""


class ProblemError(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    value: str
    detail: str


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(description="What sort of error it is; about:blank where the status says it all.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path and query that was asked for.")
    errors: list[ProblemError] | None = Field(None, description="What is wrong, by parameter.")


class Root(BaseModel):
    """What there is, as full addresses."""

    news: str
    countries: str
    institutions: str
    topics: str
    navigation: str
    openapi: str = Field(description="The description of all this for programs (OpenAPI 3.1).")


class Readable(JSONRenderer):
    """JSON in UTF-8, every script as it is written."""

    json_dumps_params = {"ensure_ascii": False}


class ReadingAPI(NinjaAPI):
    """The API with its problems in its description, which is made once for each language."""

    def __init__(self, **how: Any) -> None:
        """Begin without a description."""
        super().__init__(**how)
        self.descriptions: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(self, **_asked: Any) -> OpenAPISchema:
        """Return the description below the API's own address in the language."""
        address = self.get_root_path({})
        if address not in self.descriptions:
            self.descriptions[address] = self._describe(address)
        return self.descriptions[address]

    def _describe(self, address: str) -> OpenAPISchema:
        """Return the description, in which each operation names the problems that it may answer with."""
        schema = super().get_openapi_schema(path_prefix=address)
        definition = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schema["components"]["schemas"] |= definition.pop("$defs") | {"Problem": definition}
        content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            operations["get"]["responses"] |= {
                status: {"description": told, "content": content} if isinstance(told, str) else told
                for status, told in OTHER_ANSWERS.items()
            }
        return schema


api = ReadingAPI(
    title=str(settings.SITE_NAME),
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    renderer=Readable(),
)
api.add_router("/news", news_router)
api.add_router("", taxonomy_router)


@api.get("/", response=Root, url_name="api_root", operation_id="get_root", summary="What there is", tags=["Site"])
def root(request: HttpRequest) -> Root:  # noqa: ARG001 - ninja passes it
    """Name all lists and the description."""
    lists = {name: full(reverse(f"api:api_{name}")) for name in Root.model_fields if name != "openapi"}
    return Root(openapi=full(reverse("api:openapi-json")), **lists)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say what is wrong with the question."""
    kind = f"tag:{urlsplit(settings.SITE_URL).hostname},{NAMED_SINCE}:problems/{refusal.kind}"
    return problem(
        request, refusal.status, kind=kind, title=refusal.title, detail=refusal.detail, members=refusal.members
    )


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say that nothing stands here."""
    detail = str(error.args[0]) if error.args and isinstance(error.args[0], str) else _("Nothing stands here.")
    return problem(request, NOT_FOUND, title=_("Not found"), detail=detail)


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, _error: Exception) -> HttpResponse:
    """Say that a part of the address is not what it should be."""
    return problem(request, BAD_REQUEST, title=_("Bad request"), detail=_("A part of the address cannot be read."))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def away(request: HttpRequest, _error: Exception) -> HttpResponse:
    """Say that the database is away, and when to ask again."""
    answer = problem(
        request, UNAVAILABLE, title=_("Unavailable"), detail=_("The database cannot be reached at present.")
    )
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that the site failed, and nothing of how; the log has it."""
    got_request_exception.send(sender=None, request=request)
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.path, exc_info=error, extra={"status_code": FAILED, "request": request}
    )
    return problem(
        request, FAILED, title=_("Internal error"), detail=_("The site failed. It is no fault of yours: try later.")
    )


def problem(
    request: HttpRequest,
    status: int,
    *,
    title: str,
    detail: str,
    kind: str = "about:blank",
    members: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer with an error as RFC 9457 forms it; nobody keeps it, for it may be put right."""
    told = {"type": kind, "title": title, "status": status, "detail": detail, "instance": request.get_full_path()}
    answer = JsonResponse(told | (members or {}), status=status, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Type"] = PROBLEM
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def for_machines(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer to any page's script, to what reads alone, and with 304 to who holds it already."""

    @csrf_exempt  # nothing is written, and another method is refused in the API's own form
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=NO_CONTENT, headers=PREFLIGHT)
        elif request.method in {"GET", "HEAD"}:
            response = _read(request, view, *args, **kwargs)
        else:
            response = _not_allowed(request)
        for name, value in CORS.items():
            response.headers[name] = value
        return response

    return answer


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer for every other address below the API: lead to the one with a slash, where there is one."""
    with_slash = f"{request.path}/"
    try:
        is_known = resolve(with_slash).url_name != "api_nothing"
    except Resolver404:
        is_known = False
    if request.path.endswith("/") or not is_known:
        return not_found(request, Http404())
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{with_slash}?{query}" if query else with_slash)


def api_addresses() -> tuple[list[URLPattern], str]:
    """Return the addresses of the API, each answered in the way that all are, and the name of their space."""
    known: Any = api.urls[0]
    patterns = [path(str(one.pattern), for_machines(one.callback), name=one.name) for one in known]
    return [*patterns, re_path("^", for_machines(nothing_here), name="api_nothing")], "api"  # the last answers any path


def _read(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    """Ask the view as a GET does, for what a HEAD asks for is the same; its body is left out on the way."""
    request.method, method = "GET", request.method
    try:
        response = view(request, *args, **kwargs)
    finally:
        request.method = method
    if response.status_code == OK:
        return fresh(request, response)
    response.headers["Cache-Control"] = "no-cache"  # a removal can be undone, and a browser would keep it for ever
    return response


def _not_allowed(request: HttpRequest) -> HttpResponse:
    detail = _("The API reads. Ask with one of: %(methods)s.") % {"methods": METHODS}
    response = problem(request, NOT_ALLOWED, title=_("Method not allowed"), detail=detail)
    response.headers["Allow"] = METHODS
    return response
