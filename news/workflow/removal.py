"""The verbs that take an item away, each kind with what stays, and that undo it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.changes import publishing, record_change
from news.destinations import read_destination, refuse_circle
from news.models import Edition, NewsItem, Removal
from news.notices import tell
from news.search.documents import refresh_documents
from news.workflow.approval import latest_approved, make_visible
from news.workflow.drafts import copy_of
from news.workflow.transitions import WorkflowError, is_ahead, newest_edition, permit, refuse_removed
from record.acts import record_act

Kind = Removal.Kind


@dataclass(frozen=True, kw_only=True)
class RemovalWish:
    """How an item is to be removed.

    Attributes:
        kind: published in error, consolidated, or withdrawn.
        reason: for colleagues, kept in the record.
        explanation: for readers, shown where the text stood; a withdrawal needs one.
        leads_to: the address of a page of this site, or an item's number; what is consolidated needs it, what was
            published in error may have it.
    """

    kind: str
    reason: str
    explanation: str = ""
    leads_to: str = ""


def remove(item: NewsItem, wish: RemovalWish, *, by: Any, now: datetime.datetime | None = None) -> Removal:
    """Remove a public item.

    Args:
        item: the item, public now.
        wish: how it is to be removed.
        by: the user; None for an import that is undone.
        now: the moment of the act, for tests.

    Raises:
        WorkflowError: the item is not public, a draft is open, an edition is scheduled, a part is missing, or the
            destination is no public page or leads back; everything at once, by field.
        PermissionDenied: the user may not remove it.
    """
    now = now or timezone.now()
    with publishing():
        newest = newest_edition(item)
        permit("remove", newest, by)
        current = _refuse_standing(item, newest, now)
        removal = Removal(item=item, kind=wish.kind, explanation=wish.explanation.strip(), removed_at=now)
        removal.leads_to = _check(item, wish)
        removal.save()
        _TAKE_AWAY[Kind(removal.kind)](current, now)
        refresh_documents([item.pk], now=now)
        record_change(f"news item {item.pk}", old=current, matters_at=[now])
        after = {name: getattr(removal, name) for name in ("kind", "explanation", "leads_to")}
        record_act("remove", removal, after=after, reason=wish.reason.strip(), concerns=item)
        tell("remove", current, by=by, words=wish.reason.strip())
    return removal


def restore(item: NewsItem, *, by: Any, now: datetime.datetime | None = None) -> Edition:
    """Undo the removal that stands: an error is forgotten, anything else is followed by a minor edition.

    Returns:
        The edition that readers see from now on.

    Raises:
        WorkflowError: no removal stands.
        PermissionDenied: the user may not undo it.
    """
    now = now or timezone.now()
    with publishing():
        newest = newest_edition(item)
        permit("restore", newest, by)
        removal = item.removals.standing().first()
        if removal is None or newest is None:
            raise WorkflowError(_("This item is not removed."), code="not_removed")
        removal.undone_at = now
        removal.save(update_fields=["undone_at"])
        shown = _forgive(newest, now) if removal.kind == Kind.ERROR else _approve_anew(newest, now)
        refresh_documents([item.pk], now=now)
        record_act("restore", removal, before={"kind": removal.kind}, after={"edition": shown.number}, concerns=item)
        tell("restore", shown, by=by)
    return shown


def removable_edition(item: NewsItem) -> Edition:
    """Return the public edition that a removal would concern.

    Raises:
        WorkflowError: something has to be done first, or nothing is public.
    """
    return _refuse_standing(item, newest_edition(item), timezone.now())


def _refuse_standing(item: NewsItem, newest: Edition | None, now: datetime.datetime) -> Edition:
    """Return the public edition, or say what has to be done first."""
    refuse_removed(item)
    if newest is not None and newest.is_open:
        raise WorkflowError(
            _("Edition %(number)s is open. Publish or discard it before you remove the item."),
            params={"number": newest.number},
            code="open_draft",
        )
    if newest is not None and is_ahead(newest):
        raise WorkflowError(
            _("Edition %(number)s is scheduled. Take it back before you remove the item."),
            params={"number": newest.number},
            code="scheduled",
        )
    current = item.editions.visible(at=now).select_related("item").first()
    if current is None:
        raise WorkflowError(_("This item is not public, so there is nothing to remove."), code="not_public")
    return current


def _check(item: NewsItem, wish: RemovalWish) -> str:
    """Return the destination as it is kept; raise everything that is missing or wrong, by field."""
    lacks = {
        "kind": (_("Choose why the item is removed."), wish.kind not in Kind.values),
        "reason": (_("Say to colleagues why it is removed."), not wish.reason.strip()),
        "explanation": (
            _("Tell readers why the text was withdrawn."),
            wish.kind == Kind.WITHDRAWN and not wish.explanation.strip(),
        ),
        "leads_to": (
            _("Say where its readers are to be led."),
            wish.kind == Kind.CONSOLIDATED and not wish.leads_to.strip(),
        ),
    }
    problems: dict[str, Any] = {field: text for field, (text, is_missing) in lacks.items() if is_missing}
    destination = ""
    if wish.leads_to.strip():
        try:
            destination = _destination(item, wish)
        except ValidationError as error:
            problems["leads_to"] = error
    if problems:
        raise WorkflowError(problems)
    return destination


def _destination(item: NewsItem, wish: RemovalWish) -> str:
    if wish.kind == Kind.WITHDRAWN:
        raise ValidationError(_("What is withdrawn stays readable, so it leads nowhere else."))
    destination = read_destination(wish.leads_to)
    refuse_circle(item, destination)
    return destination


def _retract(current: Edition, _now: datetime.datetime) -> None:
    """Take every edition that was ever approved from every page, past moments included."""
    current.item.editions.filter(visible_from__isnull=False).update(is_retracted=True)


def _end(current: Edition, now: datetime.datetime) -> None:
    """Let the public edition end; the record stays readable."""
    current.visible_until = now
    current.save(update_fields=["visible_until"])


def _unlist(current: Edition, now: datetime.datetime) -> None:
    """Take the public edition from lists and feeds; its page stays."""
    current.listed_until = now
    current.save(update_fields=["listed_until"])


_TAKE_AWAY = {Kind.ERROR: _retract, Kind.CONSOLIDATED: _end, Kind.WITHDRAWN: _unlist}


def _forgive(newest: Edition, now: datetime.datetime) -> Edition:
    """Show again what was taken for an error."""
    newest.item.editions.filter(is_retracted=True).update(is_retracted=False)
    newest.is_retracted = False
    record_change(f"news item {newest.item_id}", new=newest, matters_at=[now])
    return newest


def _approve_anew(newest: Edition, now: datetime.datetime) -> Edition:
    """Approve a minor edition with the content of the last one."""
    edition = copy_of(newest, renders=newest.renders, is_minor=True)
    make_visible(edition, latest_approved(edition), moment=now)
    after = {"number": edition.number, "state": edition.state, "visible_from": now}
    record_act("approve", edition, after=after, concerns=edition.item)
    return edition
