"""What is answered while the database is away: 503 in the site's design, with word of when to ask again."""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

DATABASE_IS_AWAY = "osce_site.database_is_away"  # in a request's META, where the page cache has found it out
RETRY_AFTER = 30  # seconds
UNAVAILABLE = 503
OUTAGES = (OperationalError, InterfaceError)
# Addresses that answer without the database.
WITHOUT_DATABASE = {"robots", "humans", "security", "favicon", "manifest", "open_search"}


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that the site cannot answer this at present, in the language of the address; nobody keeps it."""
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        text = render_to_string("503.html")  # without the request: its context would ask for the reader's name
    answer = HttpResponse(text, status=UNAVAILABLE)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer
