"""Feeds of any list: RSS 2.0, Atom 1.0 and JSON Feed 1.1, page for page, the newest first.

An entry's id is made of its item's number and never changes; its `updated` moves with a major change only.
"""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from library.serving import media_type
from library.shown import Shown
from news.choices import chips
from news.facets import index
from news.freshness import fresh
from news.paging import places, refuse_beyond
from news.question import NEWEST, Question
from news.rows import Row, found_by, last_change, rows, subject_of, writable
from taxonomy.catalogue import Entry

TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
TYPE_OF_PICTURES = "image/jpeg"
TAGGED_SINCE = 2026  # the year in which the site's tag addresses were first given out (RFC 4151)
NEVER = datetime.datetime.fromtimestamp(0, tz=datetime.UTC)  # what an empty feed was updated at


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A picture or a file that a story brings; `size` is in bytes, 0 where it isn't known."""

    address: str
    type: str
    title: str
    size: int = 0
    language: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A story in a feed."""

    row: Row

    @property
    def tag(self) -> str:
        """Return the id that it keeps whatever its slug, title or edition."""
        return f"tag:{urlsplit(settings.SITE_URL).hostname},{TAGGED_SINCE}:news/{self.row.edition.item_id}"

    @property
    def address(self) -> str:
        """Return its full address."""
        return settings.SITE_URL + self.row.edition.get_absolute_url()

    @property
    def picture(self) -> Enclosed | None:
        """Return its first picture as it is shown in full, if it has one."""
        lead = Shown(self.row.edition.files).lead
        if lead is None:
            return None
        address, width, height = lead.widest("16x9")
        return Enclosed(
            address=settings.SITE_URL + address,
            type=TYPE_OF_PICTURES,
            title=writable(lead.alternative),
            credit=writable(lead.credit),
            width=width,
            height=height,
        )

    @property
    def files(self) -> list[Enclosed]:
        """Return its attachments, each at the address of the version that this edition has."""
        return [
            Enclosed(
                address=settings.SITE_URL + file.own_address,
                type=media_type(file.format),
                title=writable(file.title),
                size=file.size,
                language=file.language,
            )
            for file in Shown(self.row.edition.files).files
        ]

    @property
    def authors(self) -> list[str]:
        """Return the names of those that issued it, or of the organisation."""
        return [writable(issuer.name) for issuer in self.row.tags.issuers] or [str(settings.SITE_NAME)]

    @property
    def categories(self) -> list[str]:
        """Return its kind, countries and fields of work."""
        subjects: list[Entry] = [*self.row.tags.countries, *self.row.tags.topics]
        return [str(self.row.edition.get_kind_display()), *(writable(subject.name) for subject in subjects)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of a list as a feed; addresses are full, empty where there is none."""

    title: str
    language: str
    address: str
    page: str
    next: str
    entries: list[FeedEntry]

    @property
    def hub(self) -> str:
        """Return the address of the WebSub hub that spreads it."""
        return settings.WEBSUB_HUB

    @property
    def updated_at(self) -> datetime.datetime:
        """Return the moment of the newest major change in it."""
        return max((entry.row.updated_at for entry in self.entries), default=NEVER)


def feed(request: HttpRequest, question: Question, *, form: str, page: str) -> HttpResponse:
    """Answer with the feed of a question; 304 where the asker holds it already.

    Args:
        request: its path is the feed's.
        question: what is asked, as the feed's address holds it.
        form: one of `TYPES`.
        page: the path of the list that it is the feed of.

    Raises:
        Http404: the list has no such page.
    """
    changed_at = last_change()  # before what it is the date of
    made = _feed(request, question, page)
    if form == "json":
        answer: HttpResponse = JsonResponse(_json_feed(made), json_dumps_params={"ensure_ascii": False})
    else:
        answer = HttpResponse(render_to_string(f"news/feed.{form}", {"feed": made}))
    answer.headers["Content-Type"] = f"{TYPES[form]}; charset=utf-8"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Link"] = ", ".join(
        f'<{address}>; rel="{relation}"' for relation, address in (("self", made.address), ("hub", made.hub)) if address
    )
    return fresh(request, answer, changed_at=changed_at)


def title_of(question: Question) -> str:
    """Return what the list holds: its subject, its words, and what is chosen."""
    subject = subject_of(question)
    parts = [subject.name if subject else _("News"), f"“{question.words}”" if question.words else ""]
    parts += [chip.label for chip in chips(question)]
    return writable(", ".join(part for part in parts if part))


def _feed(request: HttpRequest, question: Question, page: str) -> Feed:
    numbers, goes_on = _numbers(question)
    own = settings.SITE_URL + request.path
    return Feed(
        title=f"{settings.SITE_SHORT_NAME}: {title_of(question)}",
        language=question.page_language,
        address=own + question.query(),
        page=settings.SITE_URL + page,
        next=own + question.query(page=question.page + 1) if goes_on else "",
        entries=[FeedEntry(row=row) for row in rows(numbers, with_tongues=False)],
    )


def _numbers(question: Question) -> tuple[list[int], bool]:
    """Return the page's editions, the newest first whatever the words find best, and whether the list goes on."""
    found, current = found_by(question), index()
    start, stop = places(question)
    with current.lock:
        listed = current.listed(question, match=found.match if found else None)
        refuse_beyond(question, len(listed))
        return current.page(listed, start, stop, sort=NEWEST), len(listed) > stop


def _json_feed(made: Feed) -> dict[str, Any]:
    written: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": made.title,
        "home_page_url": made.page,
        "feed_url": made.address,
        "language": made.language,
        "items": [_json_item(entry) for entry in made.entries],
    }
    written |= {"next_url": made.next} if made.next else {}
    return written | ({"hubs": [{"type": "WebSub", "url": made.hub}]} if made.hub else {})


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": entry.tag,
        "url": entry.address,
        "title": entry.row.title,
        "content_text": entry.row.summary or entry.row.title,
        "summary": entry.row.summary,
        "date_published": entry.row.edition.issued_at.isoformat(),  # type: ignore[union-attr]  # listed: it has one
        "date_modified": entry.row.updated_at.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": entry.categories,
        "language": entry.row.edition.language,
    }
    written |= {"image": entry.picture.address} if entry.picture else {}
    files = [_json_attachment(file) for file in entry.files]
    return written | ({"attachments": files} if files else {})


def _json_attachment(file: Enclosed) -> dict[str, Any]:
    written: dict[str, Any] = {"url": file.address, "mime_type": file.type, "title": file.title}
    return written | ({"size_in_bytes": file.size} if file.size else {})
