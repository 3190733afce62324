"""The verbs that make an edition public: approve, now or from a moment on, with second eyes or by force; take back."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.changes import record_change
from news.models import Edition, ForcedApproval
from news.notices import tell
from news.search.documents import refresh_documents
from news.workflow.card import ask_for_card, drop_card
from news.workflow.content import content_of, missing
from news.workflow.held import take_words_anew
from news.workflow.transitions import State, WorkflowError, acting_on, refuse_removed
from record.acts import record_act

TOO_LATE = datetime.timedelta(seconds=5)  # before its moment; a transaction takes up to a second, and clocks differ


def approve(
    edition: Edition,
    *,
    by: Any,
    visible_from: datetime.datetime | None = None,
    from_archive: bool = False,
    now: datetime.datetime | None = None,
) -> Edition:
    """Approve a submitted edition: it is visible from a moment on, and the edition before it until then.

    Args:
        edition: the edition; what it stores is read again under the lock.
        by: the user who approves; None for an import, which may approve what nobody has submitted.
        visible_from: the moment, by default now.
        from_archive: allow a past moment, for an import of what was published elsewhere.
        now: the moment of the act, for tests.

    Raises:
        WorkflowError: it is not submitted, the user had a hand in it, something is missing, the moment lies in the
            past, or another edition is scheduled.
        PermissionDenied: the user may not approve it.
    """
    now = now or timezone.now()
    with acting_on(edition, "approve" if by else "force", by) as stored:
        _publish(stored, by=by, moment=visible_from or now, now=now, from_archive=from_archive)
        _tell("approve", stored, by=by)
    return stored


def force(
    edition: Edition,
    *,
    by: Any,
    reason: str,
    visible_from: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> Edition:
    """Approve an edition without second eyes; it stays flagged until somebody else has reviewed it.

    Raises:
        WorkflowError: there is no reason, or what `approve` refuses.
        PermissionDenied: the user may not do this.
    """
    now = now or timezone.now()
    with acting_on(edition, "force", by) as stored:
        if not reason.strip():
            raise WorkflowError(_("Say why it cannot wait for someone else’s eyes."), code="no_reason")
        _publish(stored, by=by, moment=visible_from or now, now=now, reason=reason.strip())
        ForcedApproval.objects.create(edition=stored, reason=reason.strip(), forced_by=by, forced_at=now)
        _tell("force", stored, by=by, words=reason.strip())
        _tell("forced", stored, by=by, words=reason.strip())
    return stored


def review(edition: Edition, *, by: Any, now: datetime.datetime | None = None) -> None:
    """Take note that somebody else has looked at what was approved by force.

    Raises:
        WorkflowError: nothing waits for a review, or the user forced it.
        PermissionDenied: the user may not do this.
    """
    with acting_on(edition, "review", by) as stored:
        waiting = ForcedApproval.objects.filter(edition=stored, reviewed_at__isnull=True)
        if not waiting.update(reviewed_by=by, reviewed_at=now or timezone.now()):
            raise WorkflowError(_("Edition %(number)s waits for no review."), params={"number": stored.number})
        record_act("review", stored, concerns=stored.item)


def unschedule(edition: Edition, *, by: Any, now: datetime.datetime | None = None) -> Edition:
    """Take an approved edition back to a draft before its moment; the public one stays.

    Raises:
        WorkflowError: its moment has come or is seconds away, or another draft is open.
        PermissionDenied: the user may not do this.
    """
    now = now or timezone.now()
    with acting_on(edition, "unschedule", by) as stored:
        moment = stored.visible_from
        if moment is None or moment <= now + TOO_LATE:
            raise WorkflowError(_("It is too late: edition %(number)s is public."), params={"number": stored.number})
        if stored.item.editions.open_drafts().exists():
            raise WorkflowError(_("This item has an open draft already. Finish or discard that one first."))
        ForcedApproval.objects.filter(edition=stored).delete()
        # Around the model, which lets nothing of an approved edition change; the trigger allows exactly this.
        Edition.objects.filter(pk=stored.pk).update(state=State.DRAFT, visible_from=None)
        stored.state, stored.visible_from = State.DRAFT, None
        stored.item.editions.filter(visible_until=moment).update(visible_until=None)
        refresh_documents([stored.item_id], now=now)
        record_change(f"news item {stored.item_id}", old=stored, matters_at=[moment])
        was = {"state": State.APPROVED, "visible_from": _text(moment)}
        drop_card(stored)
        record_act("unschedule", stored, before=was, after={"state": State.DRAFT}, concerns=stored.item)
        tell("unschedule", stored, by=by)
    return stored


def make_visible(edition: Edition, previous: Edition | None, *, moment: datetime.datetime) -> None:
    """Let the one interval end where the other begins, and write it into the log; the caller holds the lock."""
    if previous is not None and (previous.visible_until is None or previous.visible_until > moment):
        previous.visible_until = moment
        previous.save(update_fields=["visible_until"])
    take_words_anew(edition, content_of(edition))
    edition.state = State.APPROVED
    edition.visible_from = moment
    edition.remark = ""
    edition.save()
    ask_for_card(edition)
    refresh_documents([edition.item_id])
    record_change(f"news item {edition.item_id}", old=previous, new=edition, matters_at=[moment])


def latest_approved(edition: Edition) -> Edition | None:
    """Return the item's approved edition with the latest moment."""
    return edition.item.editions.filter(visible_from__isnull=False).order_by("-visible_from").first()


def _publish(
    edition: Edition,
    *,
    by: Any,
    moment: datetime.datetime,
    now: datetime.datetime,
    from_archive: bool = False,
    reason: str = "",
) -> None:
    """Check what speaks against it, make it visible from the moment on, and write both logs."""
    refuse_removed(edition.item)
    previous = latest_approved(edition)
    _refuse_approval(edition, previous, by=by, moment=moment, now=now, from_archive=from_archive)
    was = {"state": edition.state, "visible_from": None}
    make_visible(edition, previous, moment=moment)
    became = {"state": State.APPROVED, "visible_from": _text(moment)}
    record_act(
        "force" if reason else "approve", edition, before=was, after=became, reason=reason, concerns=edition.item
    )


def _tell(act: str, edition: Edition, *, by: Any, words: str = "") -> None:
    """Tell of an approval, and of a later moment as such."""
    is_later = edition.visible_from is not None and edition.visible_from > timezone.now()
    tell("schedule" if act == "approve" and is_later else act, edition, by=by, words=words)


def _text(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat()


def _refuse_approval(
    edition: Edition,
    previous: Edition | None,
    *,
    by: Any,
    moment: datetime.datetime,
    now: datetime.datetime,
    from_archive: bool,
) -> None:
    """Raise what speaks against an approval, everything at once."""
    lacks = missing(edition, is_import=by is None)
    refusals = {
        _("Before it can be approved, it needs: %(what)s.") % {"what": ", ".join(lacks)}: lacks,
        _("The moment from which it is visible lies in the past."): moment < now and not from_archive,
        _("The date of issue lies after the moment from which it is visible."): (edition.issued_at or moment) > moment,
    } | _against_previous(previous, moment=moment, now=now)
    if problems := [text for text, applies in refusals.items() if applies]:
        raise WorkflowError(problems)


def _against_previous(
    previous: Edition | None, *, moment: datetime.datetime, now: datetime.datetime
) -> dict[str, bool]:
    """Say what the edition before has against the moment."""
    if previous is None or previous.visible_from is None:
        return {}
    number = {"number": previous.number}
    return {
        _("Edition %(number)s is scheduled already.") % number: previous.visible_from > now,
        _("Edition %(number)s was visible later than that.") % number: previous.visible_from >= moment,
    }
