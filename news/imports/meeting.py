"""A row meets an item that is here: field by field, what changes, what an editor has changed and is kept."""

import datetime
from dataclasses import replace
from enum import Enum, auto

from news.importers.rows import ItemRow, Reference, RemovalRow
from news.imports.claims import Claims
from news.imports.creating import former_addresses
from news.imports.decisions import Act, Decision, Rewriting
from news.imports.growing import grow
from news.imports.readings import Reading
from news.imports.references import References
from news.imports.refusals import may_publish
from news.imports.standing import Standing, undone_by
from news.imports.versions import COMPARED, Names, digest, told_moment
from news.imports.wishes import Wish
from news.models import Edition, Removal
from news.workflow import Content, RemovalWish, content_of

State = Edition.State
FILE_NAMES = {name: "body_html" if name == "body" else name for name in COMPARED}
SHOWN_LETTERS = 200  # of a value, in a report


class Became(Enum):
    """What becomes of a field."""

    SAME = auto()
    CHANGED = auto()
    KEPT = auto()  # an editor has changed it, and the file says nothing new
    CONFLICT = auto()


def meet(
    reading: Reading,
    references: References,
    claims: Claims,
    here: Standing,
    asked: tuple[Wish, Names],
    *,
    now: datetime.datetime,
) -> None:
    """Settle what becomes of a row whose item is here.

    `asked` is what the person asks for, and the names by which it is told.
    """
    decision, row, versions = reading.decision, reading.row, reading.versions
    work = Rewriting(item=here.item, newest=here.newest)
    claims.claim_addresses(reading)
    standing = next((one for one in row.removals if one.undone_at is None), None)
    work.restores = _restores(reading, here, standing, asked[0])
    merged = _compare(decision, row, versions[-1].content, here, asked)
    _compare_original(reading, here)
    if refusal := _refusal(here, now):
        _keep_all(decision, here, refusal)
    else:
        grow(decision, work, versions, merged, now=now)
    _settle_item(reading, work, here, references, standing)
    if decision.problems:
        return
    decision.act = _act(decision, work)
    decision.work = work if decision.act == Act.UPDATE else None


def _restores(reading: Reading, here: Standing, standing: RemovalRow | None, wish: Wish) -> bool:
    """Say whether the row brings back what an undone import has taken away; refuse it to who may not publish."""
    restores = is_undone_import(here) and not (standing and standing.kind == Removal.Kind.ERROR)
    if restores and not may_publish(wish):
        right = "that takes the right “Can import items as published”."
        reading.reject("id", f"it is away since an import was undone, and would be public again: {right}")
    return restores


def _keep_all(decision: Decision, here: Standing, refusal: str) -> None:
    """Let the item's content be as it is."""
    if decision.changes:
        decision.conflicts |= decision.changes
        decision.changes, decision.wrote = {}, here.wrote
        decision.notes += (refusal,)


def _compare(decision: Decision, row: ItemRow, theirs: Content, here: Standing, asked: tuple[Wish, Names]) -> Content:
    """Sort the fields into changes and conflicts, and return what the item is to hold."""
    wish, names = asked
    ours = content_of(here.newest)
    wrote, taken = dict(here.wrote), {}
    for name in _said_by(row):
        new, old = getattr(theirs, name), getattr(ours, name)
        mark = digest(new)
        became = _became(mark, digest(old), here.wrote.get(name), takes_theirs=FILE_NAMES[name] in wish.take_theirs)
        if became == Became.CONFLICT:
            decision.conflicts[name] = told(names.told(name, old)), told(names.told(name, new))
        elif became == Became.CHANGED:
            decision.changes[name] = told(names.told(name, old)), told(names.told(name, new))
            taken[name] = new
        if became in {Became.SAME, Became.CHANGED}:
            wrote[name] = mark
    decision.wrote = wrote
    return replace(ours, **taken)


def _said_by(row: ItemRow) -> list[str]:
    return [name for name in COMPARED if FILE_NAMES[name] in row.given]


def _became(theirs: str, ours: str, wrote: str | None, *, takes_theirs: bool) -> Became:
    """Say what becomes of a field, by the fingerprints of what the file has, what stands here, and what was written."""
    if theirs == ours:
        return Became.SAME
    if takes_theirs or wrote == ours:
        return Became.CHANGED
    return Became.KEPT if wrote == theirs else Became.CONFLICT


def _compare_original(reading: Reading, here: Standing) -> None:
    """Tell of another original, which the import never changes: the item's story would be another one."""
    if "translation_of" not in reading.row.given:
        return
    ours, theirs = here.item.translation_of_id, reading.original.number if reading.original else None
    if reading.row.translation_of and not theirs:
        reading.note(f"translation_of: “{reading.row.translation_of.source_id}” is not here: it is left out")
    elif ours != theirs:
        reading.decision.conflicts["translation_of"] = (ours, theirs)


def told(value: object) -> object:
    """Return a value as a report shows it."""
    if isinstance(value, datetime.datetime):
        return told_moment(value)
    if isinstance(value, str):
        return value if len(value) <= SHOWN_LETTERS else value[:SHOWN_LETTERS] + "…"
    return list(value) if isinstance(value, (list, tuple)) else value


def _refusal(here: Standing, now: datetime.datetime) -> str:
    """Say why the item's content cannot be written, or an empty text."""
    newest = here.newest
    if here.removal and not is_undone_import(here):
        return f"it was removed on the site ({here.removal.get_kind_display()})"
    if newest.visible_from and newest.visible_from > now:
        return f"edition {newest.number} is scheduled: take it back on the site first"
    if newest.is_open and not _is_own_draft(here):
        return "an editor is working on it"
    return ""


def is_undone_import(here: Standing) -> bool:
    """Say whether the item is away because an import was undone, and nothing else."""
    return here.removal is not None and here.said == undone_by(here.removal)


def _is_own_draft(here: Standing) -> bool:
    """Say whether an open edition is as the import left it."""
    if here.newest.state != State.DRAFT or here.has_contributions or not here.wrote:
        return False
    content = content_of(here.newest)
    return all(digest(getattr(content, name)) == mark for name, mark in here.wrote.items())


def _settle_item(
    reading: Reading, work: Rewriting, here: Standing, references: References, standing: RemovalRow | None
) -> None:
    """Settle what does not belong to an edition: former addresses, a removal."""
    decision, row = reading.decision, reading.row
    wanted = former_addresses(reading, here.item.slug)
    work.addresses = tuple(path for path in wanted if path not in here.addresses)
    if work.addresses:
        decision.changes["former_addresses"] = ([], list(work.addresses))
    is_here = here.removal is None or work.restores
    if standing and is_here and (here.newest.visible_from or work.publishes):
        work.removal = RemovalWish(
            kind=standing.kind,
            reason="The import says so.",
            explanation=standing.explanation,
            leads_to=_typed(standing.leads_to, row, references),
        )
        decision.changes["removal"] = (None, standing.kind)


def _typed(leads_to: str | Reference, row: ItemRow, references: References) -> str:
    """Return a destination as a person would type it."""
    if isinstance(leads_to, str):
        return leads_to
    target = references.find(leads_to, row)
    return str(target.number) if target else f"{leads_to.source_id or leads_to.number}"


def _act(decision: Decision, work: Rewriting) -> Act:
    if decision.changes or work.publishes or work.restores:
        decision.outcome = _outcome(work)
        return Act.UPDATE
    return Act.CONFLICT if decision.conflicts else Act.UNCHANGED


def _outcome(work: Rewriting) -> str:
    """Say in words what is done."""
    names = {
        "restored": work.restores,
        "opened a new edition as draft": any(version.state == State.DRAFT for version in work.following),
        "published a new edition": any(version.state == State.APPROVED for version in work.following),
        "updated draft": work.draft is not None and work.publishes is None,
        "published": work.publishes is not None,
        "removed": work.removal is not None,
    }
    done = [words for words, is_done in names.items() if is_done]
    return ", ".join(done) or "former addresses added"
