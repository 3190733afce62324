"""The table of the publishing acts on an edition: from which states, to which one; `news.access` says by whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news import access
from news.changes import publishing
from news.models import Contribution, Edition, NewsItem

State = Edition.State


class WorkflowError(ValidationError):
    """An act that the rules refuse; its messages are for the person who tried."""


@dataclass(frozen=True)
class Transition:
    """One act: the states from which it may be done, and the state that it leads to, None where that stays."""

    sources: frozenset[str]
    target: str | None = None


OPEN = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED})
TRANSITIONS = {
    "write": Transition(OPEN),  # what was returned is a draft again; a correction of what was submitted stays so
    "submit": Transition(frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED),
    "return": Transition(frozenset({State.SUBMITTED}), State.RETURNED),
    "approve": Transition(frozenset({State.SUBMITTED}), State.APPROVED),
    "force": Transition(OPEN, State.APPROVED),
    "unschedule": Transition(frozenset({State.APPROVED}), State.DRAFT),
    "review": Transition(frozenset({State.APPROVED})),
    "discard": Transition(OPEN),
}

# How the record shows what was done; "create" has its word there.
VERBS = {
    "write": _("written"),
    "open": _("opened"),
    "submit": _("submitted"),
    "return": _("returned"),
    "approve": _("approved"),
    "force": _("approved without second eyes"),
    "review": _("reviewed"),
    "unschedule": _("taken back before its moment"),
    "discard": _("discarded"),
    "remove": _("removed"),
    "restore": _("removal undone"),
    "ship": _("came with the site"),
}


def permit(act: str, edition: Edition | None, by: Any) -> None:
    """Refuse the act to whom it is not given; `by` is a user, or None for an import, which asks for its own right.

    Raises:
        WorkflowError: second eyes are needed, and these are the first.
        PermissionDenied: the person may not do this here.
    """
    if by is None or access.may(by, act, edition):
        return
    if act == "approve" and not access.had_no_hand(by, edition):
        raise WorkflowError(
            _("You wrote or submitted this edition. Someone else has to approve it."), code="second_eyes"
        )
    if act == "review" and not access.did_not_force(by, edition):
        raise WorkflowError(_("You approved this edition yourself. Someone else has to review it."), code="second_eyes")
    raise PermissionDenied


@contextmanager
def acting_on(edition: Edition, act: str, by: Any) -> Iterator[Edition]:
    """Hold the publishing lock, read the edition anew, and check right and state.

    Raises:
        WorkflowError: the edition is gone, in another state by now, or needs second eyes.
        PermissionDenied: the person may not do this here.
    """
    with publishing():
        stored = Edition.objects.select_related("item", "forced_approval").filter(pk=edition.pk).first()
        if stored is None:
            raise WorkflowError(_("This draft is gone: it was discarded meanwhile."), code="gone")
        permit(act, stored, by)
        if stored.state not in TRANSITIONS[act].sources:
            raise WorkflowError(_refusal_of_state(act, stored), code="state")
        yield stored


def _refusal_of_state(act: str, edition: Edition) -> str:
    """Say why the edition's state does not allow the act."""
    number = {"number": edition.number}
    if edition.state == State.APPROVED:
        return _("Edition %(number)s is approved already.") % number
    texts = {
        "approve": _("Edition %(number)s has not been submitted. Submit it first; someone else approves it then."),
        "submit": _("Edition %(number)s is submitted already."),
        "return": _("Edition %(number)s is not submitted, so there is nothing to return."),
        "unschedule": _("Edition %(number)s is not scheduled."),
        "review": _("Edition %(number)s is not approved, so there is nothing to review."),
    }
    return texts[act] % number


def note_part(edition: Edition, by: Any, part: Contribution.Part) -> None:
    """Remember that the person had this part in the edition; an import has none."""
    if by is not None:
        Contribution.objects.update_or_create(edition=edition, person=by, part=part)


def newest_edition(item: NewsItem) -> Edition | None:
    """Return the item's edition with the highest number."""
    return Edition.objects.select_related("item").filter(item=item).order_by("-number").first()


def refuse_removed(item: NewsItem) -> None:
    """Refuse to work on an item that was removed.

    Raises:
        WorkflowError: a removal stands.
    """
    removal = item.removals.standing().first()
    if removal:
        raise WorkflowError(
            _("This item is removed (%(kind)s). Undo the removal first."),
            code="removed",
            params={"kind": removal.get_kind_display()},
        )


def is_ahead(edition: Edition) -> bool:
    """Say whether the edition is approved, and its moment has not come."""
    return edition.visible_from is not None and edition.visible_from > timezone.now()
