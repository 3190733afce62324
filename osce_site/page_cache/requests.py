"""Which requests a kept page may answer, and under which key it is kept.

A key is the path, and the parameters that its view reads. Nothing else that a browser sends may decide what is
answered: a page is made from a request that holds the key and nothing else (`rendering.py`).
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language_from_path, override

from news.files import EXPORT
from news.question import FIELDS

LIST = frozenset(FIELDS)
# The views whose answers are kept, by the names of their addresses, and the parameters that each of them reads.
VIEWS: dict[str, frozenset[str]] = {
    "home": frozenset(),
    "news_list": LIST,
    "news_file": LIST,
    "news_item": frozenset({"at"}),
    "local_news_item": frozenset({"at"}),
    "edition": frozenset(),
    "local_edition": frozenset(),
    "comparison": frozenset({"from", "to"}),
    "local_comparison": frozenset({"from", "to"}),
    "country": LIST,
    "country_file": LIST,
    "institution": LIST,
    "institution_file": LIST,
    "topic": LIST,
    "topic_file": LIST,
    "countries": frozenset({"status"}),
    "institutions": frozenset(),
    "topics": frozenset(),
    "page": frozenset(),
}
NEVER_KEPT = {"at"}  # of past moments there are as many pages as seconds
MOST_PARAMETERS = 60
LONGEST_KEY = 2_000  # letters
PRIVATE = ("HTTP_AUTHORIZATION",)
# Files have rules of their own: kept for five minutes, by whoever serves them, and a refusal by nobody. The others are
# never kept either; to say so here spares them the search for their view.
BYPASSED = ("/files/", "/static/", "/admin/", "/api/")
MOST_HOSTS = 100

_known_hosts: set[str] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks for; `path` is as the server gives it."""

    path: str
    query: str

    @property
    def key(self) -> str:
        """Return under what the page is kept, within one release of the site."""
        return f"{self.path}?{self.query}" if self.query else self.path


def asked_of(environ: dict[str, Any]) -> Asked | None:
    """Return what is asked for; None where Django alone may answer: to a session, a form, or under a strange name."""
    if not _is_anybodys(environ):
        return None
    path, query = environ.get("PATH_INFO", "/"), environ.get("QUERY_STRING", "")
    if "?" in path or path.startswith(BYPASSED):  # a question mark in a path would read as another page's key
        return None
    if query.count("&") >= MOST_PARAMETERS or len(query) > LONGEST_KEY:
        return None
    return Asked(path=path, query=query)


def _is_anybodys(environ: dict[str, Any]) -> bool:
    """Say whether nothing of the request is about who asks, and it came as it should."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or any(name in environ for name in PRIVATE):
        return False
    if f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "") or environ.get("SCRIPT_NAME"):
        return False
    return _is_our_name(environ.get("HTTP_HOST", "")) and _is_our_scheme(environ)


def in_one_form(asked: Asked) -> Asked | None:
    """Return what is asked for with the parameters that its view reads alone; None where its answer is never kept."""
    read = _parameters(_match(asked.path))
    if read is None:
        return None
    pairs = [pair for pair in parse_qsl(asked.query, keep_blank_values=True) if pair[0] in read]
    is_past = any(name in NEVER_KEPT for name, _value in pairs)
    return None if is_past else Asked(path=asked.path, query=urlencode(pairs))


def _parameters(match: ResolverMatch | None) -> frozenset[str] | None:
    """Return the parameters that the view reads; None where its answers are never kept."""
    if match is None or match.namespaces or match.kwargs.get("file") == EXPORT:
        return None
    return VIEWS.get(match.url_name or "")


def _match(given: str) -> ResolverMatch | None:
    """Return the view at a path; a server gives its bytes as if they were Latin-1 (PEP 3333)."""
    try:
        path = given.encode("latin-1").decode()
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            return resolve(path)
    except (Resolver404, UnicodeError):
        return None


def _is_our_name(host: str) -> bool:
    """Say whether the site answers under this name; the few that are right are remembered."""
    if host in _known_hosts:
        return True
    domain, _port = split_domain_port(host)
    is_ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
    if is_ours and len(_known_hosts) < MOST_HOSTS:
        _known_hosts.add(host)
    return is_ours


def _is_our_scheme(environ: dict[str, Any]) -> bool:
    """Say whether the request came as it should; Django redirects what did not."""
    if not settings.SECURE_SSL_REDIRECT:
        return True
    name, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    return environ.get(name) == value or environ["wsgi.url_scheme"] == "https"
