"""Which addresses of the site the mirror holds, in which file each stands, and where its links lead instead.

A file server knows no parameters: `/news/?page=2` stands at `/news/page/2/`. What only the site itself can answer
(search, combined filters, past moments) leads to one page that says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language_from_path, override

from news.files import EXPORT

PAGES = 5  # of each list, unless the operator says otherwise
LONGEST_NAME = 255  # bytes of a file's name that file systems allow
LONGEST_PATH = 1_000  # bytes
INDEX = "index.html"
NOT_FOUND = "404.html"
STATIC = "/static/"  # where the mirror keeps static files, as the site does (STATIC_URL)
NO_PLACE = re.compile(r"[\x00-\x1f\x7f?#\\]|//|/\.\.?(?=/|$)")
NARROWING = frozenset({"kind", "institution", "country", "topic", "language"})
LISTS = frozenset({"news_list", "country", "institution", "topic"})
OTHERS: Mapping[str, frozenset[str]] = {
    "countries": frozenset({"status"}),
    "comparison": frozenset({"from", "to"}),
    "local_comparison": frozenset({"from", "to"}),
}
# What a file server cannot answer, and the cards, of which only other networks' machines know.
NEVER = frozenset({"search", "search_file", "search_suggestions", "chosen_country", "card"})
SITEMAPS = frozenset({"sitemap_index", "sitemap_of_pages", "sitemap_of_latest_news", "sitemap_of_news"})
FILES = "/files/"


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the site: its path as people read it, without percent signs, and its parameters in their order."""

    path: str
    pairs: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the address that a text such as `/news/?page=2` names."""
        path, _mark, query = text.partition("?")
        return cls(path, tuple(parse_qsl(query, keep_blank_values=True)))

    def __str__(self) -> str:
        """Return the address as the state keeps it."""
        return f"{self.path}?{self.query}" if self.pairs else self.path

    @property
    def query(self) -> str:
        """Return the parameters as the site writes them."""
        return "&".join(f"{name}={quote(value, safe=':')}" for name, value in self.pairs)

    @property
    def mirrored_path(self) -> str:
        """Return the path at which a file server has it."""
        way = "".join(f"{name}/{value}/" for name, value in self.pairs)
        return f"{self.path}{way}"

    @property
    def file(self) -> str:
        """Return the name of its file, relative to the root of the mirror."""
        return self.mirrored_path[1:] + (INDEX if self.path.endswith("/") else "")

    @property
    def link(self) -> str:
        """Return what a page of the mirror writes to lead there."""
        return quote(self.mirrored_path, safe="/:@!&'()*+,;=~")


def not_here(path: str) -> Address:
    """Return the page that says what the mirror doesn't have, in the language of a path."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    return Address("/search/" if language == settings.LANGUAGE_CODE else f"/{language}/search/")


def is_not_here(address: Address) -> bool:
    """Say whether it is the address of such a page."""
    return address == not_here(address.path)


@dataclass(frozen=True, slots=True)
class Led:
    """What becomes of a link.

    Attributes:
        link: what the mirror's page says instead.
        address: what the mirror has to hold for it; empty where nothing.
    """

    link: str
    address: str = ""


@lru_cache(maxsize=50_000)
def led(link: str, *, pages: int) -> Led:
    """Return what becomes of a link on a page of the mirror; what leads elsewhere stays as it is.

    Args:
        link: as the page has it, without entities.
        pages: how many pages of each list the mirror holds.
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(STATIC):
        return Led(link)
    path = unquote(parts.path)
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    asked = Address(path, tuple(parse_qsl(parts.query, keep_blank_values=True)))
    held = held_at(asked, pages=pages)
    if held is None:
        return Led(not_here(path).link, str(not_here(path)))
    return Led((held.link if held.pairs else parts.path) + fragment, str(held))


def held_at(asked: Address, *, pages: int) -> Address | None:
    """Return the address under which the mirror holds what is asked for, if it does; whether it is there, nobody asks.

    Where a path has neither a slash nor an ending, the one with the slash answers.
    """
    path = asked.path
    if NO_PLACE.search(path) or not _fits(asked):
        return None
    if not path.endswith("/") and "." not in path.rpartition("/")[2]:
        path += "/"
    if _is_machinery(path) or not _is_offered(name_of(path), asked.pairs, pages):
        return None
    return Address(path, asked.pairs)


def _is_machinery(path: str) -> bool:
    """Say whether only the site itself can answer there."""
    match = match_of(path)
    if match is None:
        return False
    return bool(match.namespaces) or match.kwargs.get("file") == EXPORT or match.url_name in NEVER


@lru_cache(maxsize=50_000)
def match_of(path: str) -> ResolverMatch | None:
    """Return the view that answers at a path."""
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            return resolve(path)
    except Resolver404:
        return None


def name_of(path: str) -> str:
    """Return the name of the view that answers at a path, empty where none does."""
    match = match_of(path)
    return (match.url_name or "") if match else ""


def _is_offered(name: str, pairs: tuple[tuple[str, str], ...], pages: int) -> bool:
    """Say whether the mirror holds the view's answer to these parameters."""
    given = dict(pairs)
    if len(given) != len(pairs):
        return False
    if name not in LISTS:
        return set(given) in (set(), OTHERS.get(name, frozenset()))
    page = given.pop("page", "1")
    return len(given) <= 1 and set(given) <= NARROWING and page.isdecimal() and int(page) <= pages


def _fits(asked: Address) -> bool:
    """Say whether a file system takes the name, which no parameter may lead out of its folder."""
    if any(not value or "/" in value or NO_PLACE.search(f"/{value}") for _name, value in asked.pairs):
        return False
    name = asked.file.encode()
    return len(name) <= LONGEST_PATH and all(
        len(part.encode()) <= LONGEST_NAME for part in PurePosixPath(asked.file).parts
    )
