"""What is to become of a row: told as a plan, and done as told."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from news.importers.rows import ItemRow, Place, Problem
from news.imports.versions import Version
from news.models import Edition, ImportEntry, NewsItem, Removal
from news.workflow import Content, RemovalWish

Act = ImportEntry.Act


@dataclass(slots=True, kw_only=True)
class NewItem:
    """An item that is not here yet, with its editions; `original` is the number of what it translates, or 0."""

    row: ItemRow
    versions: list[Version]
    original: int = 0
    addresses: tuple[str, ...] = ()
    removals: list[Removal] = field(default_factory=list)

    @property
    def standing_removal(self) -> Removal | None:
        """Return the removal that was not undone, if there is one."""
        return next((removal for removal in self.removals if removal.undone_at is None), None)


@dataclass(slots=True, kw_only=True)
class Rewriting:
    """What is to be written to an item that is here; each part may be missing.

    Attributes:
        item: the item.
        newest: its newest edition, as it stands.
        following: the editions that come after it.
        draft: what the newest is to hold, where it is open and the import's own.
        publishes: whether that draft is approved, and from which moment on.
        restores: whether the removal is undone with which an import was undone.
        removal: how the item is to be removed.
        addresses: at which it stood too.
    """

    item: NewsItem
    newest: Edition
    following: list[Version] = field(default_factory=list)
    draft: Content | None = None
    publishes: datetime.datetime | None = None
    restores: bool = False
    removal: RemovalWish | None = None
    addresses: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return what undoing has to know of what it adds."""
        kept = {"addresses": list(self.addresses), "editions": [version.number for version in self.following]}
        return {name: value for name, value in kept.items() if value}


@dataclass(slots=True, kw_only=True)
class Decision:
    """What becomes of one row.

    Attributes:
        row_number: from 0, over all sources.
        changes: by field, what stands here and what the file has.
        conflicts: the same of what is kept, since an editor has changed it.
        lacks: what the item needs before it can be public.
        said: the fingerprint of the row.
        wrote: the fingerprints of the fields as the import has written them.
        is_foretold: whether it belongs to a plan: the number of a new item is then one that it may get.
    """

    row_number: int
    place: Place
    act: Act
    item_number: int = 0
    title: str = ""
    slug: str = ""
    language: str = ""
    outcome: str = ""
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    conflicts: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    said: str = ""
    wrote: Mapping[str, str] = field(default_factory=dict)
    work: NewItem | Rewriting | None = None
    undo: dict[str, Any] = field(default_factory=dict)
    is_foretold: bool = False

    @property
    def known_number(self) -> int:
        """Return the item's number; 0 where it has none yet."""
        return 0 if self.is_foretold and self.act == Act.CREATE else self.item_number

    def begin_again(self, number: int, notes: tuple[str, ...]) -> None:
        """Forget what was decided: only that the row can be read."""
        self.act, self.item_number, self.notes, self.outcome = Act.REJECTED, number, notes, ""
        self.changes, self.conflicts, self.problems, self.lacks = {}, {}, (), ()
        self.work = None

    def detail(self) -> dict[str, Any]:
        """Return what the batch keeps of it beside act, place and number."""
        kept = {
            "title": self.title if self.act != Act.CREATE else "",
            "outcome": self.outcome,
            "changes": {name: list(pair) for name, pair in self.changes.items()},
            "conflicts": {name: list(pair) for name, pair in self.conflicts.items()},
            "problems": [str(problem) for problem in self.problems],
            "lacks": list(self.lacks),
            "notes": list(self.notes),
            "undo": self.undo,
        }
        return {name: value for name, value in kept.items() if value}
