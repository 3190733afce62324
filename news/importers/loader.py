"""Writes what the readers read: one row, one transaction, and never over an editor's change.

What the last import of an item said and what it stored are kept as two digests on the item: the first tells whether
the file has changed since, the second whether somebody has changed the draft.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from news import access, workflow
from news.changes import publishing
from news.importers.rows import NewsRow, ReadingError, Value
from news.importers.written_dates import VIENNA, moment_of
from news.models import Edition, NewsItem
from news.workflow import Content
from taxonomy.names import NameIndex, country_names, institution_names, topic_names

SOURCE = "page text"
DIGEST_LENGTH = 32  # letters of each of the two digests


class Act(StrEnum):
    """What became of a row."""

    CREATED = "created draft"
    UPDATED = "updated draft"
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    NEW_EDITION = "opened a new edition as draft"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict: kept"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a row, with what a person should know besides."""

    act: Act
    edition: Edition
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the person who imports asks for: a date of issue for rows without one, and publishing.

    `on_behalf_of` is the user who is bound to his institutions; None where an operator imports at the machine.
    """

    issued_at: datetime.datetime | None = None
    publish: bool = False
    on_behalf_of: Any = None


class Loader:
    """Stores rows; the names of institutions, countries and fields of work are read once for all of them."""

    def __init__(self, *, now: Callable[[], datetime.datetime] = timezone.now) -> None:
        """Read the names. `now` is the clock."""
        self.now = now
        self.names: dict[str, NameIndex] = {
            "issued_by": institution_names(),
            "countries": country_names(),
            "topics": topic_names(),
        }

    def load(self, row: NewsRow, wish: Wish) -> Outcome:
        """Store the row as the wish asks.

        Raises:
            ReadingError: the row names something that the site does not know, or is not the user's to import; nothing
                is stored.
        """
        content = self._content(row, wish)
        said = _digest([row.kind, row.title, row.summary, row.dateline, row.issued_on, row.body, content.tags()])
        with publishing():
            item = NewsItem.objects.filter(source=SOURCE, source_id=source_id(row), language=row.language).first()
            _refuse_foreign(row, content, item, wish.on_behalf_of)
            outcome = self._create(row, content, said) if item is None else self._meet(item, content, said)
            return self._publish(outcome) if wish.publish else outcome

    def _content(self, row: NewsRow, wish: Wish) -> Content:
        """Return what the edition is to hold, its names resolved."""
        issued_at = moment_of(row.issued_on) if row.issued_on else wish.issued_at
        dateline, body = row.dateline, row.body
        # Taken out of the text only where no date is lost with it.
        if row.opening and issued_at and row.opening.written_on == issued_at.astimezone(VIENNA).date():
            dateline, body = row.dateline or row.opening.dateline, (row.opening.rest, *row.body[1:])
        return Content(
            title=row.title,
            kind=row.kind,
            summary=row.summary,
            dateline=dateline,
            body=body_html(body),
            issued_at=issued_at,
            issued_by=self._resolve("issued_by", row.issued_by),
            countries=self._resolve("countries", row.countries),
            topics=self._resolve("topics", row.topics),
        )

    def _resolve(self, name: str, values: Iterable[Value]) -> list[int]:
        """Return the records that the values name, each once."""
        found: dict[int, None] = {}
        for value in values:
            resolution = self.names[name].resolve(value.text)
            if resolution.found is None:
                raise ReadingError(value.place, resolution.problem)
            found[resolution.found.pk] = None
        return list(found)

    def _create(self, row: NewsRow, content: Content, said: str) -> Outcome:
        try:
            edition = workflow.create_item(
                content, language=row.language, source=SOURCE, source_id=source_id(row), imported_at=self.now(), by=None
            )
        except ValidationError as error:
            raise ReadingError(row.place, " ".join(error.messages)) from error
        return _remember(Act.CREATED, edition, said)

    def _meet(self, item: NewsItem, content: Content, said: str) -> Outcome:
        """Compare the row with what the item holds, and write what may be written."""
        newest = item.editions.order_by("-number")[0]
        before, stored = item.import_digest[:DIGEST_LENGTH], item.import_digest[DIGEST_LENGTH:]
        content = replace(content, issued_at=content.issued_at or newest.issued_at)
        if said == before and content.issued_at == newest.issued_at:
            return Outcome(act=Act.UNCHANGED, edition=newest, lacks=_lacks(newest))
        if _digest(workflow.content_of(newest)) != stored or _was_acted_upon(newest):
            return Outcome(
                act=Act.CONFLICT, edition=newest, notes=("it was changed on the site since the last import",)
            )
        if newest.is_open:
            return _remember(Act.UPDATED, workflow.save_draft(newest, content, by=None), said)
        return _remember(
            Act.NEW_EDITION, workflow.save_draft(workflow.open_edition(item, by=None), content, by=None), said
        )

    def _publish(self, outcome: Outcome) -> Outcome:
        """Approve a first edition that is complete and as the import left it; what replaces a public one waits."""
        edition = outcome.edition
        if not edition.is_open or edition.number > 1 or outcome.lacks or outcome.act == Act.CONFLICT:
            return outcome
        stored = edition.item.import_digest[DIGEST_LENGTH:]
        if _digest(workflow.content_of(edition)) != stored or _was_acted_upon(edition):
            return Outcome(act=Act.CONFLICT, edition=edition, notes=("an editor is working on it",))
        approved = workflow.approve(edition, visible_from=edition.issued_at, from_archive=True, now=self.now(), by=None)
        is_ahead = approved.visible_from is not None and approved.visible_from > self.now()
        return Outcome(act=Act.SCHEDULED if is_ahead else Act.PUBLISHED, edition=approved)


def _refuse_foreign(row: NewsRow, content: Content, item: NewsItem | None, user: Any) -> None:
    """Refuse a row that no institution issues for which the user works, or that would change an item of others."""
    if user is None or access.works_everywhere(user):
        return
    newest = workflow.newest_edition(item) if item else None
    if access.home_of(user).isdisjoint(content.issued_by) or not access.is_at_home(user, newest):
        raise ReadingError(row.place, f"expected a text of an institution that {user.get_username()} works for.")


def source_id(row: NewsRow) -> str:
    """Return what makes a page text the same item again: its language and its title."""
    return _digest([row.language, row.title])


def body_html(lines: Iterable[str]) -> str:
    """Write the lines of a page as HTML: a run of lines with a dash as a list, every other line as a paragraph."""
    parts = []
    for is_list, group in groupby(lines, lambda line: line.startswith("- ")):
        if is_list:
            parts.append("<ul>" + "".join(f"<li>{_paragraph(line[2:])}</li>" for line in group) + "</ul>")
        else:
            parts += [_paragraph(line) for line in group]
    return "".join(parts)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text.strip(), quote=False)}</p>"


def _remember(act: Act, edition: Edition, said: str) -> Outcome:
    """Keep on the item what this import said and what it stored, as the database cleaned it."""
    edition.refresh_from_db()
    item = edition.item
    item.import_digest = said + _digest(workflow.content_of(edition))
    item.save(update_fields=["import_digest"])
    return Outcome(act=act, edition=edition, lacks=_lacks(edition))


def _was_acted_upon(edition: Edition) -> bool:
    """Say whether somebody on the site has submitted, returned or removed the edition."""
    is_waiting = edition.is_open and edition.state != Edition.State.DRAFT
    return is_waiting or edition.is_retracted or edition.listed_until is not None


def _lacks(edition: Edition) -> tuple[str, ...]:
    return tuple(workflow.missing(edition)) if edition.is_open else ()


def _digest(content: Any) -> str:
    """Return a short fingerprint of content, the same on each machine and for the same moment in any zone."""
    text = json.dumps(content, default=_plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def _plain(value: Any) -> Any:
    """Return the plain form of what JSON does not know."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.fields() | value.tags()
