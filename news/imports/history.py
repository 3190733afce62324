"""The record and the log of imported texts: one act for each new item or edition, and when it matters."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from news import bulk
from news.imports.decisions import Decision, NewItem, Rewriting
from news.imports.versions import Version
from record.actors import current_actor
from record.models import LONGEST_ACTOR, Act

ACT = (
    "at",
    "actor",
    "address",
    "verb",
    "model",
    "number",
    "title",
    "concerned_model",
    "concerned_number",
    "before",
    "after",
    "reason",
)
ITEM, EDITION = "news.newsitem", "news.edition"


def moments(versions: Iterable[Version]) -> list[datetime.datetime]:
    """Return the moments at which the editions begin or end."""
    ends = ((version.visible_from, version.visible_until, version.listed_until) for version in versions)
    return sorted({moment for some in ends for moment in some if moment})


def moments_to_come(versions: Iterable[Version], now: datetime.datetime) -> list[datetime.datetime]:
    """Return those of them that lie ahead."""
    return [moment for moment in moments(versions) if moment > now]


def tell_of_new(new: Sequence[tuple[Decision, NewItem]], *, batch: int, now: datetime.datetime) -> None:
    """Record that items were created, one act for all editions of each."""
    rows = []
    for decision, work in new:
        approved = sum(1 for version in work.versions if version.visible_from)
        told = {
            "title": decision.title,
            "language": decision.language,
            "source": work.row.source,
            "editions": len(work.versions),
            "approved editions": approved,
            "import": batch,
        }
        rows.append(("create", ITEM, decision.item_number, decision.title, "", "", told))
    _record(rows, now)


def tell_of_editions(known: Sequence[tuple[Decision, Rewriting]], *, batch: int, now: datetime.datetime) -> None:
    """Record the editions that follow those that were there."""
    rows = []
    for decision, work in known:
        changed = {name: pair[1] for name, pair in decision.changes.items()}
        rows += [_act_of(work.item.pk, version, {"import": batch} | changed) for version in work.following]
    _record(rows, now)


def _act_of(item: int, version: Version, told: dict[str, Any]) -> tuple[Any, ...]:
    """Return the act of one edition."""
    verb = "approve" if version.visible_from else "open"
    told = {"number": version.number, "state": version.state} | told
    return verb, EDITION, version.pk, version.content.title, ITEM, item, told


def _record(rows: Iterable[tuple[Any, ...]], now: datetime.datetime) -> None:
    actor = current_actor()
    who, address = actor.name[:LONGEST_ACTOR], actor.address
    acts = [
        (now, who, address, verb, model, str(number), title, about, str(about_number), "{}", bulk.as_json(after), "")
        for verb, model, number, title, about, about_number, after in rows
    ]
    bulk.insert(Act, ACT, acts)
