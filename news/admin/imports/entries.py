"""The rows of an import as a page shows them: chosen by act and words, fifty at a time, told field by field."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from news.admin.imports.words import act_text, counts_of, field_label, kind_text, outcome_text, removal_text
from news.admin.item_fields import item_texts, nameable
from news.imports.decisions import Act
from news.imports.planned import NEW
from news.models import ImportBatch, ImportEntry
from taxonomy.catalogue import Entry, catalogue
from taxonomy.dates import moment_label

ON_A_PAGE = 50
DIFFERS, KEPT = "differs", "kept"
MARKS = {DIFFERS: "planned", KEPT: "kept"}  # what the detail of such an entry has
LONGEST_ROW = 10  # digits


@dataclass(frozen=True, kw_only=True)
class FieldTold:
    """A field with what stands here and what the file has; a kept one stays as it is."""

    name: str
    here: str
    theirs: str
    is_kept: bool


@dataclass(kw_only=True)
class EntryTold:
    """An entry in words; `title` is empty where it is none of the reader's, `number` is 0 where there is no item."""

    entry: ImportEntry
    act: str
    outcome: str
    title: str
    number: int
    fields: Sequence[FieldTold]
    problems: Sequence[str]
    lacks: Sequence[str]
    notes: Sequence[str]
    was_planned: str
    kept_because: str


@dataclass(kw_only=True)
class EntryPage:
    """Some entries of a batch, with the ways to the others."""

    entries: Sequence[EntryTold]
    choices: Sequence[tuple[str, str, int | None, bool]]  # address, name, how many, whether it is chosen
    words: str
    act: str
    first: str = ""
    following: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What of the entries is asked for."""

    act: str = ""
    words: str = ""
    after: int = field(default=-1)  # the last row of the page before

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read it from the address; what is none counts for nothing."""
        after, act = request.GET.get("after", ""), request.GET.get("act", "")
        is_row = after.isascii() and after.isdecimal() and len(after) < LONGEST_ROW
        return cls(
            act=act if act in {*Act.values, *MARKS} else "",
            words=request.GET.get("q", "").replace("\0", "").strip(),
            after=int(after) if is_row else -1,
        )

    def query(self, **other: Any) -> str:
        """Return the address of the same with something else."""
        given = {"act": self.act, "q": self.words} | other
        return "?" + urlencode({name: value for name, value in given.items() if value not in ("", None)})


def chosen(batch: ImportBatch, asked: Asked, user: Any) -> QuerySet[ImportEntry]:
    """Return the entries that are asked for; words are looked for in places and in titles that are the user's."""
    entries = batch.entries.all()
    if asked.act in MARKS:
        entries = entries.filter(detail__has_key=MARKS[asked.act])
    elif asked.act:
        entries = entries.filter(act=asked.act)
    for word in asked.words.split():
        # Items by their titles first: an archive has a million entries, each of which would ask for itself.
        items = nameable(user).filter(title__icontains=word).values("item")
        entries = entries.filter(Q(place__icontains=word) | Q(detail__title__icontains=word) | Q(item_number__in=items))
    return entries


def page_of(batch: ImportBatch, asked: Asked, user: Any) -> EntryPage:
    """Return a page of the entries that are asked for."""
    found = list(chosen(batch, asked, user).filter(row__gt=asked.after).order_by("row")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    return EntryPage(
        entries=list(tell(shown, batch, user)),
        choices=list(_choices(batch, asked)),
        words=asked.words,
        act=asked.act,
        first=asked.query() if asked.after >= 0 else "",
        following=asked.query(after=shown[-1].row) if len(found) > ON_A_PAGE else "",
    )


def tell(entries: Sequence[ImportEntry], batch: ImportBatch, user: Any) -> Iterator[EntryTold]:
    """Say of entries what has become of their rows; titles of items that are not the user's are left out."""
    numbers = {entry.item_number for entry in entries if entry.item_number}
    titles = dict(nameable(user).filter(item__in=numbers).values_list("item", "title")) if numbers else {}
    related = {number for entry in entries for number in _related(entry)}
    texts = item_texts(related, user)
    is_plan = batch.state == ImportBatch.State.PLANNED
    for entry in entries:
        detail, number = entry.detail, entry.item_number or 0
        was = detail.get("planned")
        yield EntryTold(
            entry=entry,
            act=act_text(entry, is_plan=is_plan),
            outcome=outcome_text(detail.get("outcome", "")),
            title=titles.get(number) or detail.get("title", ""),
            number=number if number in titles else 0,
            fields=[*_fields(detail, "changes", texts), *_fields(detail, "conflicts", texts)],
            problems=detail.get("problems", ()),
            lacks=detail.get("lacks", ()),
            notes=detail.get("notes", ()),
            was_planned=_planned_text(was) if was else "",
            kept_because=detail.get("kept", ""),
        )


def _planned_text(was: dict[str, str]) -> str:
    said = act_text(ImportEntry(act=was["act"]), is_plan=True)
    outcome = outcome_text(was["outcome"])
    return f"{said} ({outcome})" if outcome else said


def _related(entry: ImportEntry) -> Iterator[int]:
    for part in ("changes", "conflicts"):
        told = entry.detail.get(part, {})
        for value in told.get("related", ()):
            yield from value or ()
        yield from filter(None, told.get("translation_of", ()))


def _fields(detail: dict[str, Any], part: str, texts: dict[int, str]) -> Iterator[FieldTold]:
    for name, (here, theirs) in detail.get(part, {}).items():
        yield FieldTold(
            name=field_label(name),
            here=_value(name, here, texts),
            theirs=_value(name, theirs, texts),
            is_kept=part == "conflicts",
        )


def _value(name: str, value: Any, texts: dict[int, str]) -> str:
    """Return a field's value as people read it."""
    if not value:
        return ""
    records = catalogue()
    known: dict[str, Mapping[int, Entry]] = {
        "issued_by": records.institutions,
        "countries": records.countries,
        "topics": records.topics,
    }
    if name in known:
        names = {entry.slug: entry.name for entry in known[name].values()}
        return "; ".join(names.get(slug, slug) for slug in value)
    words: dict[str, Callable[[Any], str]] = {
        "related": lambda numbers: _titles(numbers, texts),
        "translation_of": lambda number: _titles([number], texts),
        "issued_at": lambda moment: moment_label(datetime.datetime.fromisoformat(moment)),
        "kind": kind_text,
        "removal": removal_text,
        "former_addresses": "; ".join,
    }
    return words.get(name, str)(value)


def _titles(numbers: Iterable[int], texts: dict[int, str]) -> str:
    """Name related items; one that the plan would make has no number yet."""
    return "; ".join(texts.get(number, _("a new item") if number == NEW else f"[{number}]") for number in numbers)


def _choices(batch: ImportBatch, asked: Asked) -> Iterator[tuple[str, str, int | None, bool]]:
    """Yield the acts to choose from; what was found unchanged has no entries."""
    yield asked.query(act=""), _("All that is not unchanged"), None, not asked.act
    for act, name, count in counts_of(batch):
        if act != Act.UNCHANGED:
            yield asked.query(act=act), name, count, asked.act == act
    if differing := batch.plan.get("differs"):
        yield asked.query(act=DIFFERS), _("Otherwise than planned"), differing, asked.act == DIFFERS
    if batch.undone_at or batch.state == ImportBatch.State.UNDOING:
        yield asked.query(act=KEPT), _("Not undone"), None, asked.act == KEPT
