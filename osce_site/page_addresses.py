"""The addresses of the page that is being shown: the one that counts, and those of the same page in other languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from news.start_pages import start_pages

PREFIXES = {code: f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
FILES = "/files/"  # where library/urls.py begins


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """A version of the page, or the site's own page that stands for it, in one language."""

    code: str
    name: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAddresses:
    """Where the page stands; `versions` are its true translations, `languages` what the switch offers."""

    path: str
    canonical: str = ""
    languages: list[LanguageLink] = field(default_factory=list)
    versions: list[LanguageLink] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, context: Mapping[Any, Any]) -> Self:
        """Read what the view says of its addresses, and take the request's path for what it doesn't say.

        Args:
            request: its path is the page's own, in the language of its prefix.
            context: may hold `canonical_query` ("?page=2": the parameters that count), `canonical_path` (of the page
                that this one is another form of), `page_language`, `page_languages` and `page_versions`, both as
                lists of (code, name, address).
        """
        query = context.get("canonical_query", "")
        current = context.get("page_language") or get_language() or settings.LANGUAGE_CODE
        offered = context.get("page_languages") or _offered(request.path, query)
        versions = context.get("page_versions", offered)
        return cls(
            path=request.path,
            canonical=settings.SITE_URL + context.get("canonical_path", request.path) + query,
            languages=_links(offered, current),
            versions=_links(versions, current),
        )


def _offered(path: str, query: str) -> Sequence[tuple[str, str, str]]:
    """Return the page in each language; files are the same in all, so the site's start pages stand for them."""
    if path.startswith(FILES):
        return start_pages()
    return [(code, name, in_language(path, code) + query) for code, name in settings.LANGUAGES]


def _links(rows: Sequence[tuple[str, str, str]], current: str) -> list[LanguageLink]:
    return [
        LanguageLink(code=code, name=name, address=address, is_current=code == current) for code, name, address in rows
    ]


def without_language(path: str) -> str:
    """Return the path as it is in the language without a prefix."""
    for prefix in PREFIXES.values():
        if path.startswith(prefix):
            return path[len(prefix) - 1 :]
    return path


def in_language(path: str, code: str) -> str:
    """Return the path of the same page in another language of the interface: only the prefix differs."""
    bare = without_language(path)
    return PREFIXES[code] + bare[1:] if code in PREFIXES else bare
