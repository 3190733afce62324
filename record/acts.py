"""Writing acts, each in the transaction of what it tells of: both are there, or neither is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import override

from record.actors import current_actor, current_occasion
from record.models import LONGEST_ACTOR, LONGEST_TITLE, Act
from record.plain_values import plain

ACTS_AT_ONCE = 500  # rows of one INSERT


def record_act(
    verb: str,
    record: models.Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    concerns: models.Model | None = None,
) -> None:
    """Write one act in the caller's transaction.

    Args:
        verb: a short English word: "approve", "submit", "create", "change", "delete".
        record: what was acted upon; it has its number already, or still.
        before: what it was; only what differs needs to be there.
        after: what it is now.
        reason: what the person gave as one.
        concerns: the record on whose page the act is shown too.
    """
    record_acts([act_on(verb, record, before=before, after=after, reason=reason, concerns=concerns)])


def record_acts(acts: Iterable[Act]) -> None:
    """Write many acts, made by `act_on`, in few statements."""
    Act.objects.bulk_create(acts, batch_size=ACTS_AT_ONCE)


def act_on(
    verb: str,
    record: models.Model,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    concerns: models.Model | None = None,
) -> Act:
    """Make an act of who acts now, not yet written; the arguments are those of `record_act`."""
    actor = current_actor()
    with override(settings.LANGUAGE_CODE):  # one language for all, whoever acts
        return Act(
            actor=actor.name[:LONGEST_ACTOR],
            address=actor.address,
            verb=verb,
            model=record._meta.label_lower,
            number=str(record.pk),
            title=str(record)[:LONGEST_TITLE],
            concerned_model=concerns._meta.label_lower if concerns else "",
            concerned_number=str(concerns.pk) if concerns else "",
            before=plain(before or {}),
            after=plain({**(after or {}), **current_occasion()}),
            reason=reason,
        )
