"""Taking back what a batch has done, by new acts that the record keeps; what an editor has changed since stays."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from news import workflow
from news.imports.standing import NOT_READ, undone_by
from news.imports.versions import COMPARED, digest
from news.models import (
    Contribution,
    DiscardedImport,
    Edition,
    FormerAddress,
    ImportBatch,
    ImportEntry,
    LastImport,
    NewsItem,
    Removal,
)
from news.workflow import Content, RemovalWish, content_of
from record.actors import on_occasion

State, Act = Edition.State, ImportEntry.Act
AT_ONCE = 20  # entries of one transaction: each takes some 20 ms under the publishing lock
MOST_TOGETHER = 50  # drafts that name each other, in one transaction
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of an item: a word to count by, and why; `is_named` where others refer to a draft that is to go."""

    word: str
    number: int
    title: str
    why: str = ""
    is_named: bool = False

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.word} {self.number}: {self.title}" + (f" – {self.why}" if self.why else "")


def undo(batch: ImportBatch, *, now: Callable[[], datetime.datetime] = timezone.now) -> Iterator[Undone]:
    """Take back each row's doing, the last one first, and yield what became of its item.

    One that is killed goes on where it stopped, when it is asked for again; so does one that had to keep something.
    """
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.UNDOING)
    kept: list[int] = []
    for outcome, entry in _undo_each(_portions(batch), now):
        if outcome.word == KEPT:
            kept.append(entry)
        else:
            yield outcome
    yield from _undo_the_rest(kept, now)
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.UNDONE, undone_at=now())


def _portions(batch: ImportBatch) -> Iterator[list[ImportEntry]]:
    """Yield what is to be undone, what was written last first."""
    left = batch.entries.filter(act__in=(Act.CREATE, Act.UPDATE), is_undone=False).order_by("-pk")
    entries = list(left[:AT_ONCE])
    while entries:
        yield entries
        entries = list(left.filter(pk__lt=entries[-1].pk)[:AT_ONCE])


def _undo_each(
    portions: Iterable[list[ImportEntry]], now: Callable[[], datetime.datetime]
) -> Iterator[tuple[Undone, int]]:
    """Undo portion by portion, each in one transaction; yield the outcomes with their entries."""
    for entries in portions:
        with transaction.atomic():
            outcomes = [_undo_entry(entry, now()) for entry in entries]
            for entry, outcome in zip(entries, outcomes, strict=True):
                entry.is_undone = outcome.word != KEPT
                entry.detail.pop("kept", None)
                entry.detail |= {} if entry.is_undone else {"kept": outcome.why}
            ImportEntry.objects.bulk_update(entries, ["is_undone", "detail"])
        yield from zip(outcomes, [entry.pk for entry in entries], strict=True)


def _undo_the_rest(kept: list[int], now: Callable[[], datetime.datetime]) -> Iterator[Undone]:
    """Try again what was kept, as often as that helps: what referred to it may be gone by now."""
    left: list[tuple[Undone, int]] = []
    before = None
    while kept and len(kept) != before:
        before = len(kept)
        tried = _tried_again(kept, now)
        left = [pair for pair in tried if pair[0].word == KEPT]
        kept = [entry for _outcome, entry in left]
        yield from (outcome for outcome, _entry in tried if outcome.word != KEPT)
    yield from _discarded_together(kept, [outcome for outcome, _entry in left], now)


def _tried_again(kept: list[int], now: Callable[[], datetime.datetime]) -> list[tuple[Undone, int]]:
    entries = ImportEntry.objects.in_bulk(kept)
    return list(_undo_each(([entries[number] for number in some] for some in batched(kept, AT_ONCE)), now))


def _discarded_together(
    kept: list[int], outcomes: list[Undone], now: Callable[[], datetime.datetime]
) -> Iterator[Undone]:
    """Discard what is left of new drafts without their related items: some name each other, all go or none."""
    pairs = zip(ImportEntry.objects.filter(pk__in=kept).order_by("-pk"), outcomes, strict=True)
    drafts = {entry.pk: entry for entry, outcome in pairs if outcome.is_named}
    if not drafts or len(drafts) > MOST_TOGETHER:
        yield from outcomes
        return
    try:
        with transaction.atomic():
            for entry in drafts.values():
                draft = _newest(NewsItem.objects.get(pk=entry.item_number or 0))
                workflow.save_draft(draft, replace(content_of(draft), related=()), by=None)
                _forget(draft.item)
            together = list(_undo_each([list(drafts.values())], now))
            if any(outcome.word == KEPT for outcome, _entry in together):
                raise ValidationError("others name them")  # noqa: TRY301 - it rolls back what was tried
    except ValidationError:
        yield from outcomes
    else:
        yield from (outcome for outcome, _entry in together)
        yield from (outcome for outcome in outcomes if not outcome.is_named)


def _undo_entry(entry: ImportEntry, now: datetime.datetime) -> Undone:
    item = NewsItem.objects.filter(pk=entry.item_number or 0).first()
    newest = workflow.newest_edition(item) if item else None
    if item is None or newest is None:
        return Undone("gone", entry.item_number or 0, "", "it is not here any more")
    try:
        with transaction.atomic(), on_occasion(**{"undone import": entry.batch_id}):
            word = _take_back(entry, item, newest, now)
    except ValidationError as error:
        is_named = isinstance(error.__cause__, ProtectedError) and entry.act == Act.CREATE
        return Undone(KEPT, item.pk, newest.title, " ".join(error.messages), is_named=is_named)
    return Undone(word, item.pk, newest.title)


def _take_back(entry: ImportEntry, item: NewsItem, newest: Edition, now: datetime.datetime) -> str:
    """Take back what was done with one item, and return the word for how.

    Raises:
        ValidationError: it stays as it is, and why.
    """
    _refuse_edited(entry, item, newest)
    if entry.act == Act.CREATE:
        return _take_back_new(entry, item, newest, now)
    did: dict[str, Any] = entry.detail.get("undo", {})
    FormerAddress.objects.filter(item=item, path__in=did.get("addresses", [])).delete()
    if did.get("removed"):
        workflow.restore(item, by=None, now=now)
    if did.get("restored") or _made_public(item, did, now):
        return _remove(entry, item, now)
    if did.get("editions") or did.get("approved"):
        _bring_back(item, did.get("editions") or [did["approved"]], did.get("draft"), now)
    elif did.get("draft"):
        _rewrite_draft(item, did["draft"])
    _forget(item)
    return "restored"


def _made_public(item: NewsItem, did: dict[str, Any], now: datetime.datetime) -> bool:
    """Say whether the item was never public before the import approved its edition, and is so now."""
    if not did.get("approved"):
        return False
    editions = item.editions.filter(visible_from__isnull=False)
    is_ahead = editions.filter(number=did["approved"], visible_from__gt=now).exists()
    return not is_ahead and not editions.filter(number__lt=did["approved"]).exists()


def _refuse_edited(entry: ImportEntry, item: NewsItem, newest: Edition) -> None:
    """Refuse to take back what somebody on the site has worked on since.

    Raises:
        ValidationError: somebody has.
    """
    wrote = LastImport.objects.filter(pk=item.pk).values_list("wrote", flat=True).first() or {}
    content = content_of(newest)
    is_as_imported = all(digest(getattr(content, name)) == wrote[name] for name in COMPARED if name in wrote)
    later = ImportEntry.objects.filter(item_number=item.pk, batch__gt=entry.batch_id, is_undone=False)
    if later.filter(act__in=(Act.CREATE, Act.UPDATE)).exists():
        raise ValidationError("a later import has changed it: undo that one first")
    if not is_as_imported or Contribution.objects.filter(edition=newest).exists():
        raise ValidationError("an editor has changed it since")


def _take_back_new(entry: ImportEntry, item: NewsItem, newest: Edition, now: datetime.datetime) -> str:
    """Discard what was never public; of what was, say that it was published in error."""
    newest = _unscheduled(newest, now)
    if item.editions.filter(visible_from__isnull=False).exists():
        if newest.is_open:
            workflow.discard(newest, by=None)
        return _remove(entry, item, now)
    number, source, source_id, language = item.pk, item.source, item.source_id, item.language
    workflow.discard(newest, by=None)
    LastImport.objects.filter(pk=number).delete()
    if source_id:
        DiscardedImport.objects.update_or_create(
            source=source, source_id=source_id, language=language, defaults={"item_number": number}
        )
    return "discarded"


def _unscheduled(newest: Edition, now: datetime.datetime) -> Edition:
    """Return the newest edition, a draft again where it was only scheduled."""
    if newest.visible_from and newest.visible_from > now:
        return workflow.unschedule(newest, by=None, now=now)
    return newest


def _remove(entry: ImportEntry, item: NewsItem, now: datetime.datetime) -> str:
    """Let every address of the item say that it was published in error."""
    standing = item.removals.standing().first()
    if standing and entry.detail.get("outcome") != "removed":
        raise ValidationError(f"it was removed on the site since ({standing.get_kind_display()})")
    if standing and standing.kind != Removal.Kind.ERROR:
        workflow.restore(item, by=None, now=now)
        standing = None
    if standing is None:
        reason = f"Import {entry.batch_id} was undone."
        wish = RemovalWish(kind=Removal.Kind.ERROR, reason=reason)
        standing = workflow.remove(item, wish, by=None, now=now)
    _forget(item, said=undone_by(standing))
    return "removed"


def _bring_back(item: NewsItem, numbers: list[int], draft: dict[str, Any] | None, now: datetime.datetime) -> None:
    """Let readers see again what they saw before the import's editions; a draft that it had found is one again."""
    before = item.editions.filter(number__lt=min(numbers)).order_by("-number").first()
    newest = _unscheduled(_newest(item), now)
    if newest.is_open and newest.number == min(numbers) and draft:
        _rewrite_draft(item, draft)
        return
    if newest.is_open and before is not None:
        workflow.discard(newest, by=None)
        newest = _newest(item)
    if before is None or newest.number == before.number:
        return
    opened = workflow.open_edition(item, by=None)
    workflow.save_draft(opened, replace(content_of(before), is_minor=True, change_note=""), by=None)
    workflow.approve(opened, by=None, now=now)


def _rewrite_draft(item: NewsItem, values: dict[str, Any]) -> None:
    """Give a draft its former content."""
    issued_at = values["issued_at"] and datetime.datetime.fromisoformat(values["issued_at"])
    workflow.save_draft(_newest(item), Content(**values | {"issued_at": issued_at}), by=None)


def _newest(item: NewsItem) -> Edition:
    newest = workflow.newest_edition(item)
    assert newest is not None  # noqa: S101 - looked for before anything was undone
    return newest


def _forget(item: NewsItem, *, said: str = NOT_READ) -> None:
    """Let the next import of the item read it anew, and write what it has."""
    content = content_of(_newest(item))
    wrote = {name: digest(getattr(content, name)) for name in COMPARED}
    LastImport.objects.update_or_create(pk=item.pk, defaults={"said": said, "wrote": wrote})
