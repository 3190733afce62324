"""What a plan does in the place of writing: it tries what a publishing verb might refuse, and undoes it at once.

Rows of one file may build on each other, so it also notes what would be there by now.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from news.changes import publishing
from news.imports.decisions import Decision, NewItem, Rewriting
from news.imports.seen import SeenRows
from news.imports.writing import Writer

ANY_PAGE = "/news/"  # in the place of an item that is not there yet


def rehearse(decisions: Sequence[Decision], seen: SeenRows, *, now: datetime.datetime) -> None:
    """Refuse the rows that would be refused, and note what the others would have written."""
    new = [(decision, decision.work) for decision in decisions if isinstance(decision.work, NewItem)]
    for decision, work in new:
        seen.plan_item(work.row, decision.item_number, work.original)
        seen.plan_addresses(work.addresses, decision.item_number)
    for decision in decisions:
        if isinstance(decision.work, Rewriting):
            _rehearse_rewriting(decision, decision.work, seen, now)


def _rehearse_rewriting(decision: Decision, work: Rewriting, seen: SeenRows, now: datetime.datetime) -> None:
    if work.publishes or work.removal:
        _try(decision, work, seen, now)
    if decision.work:
        seen.plan_addresses(work.addresses, decision.item_number)


def _try(decision: Decision, work: Rewriting, seen: SeenRows, now: datetime.datetime) -> None:
    """Do it, and take it back."""
    with publishing():
        Writer(0).rewrite(decision, _possible(work, seen), now)
        decision.undo = {}
        transaction.set_rollback(True)


def _possible(work: Rewriting, seen: SeenRows) -> Rewriting:
    """Return the work without what counts on items that are not there yet."""
    following = [replace(version, content=replace(version.content, related=())) for version in work.following]
    draft = work.draft and replace(work.draft, related=())
    removal = work.removal
    if removal and removal.leads_to.isdecimal() and seen.planned_number(int(removal.leads_to)):
        removal = replace(removal, leads_to=ANY_PAGE)
    return replace(work, following=following, draft=draft, removal=removal)
