"""Recording what becomes of the records of a watched model, whoever writes them: a form, a command, an import."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import models, router, transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from record.acts import act_on, record_acts
from record.links import linked, links_of, watch_links
from record.models import Act
from record.watches import Row, Watch, add_watch, watch_of

BEFORE, HELD, DELETION = "_record_before", "_record_held", "_record_deletion"  # what an instance carries meanwhile
type Stored = tuple[Row, dict[str, Any]]


def watch(
    model: type[models.Model],
    *,
    hidden: Collection[str] = ("password",),
    ignored: Collection[str] = (),
    concerns: str | None = None,
    also: Callable[[models.Model, str], Mapping[str, Any]] | None = None,
) -> None:
    """Record from now on every create, change and delete of a model, and of its many-to-many relations.

    Args:
        model: the model; writes to many rows at once are recorded where its queryset calls `recorded_rows`.
        hidden: fields of which it is recorded that they changed, and never their values.
        ignored: fields that are nobody's act, such as numbers that a tree keeps for itself.
        concerns: the foreign key to the record on whose page the acts are shown too.
        also: returns what no column of a record tells, such as its place among its siblings.
    """
    watched = Watch(model=model, hidden=frozenset(hidden), ignored=frozenset(ignored), concerns=concerns, also=also)
    add_watch(watched)
    for signal, receiver in (
        (pre_save, _before_save),
        (post_save, _after_save),
        (pre_delete, _before_delete),
        (post_delete, _after_delete),
    ):
        signal.connect(receiver, sender=model, dispatch_uid=f"record.{receiver.__name__}")
    model.save_base = _in_one_transaction(model.save_base)  # type: ignore[method-assign]  # wrapped, for each watched model
    watch_links(watched)


def _in_one_transaction(save_base: Callable[..., None]) -> Callable[..., None]:
    """Let a save and its act stand or fall together: Django sends `post_save` after the row is committed."""

    @wraps(save_base)
    def save(record: models.Model, *arguments: Any, using: str | None = None, **options: Any) -> None:
        using = using or router.db_for_write(type(record), instance=record)
        with transaction.atomic(using=using, savepoint=False):
            save_base(record, *arguments, using=using, **options)

    return save


@contextmanager
def remembered(record: models.Model, using: str) -> Iterator[None]:
    """Read what a record is before a save whose own first statements change it, as moves in a tree do."""
    watched = watch_of(type(record))
    if watched:
        record.__dict__[HELD] = _stored(watched, record, using)
    try:
        yield
    finally:
        record.__dict__.pop(HELD, None)


def _stored(watched: Watch, record: models.Model, using: str) -> Stored | None:
    row = watched.row(record.pk, using)
    return None if row is None else (row, dict(watched.also(record, using)) if watched.also else {})


def _before_save(*, sender: type[models.Model], instance: Any, using: str, **_signal: Any) -> None:
    watched: Any = watch_of(sender)
    carried = instance.__dict__
    carried[BEFORE] = carried[HELD] if HELD in carried else _stored(watched, instance, using)


def _after_save(*, sender: type[models.Model], instance: Any, using: str, **_signal: Any) -> None:
    watched: Any = watch_of(sender)
    stored: Stored | None = instance.__dict__.pop(BEFORE, None)
    row = watched.row(instance.pk, using)
    if stored is None:
        record_acts([_creation(watched, instance, row, using)])
        return
    before, beside = stored
    now_beside = dict(watched.also(instance, using)) if watched.also else {}
    record_acts(_change(watched, instance, (before, beside), (row, now_beside), using))


def _creation(watched: Watch, record: models.Model, row: Row, using: str) -> Act:
    after = watched.told(row, watched.filled(row), using)
    return act_on("create", record, after=after, concerns=watched.concerned(record))


def _change(watched: Watch, record: models.Model, stored: Stored, now: Stored, using: str) -> Iterator[Act]:
    """Yield the act of a change, or nothing where nothing differs."""
    (before, beside), (after, now_beside) = stored, now
    names = [name for name in before if before[name] != after[name]]
    others = [name for name in beside if beside[name] != now_beside.get(name)]
    if names or others:
        yield act_on(
            "change",
            record,
            before=watched.told(before, names, using) | {name: beside[name] for name in others},
            after=watched.told(after, names, using) | {name: now_beside.get(name) for name in others},
            concerns=watched.concerned(record),
        )


def _before_delete(*, sender: type[models.Model], instance: Any, using: str, **_signal: Any) -> None:
    """Make the act while all that it names is still there."""
    watched: Any = watch_of(sender)
    row = watched.row(instance.pk, using)
    if row is None:
        return
    before = watched.told(row, watched.filled(row), using)
    lists = {link.name: linked(link, [instance.pk], using)[instance.pk] for link in links_of(sender)}
    before |= {name: names for name, names in lists.items() if names}
    act = act_on("delete", instance, before=before, concerns=watched.concerned(instance))
    instance.__dict__[DELETION] = act


def _after_delete(*, instance: Any, **_signal: Any) -> None:
    act = instance.__dict__.pop(DELETION, None)
    if act:
        record_acts([act])


@contextmanager
def recorded_rows(rows: models.QuerySet) -> Iterator[None]:
    """Record what the block changes in the rows of a plain queryset, one act for each row that differs."""
    watched = watch_of(rows.model)
    before = watched.rows(rows.all()) if watched else {}
    yield
    if watched:
        after, records = watched.rows(rows.all()), rows.in_bulk()
        for pk, row in before.items():
            record_acts(_change(watched, records[pk], (row, {}), (after[pk], {}), rows.db))


def record_creations(model: type[models.Model], records: Collection[models.Model], using: str) -> None:
    """Record that records were created at once."""
    watched = watch_of(model)
    if watched:
        rows = watched.rows(models.QuerySet(model, using=using).filter(pk__in=[record.pk for record in records]))
        record_acts(_creation(watched, record, rows[record.pk], using) for record in records)
