"""What a person can do next with an item: what access allows and the rules don't refuse as things stand."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from news import access
from news.admin.states import is_ahead, standing_removal, unreviewed
from news.models import Edition, NewsItem
from news.workflow import TRANSITIONS

ON_THE_NEWEST = ("write", "submit", "return", "approve", "force", "discard")


@dataclass(frozen=True, kw_only=True)
class NextActs:
    """What may be done; the verb asks again under its lock.

    Attributes:
        acts: those on the newest edition and on the item, by the names that `news.access` has for them.
        scheduled: the edition that may be taken back before its moment.
        to_review: the editions approved without second eyes that wait for this person's.
        had_a_hand: whether the person wrote or submitted the newest edition, and so cannot approve it.
    """

    acts: frozenset[str]
    scheduled: Edition | None
    to_review: Sequence[Edition]
    had_a_hand: bool


def next_acts(user: Any, item: NewsItem, editions: Sequence[Edition]) -> NextActs:
    """Return what the user can do next.

    Args:
        user: who looks.
        item: the item, with its removals.
        editions: its editions, the newest first, with their forced approvals.
    """
    newest, now = editions[0], timezone.now()
    ahead = next((edition for edition in editions if is_ahead(edition, now)), None)
    may_take_back = ahead is not None and not newest.is_open and access.may(user, "unschedule", ahead)
    return NextActs(
        acts=frozenset(act for act in (*ON_THE_NEWEST, *_on_the_item(item, newest, now)) if _may(user, act, newest)),
        scheduled=ahead if may_take_back else None,
        to_review=[each for each in editions if unreviewed(each) and access.may(user, "review", each)],
        had_a_hand=newest.is_open and not access.had_no_hand(user, newest),
    )


def _on_the_item(item: NewsItem, newest: Edition, now: datetime.datetime) -> list[str]:
    """Return the acts on the item that the rules allow as it stands, whoever does them."""
    if standing_removal(item):
        return ["restore"]
    if newest.is_open:
        return []
    return [] if is_ahead(newest, now) else ["open", "remove"]  # a scheduled one is taken back first


def _may(user: Any, act: str, newest: Edition) -> bool:
    """Ask for the right, and for the state where the act has one."""
    transition = TRANSITIONS.get(act)
    if transition and newest.state not in transition.sources:
        return False
    return access.may(user, "write" if act == "open" else act, newest)
