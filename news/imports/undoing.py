"""Taking back what a batch has done, by new acts that the record keeps; what an editor has changed since stays."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from news import workflow
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

State, Act = Edition.State, ImportEntry.Act
AT_ONCE = 20  # entries of one transaction: each takes some 20 ms under the publishing lock
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of an item: a word to count by, and why."""

    word: str
    number: int
    title: str
    why: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.word} {self.number}: {self.title}" + (f" – {self.why}" if self.why else "")


def undo(batch: ImportBatch, *, now: Callable[[], datetime.datetime] = timezone.now) -> Iterator[Undone]:
    """Take back each row's doing, the last one first, and yield what became of its item.

    One that is killed goes on where it stopped, when it is asked for again.
    """
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.UNDOING)
    done = batch.entries.filter(act__in=(Act.CREATE, Act.UPDATE), is_undone=False).order_by("-row")
    while entries := list(done[:AT_ONCE]):
        with transaction.atomic():
            outcomes = [_undo_entry(entry, now()) for entry in entries]
            ImportEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(is_undone=True)
        yield from outcomes
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.UNDONE, undone_at=now())


def _undo_entry(entry: ImportEntry, now: datetime.datetime) -> Undone:
    item = NewsItem.objects.filter(pk=entry.item_number).first()
    if item is None:
        return Undone(KEPT, entry.item_number or 0, "", "the item is gone")
    newest = workflow.newest_edition(item)
    title = newest.title if newest else ""
    try:
        with transaction.atomic():
            word = _take_back(entry, item, newest, now)
    except ValidationError as error:
        return Undone(KEPT, item.pk, title, " ".join(error.messages))
    return Undone(word, item.pk, title)


def _take_back(entry: ImportEntry, item: NewsItem, newest: Edition | None, now: datetime.datetime) -> str:
    """Take back what was done with one item, and return the word for how.

    Raises:
        ValidationError: it stays as it is, and why.
    """
    if newest is None:
        raise ValidationError("the item has no edition")
    _refuse_edited(entry, item, newest)
    if entry.act == Act.CREATE:
        return _take_back_new(entry, item, newest, now)
    did: dict[str, Any] = entry.detail.get("undo", {})
    FormerAddress.objects.filter(item=item, path__in=did.get("addresses", [])).delete()
    if did.get("removed"):
        workflow.restore(item, by=None, now=now)
    if did.get("restored"):
        return _remove(entry, item, now)
    if did.get("editions"):
        _bring_back(item, did["editions"], now)
    elif did.get("draft"):
        _rewrite_draft(newest, did, now)
    elif did.get("approved"):
        return _remove(entry, item, now)
    _forget(item)
    return "restored"


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
    if newest.visible_from and newest.visible_from > now:
        newest = workflow.unschedule(newest, by=None, now=now)
    if item.editions.filter(visible_from__isnull=False).exists():
        if newest.is_open:
            workflow.discard(newest, by=None)
        return _remove(entry, item, now)
    number, source, source_id, language = item.pk, item.source, item.source_id, item.language
    LastImport.objects.filter(pk=number).delete()
    workflow.discard(newest, by=None)
    if source_id:
        DiscardedImport.objects.update_or_create(
            source=source, source_id=source_id, language=language, defaults={"item_number": number}
        )
    return "discarded"


def _remove(entry: ImportEntry, item: NewsItem, now: datetime.datetime) -> str:
    """Let every address of the item say that it was published in error."""
    standing = item.removals.standing().first()
    if standing and standing.kind == Removal.Kind.ERROR:
        _forget(item)
        return "removed"
    if standing:
        workflow.restore(item, by=None, now=now)
    reason = f"Import {entry.batch_id} was undone."
    workflow.remove(item, RemovalWish(kind=Removal.Kind.ERROR, reason=reason), by=None, now=now)
    _forget(item)
    return "removed"


def _bring_back(item: NewsItem, numbers: list[int], now: datetime.datetime) -> None:
    """Let readers see again what they saw before the import's editions."""
    before = item.editions.filter(number__lt=min(numbers)).order_by("-number").first()
    newest: Any = workflow.newest_edition(item)
    if newest.visible_from and newest.visible_from > now:
        newest = workflow.unschedule(newest, by=None, now=now)
    if newest.is_open:
        workflow.discard(newest, by=None)
        newest = workflow.newest_edition(item)
    if before is None or newest.number == before.number:
        return
    opened = workflow.open_edition(item, by=None)
    former = content_of(before)
    workflow.save_draft(opened, Content(**former.fields() | former.tags() | {"is_minor": True}), by=None)
    workflow.approve(opened, by=None, now=now)


def _rewrite_draft(newest: Edition, did: dict[str, Any], now: datetime.datetime) -> None:
    """Give a draft its former content; one that the import has published is taken back first."""
    values = did["draft"]
    issued_at = values["issued_at"] and datetime.datetime.fromisoformat(values["issued_at"])
    content = Content(**values | {"issued_at": issued_at})
    if did.get("approved"):
        workflow.remove(
            newest.item, RemovalWish(kind=Removal.Kind.ERROR, reason="An import was undone."), by=None, now=now
        )
        return
    workflow.save_draft(newest, content, by=None)


def _forget(item: NewsItem) -> None:
    """Let the next import of the item read it anew, and write what it has."""
    newest: Any = workflow.newest_edition(item)
    content = content_of(newest)
    wrote = {name: digest(getattr(content, name)) for name in COMPARED}
    LastImport.objects.update_or_create(pk=item.pk, defaults={"said": "", "wrote": wrote})
