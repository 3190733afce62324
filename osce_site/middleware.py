"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from news.changes import follower
from osce_site.client_address import client_address
from record.actors import acting, name_of


def answer_head_without_body(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send the headers alone where nothing more was asked for: gunicorn warns of each byte that it has to drop."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and response.streaming:
            response.streaming_content = ()  # type: ignore[attr-defined]  # what would be streamed is never made
        elif request.method == "HEAD":
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


def name_the_actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the record know whose request it is, and from where; nobody is looked up unless something is written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with acting(lambda: name_of(request.user), address=str(client_address(request) or "")):
            return get_response(request)

    return middleware


def catch_up_with_changes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before each request, learn what other processes have published since the last look."""

    def middleware(request: HttpRequest) -> HttpResponse:
        follower.catch_up()
        return get_response(request)

    return middleware


def leave_the_language_to_the_address(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take back that an answer depends on `Accept-Language`, as LocaleMiddleware says wherever there is no prefix.

    Nor is a picture in the language of the site, as it says of every answer that says nothing itself.

    The language is that of the address, English without a prefix; who keeps answers would keep one for each browser.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers.get("Content-Type", "").startswith("image/"):
            del response.headers["Content-Language"]
        _vary_without_language(response)
        return response

    return middleware


def _vary_without_language(response: HttpResponse) -> None:
    named = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    kept = ", ".join(name for name in named if name != "Accept-Language")
    if kept:
        response.headers["Vary"] = kept
    else:
        del response.headers["Vary"]
