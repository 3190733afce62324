"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from news.changes import follower


def catch_up_with_changes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before each request, learn what other processes have published since the last look."""

    def middleware(request: HttpRequest) -> HttpResponse:
        follower.catch_up()
        return get_response(request)

    return middleware
