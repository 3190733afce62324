"""How the content of an item that is here changes: its draft is written anew, or the next editions follow."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from news.imports.decisions import Decision, Rewriting
from news.imports.versions import COMPARED, Version
from news.models import Edition
from news.workflow import Content, missing_from

State = Edition.State


def grow(
    decision: Decision, work: Rewriting, versions: Sequence[Version], merged: Content, *, now: datetime.datetime
) -> None:
    """Choose how the changes are written: into the import's own draft, or as the next edition.

    Args:
        decision: what has changed; it gets what the item lacks.
        work: gets what is to be written.
        versions: the editions of the file.
        merged: what the item is to hold: the file's fields, and an editor's where those are kept.
        now: the moment of the import.
    """
    last, newest = versions[-1], work.newest
    lacks = tuple(missing_from(merged, needs_note=False).values())
    publishes = last.wishes_approval and not lacks
    decision.lacks = lacks * last.wishes_approval
    if newest.is_open:
        if decision.changes:
            work.draft = merged
        if publishes:
            work.publishes = _moment_of_draft(merged, last, newest, now)
    elif decision.changes:
        following = _following(versions, merged, newest)
        work.following = following or [_next(merged, last, newest, now, publishes=publishes)]


def _next(merged: Content, last: Version, newest: Edition, now: datetime.datetime, *, publishes: bool) -> Version:
    """Return the next edition, a draft or public."""
    content = replace(merged, is_minor=last.content.is_minor, change_note=last.content.change_note)
    moment = _from_now_on(merged, last, now) if publishes else None
    state = State.APPROVED if publishes else State.DRAFT
    return Version(content=content, state=state, number=newest.number + 1, visible_from=moment)


def _moment_of_draft(merged: Content, last: Version, newest: Edition, now: datetime.datetime) -> datetime.datetime:
    """Return from when on a draft is public: the first edition from the file's moment, a later one from now."""
    if newest.number > 1 or merged.issued_at is None:
        return _from_now_on(merged, last, now)
    return max(last.visible_from or merged.issued_at, merged.issued_at)


def _from_now_on(content: Content, last: Version, now: datetime.datetime) -> datetime.datetime:
    """Return from when on the next edition is public: from now, or from a later moment that the file names."""
    return max(moment for moment in (now, last.visible_from, content.issued_at) if moment)


def _following(versions: Sequence[Version], merged: Content, newest: Edition) -> list[Version]:
    """Return the editions of the file that come after the newest one here; none where their moments do not.

    What an editor has changed, and what the file does not say, stays in each of them as it is.
    """
    if len(versions) == 1:
        return []
    following = [version for version in versions if version.number > newest.number]
    theirs = versions[-1].content
    kept = {name: value for name in COMPARED if (value := getattr(merged, name)) != getattr(theirs, name)}
    for version in following:
        version.content = replace(version.content, **kept)
    return following if all(_may_follow(version, newest) for version in following) else []


def _may_follow(version: Version, newest: Edition) -> bool:
    """Say whether what is to be public has all that it needs, is issued before, and begins later than what is here."""
    issued_at, begins = version.content.issued_at, version.visible_from
    if begins is None:
        return True
    if newest.visible_from and begins <= newest.visible_from:
        return False
    return issued_at is not None and issued_at <= begins and not missing_from(version.content, needs_note=False)
