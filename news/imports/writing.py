"""Writing what was decided: one step in one transaction, with its rows in the record, the log, search and the batch.

New editions go in as they are to stay. Their tags come first: the trigger that keeps an approved edition as it was lets
nothing be added to one that is there. Everything that the publishing verbs keep true is kept true here.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from news import bulk, workflow
from news.changes import record_changes
from news.importers.rows import Problem
from news.imports import bookkeeping, history
from news.imports.decisions import Act, Decision, NewItem, Rewriting
from news.imports.edition_rows import EditionRows
from news.imports.search_words import SearchWords
from news.models import Edition, NewsItem, Removal
from news.search.documents import refresh_documents
from record.actors import on_occasion

ITEM = ("id", "language", "slug", "created_at", "imported_at", "source", "source_id", "translation_of_id")
INSTANT = datetime.timedelta(microseconds=1)  # what one row publishes and removes begins before it ends
REMOVAL = ("item_id", "kind", "explanation", "leads_to", "removed_at", "undone_at")


class Writer:
    """Writes the steps of one run; the caller holds the publishing lock and the transaction."""

    def __init__(self, batch: int) -> None:
        """Keep the batch's number, for the record."""
        self.batch = batch
        self.words = SearchWords()

    def write(self, decisions: Sequence[Decision], *, now: datetime.datetime) -> None:
        """Write what was decided; a verb that refuses makes its row a rejected one."""
        new = [(decision, decision.work) for decision in decisions if isinstance(decision.work, NewItem)]
        known = [(decision, decision.work) for decision in decisions if isinstance(decision.work, Rewriting)]
        self._create(new, now)
        self._append([pair for pair in known if not needs_verbs(pair[1])], now)
        for decision, work in filter(lambda pair: needs_verbs(pair[1]), known):
            self.rewrite(decision, work, now)
        bookkeeping.remember(decisions)
        bookkeeping.enter(self.batch, decisions)

    def rewrite(self, decision: Decision, work: Rewriting, now: datetime.datetime) -> None:
        """Do what publishing verbs do, and all else that the row asks for; where one refuses, nothing of the row."""
        try:
            with transaction.atomic(), on_occasion(**{"import": self.batch}):
                decision.undo |= _before(work, now)
                self._append([(decision, work)], now)
                decision.undo |= _after(work, now)
        except ValidationError as error:
            decision.undo = {}
            refuse(decision, " ".join(error.messages))

    def _create(self, new: list[tuple[Decision, NewItem]], now: datetime.datetime) -> None:
        """Store new items, their editions and all that goes with them."""
        if not new:
            return
        bulk.insert(NewsItem, ITEM, [_item(decision, work, now) for decision, work in new])
        bulk.keep_clear_of(NewsItem, max(decision.item_number for decision, _work in new))
        rows = EditionRows(now)
        for decision, work in new:
            rows.add(decision.item_number, decision.language, work.original, work.versions)
        rows.insert()
        bulk.insert(Removal, REMOVAL, [row for decision, work in new for row in _removals(decision, work)])
        bookkeeping.keep_addresses((decision, work.addresses) for decision, work in new)
        self.words.put(rows.listed_or_later())
        record_changes({decision.item_number: history.moments_to_come(work.versions, now) for decision, work in new})
        history.tell_of_new(new, batch=self.batch, now=now)

    def _append(self, known: list[tuple[Decision, Rewriting]], now: datetime.datetime) -> None:
        """Store the editions that follow those that are here."""
        bookkeeping.keep_addresses((decision, work.addresses) for decision, work in known)
        for decision, work in known:
            decision.undo |= work.plain()
        growing = [(decision, work) for decision, work in known if work.following]
        if growing:
            self._append_editions(growing, now)

    def _append_editions(self, growing: list[tuple[Decision, Rewriting]], now: datetime.datetime) -> None:
        bulk.update(Edition, "visible_until", filter(None, (_end(work) for _decision, work in growing)))
        rows = EditionRows(now)
        for _decision, work in growing:
            item = work.item
            rows.add(item.pk, item.language, item.translation_of_id or 0, work.following)
        rows.insert()
        refresh_documents([work.item.pk for _decision, work in growing], now=now)
        record_changes({work.item.pk: history.moments(work.following) for _decision, work in growing})
        history.tell_of_editions(growing, batch=self.batch, now=now)


def needs_verbs(work: Rewriting) -> bool:
    """Say whether a publishing verb writes some of it, which may refuse."""
    return bool(work.restores or work.draft or work.publishes or work.removal)


def refuse(decision: Decision, text: str) -> None:
    """Make a decision one that nothing is written of."""
    if decision.act == Act.CREATE:
        decision.item_number = 0
    decision.act, decision.work = Act.REJECTED, None
    decision.changes, decision.conflicts, decision.outcome, decision.lacks = {}, {}, "", ()
    decision.problems = (*decision.problems, Problem(place=decision.place, text=text))


def _before(work: Rewriting, now: datetime.datetime) -> dict[str, Any]:
    """Do what comes before new editions; return what undoing has to know."""
    undo: dict[str, Any] = {}
    if work.restores:
        workflow.restore(work.item, by=None, now=now)
        undo["restored"] = True
    draft = work.newest
    if work.draft is not None:
        undo["draft"] = workflow.content_of(draft).plain()
        draft = workflow.save_draft(draft, work.draft, by=None)
    if work.publishes is not None:
        workflow.approve(draft, visible_from=work.publishes, from_archive=True, now=now, by=None)
        undo["approved"] = draft.number
    return undo


def _after(work: Rewriting, now: datetime.datetime) -> dict[str, Any]:
    """Do what comes after new editions."""
    if work.removal is None:
        return {}
    workflow.remove(work.item, work.removal, by=None, now=now + INSTANT)
    return {"removed": True}


def _end(work: Rewriting) -> tuple[datetime.datetime, int] | None:
    """Return when the newest edition ends, and its number: where the one that follows begins, if that is before."""
    newest, moment = work.newest, work.following[0].visible_from
    if moment and newest.visible_from and (newest.visible_until is None or newest.visible_until > moment):
        return moment, newest.pk
    return None


def _item(decision: Decision, work: NewItem, now: datetime.datetime) -> tuple[Any, ...]:
    row = work.row
    return (
        decision.item_number,
        row.language,
        decision.slug,
        now,
        now,
        row.source,
        row.source_id,
        work.original or None,
    )


def _removals(decision: Decision, work: NewItem) -> list[tuple[Any, ...]]:
    return [
        (decision.item_number, one.kind, one.explanation, one.leads_to, one.removed_at, one.undone_at)
        for one in work.removals
    ]
