"""Recording what becomes of many-to-many relations: whose list it is, who stood in it, and who stands in it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed

from record.acts import act_on, record_acts
from record.models import Act
from record.plain_values import plain
from record.watches import Watch

type Numbers = dict[Any, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A list of a record, seen from the record: `group.permissions`, and of the other side `group.user_set`."""

    name: str
    through: type[models.Model]
    own_key: str  # the column of `through` that holds the record whose list it is
    other_key: str
    other: type[models.Model]

    def numbers(self, pks: Collection[Any], using: str) -> Numbers:
        """Read the lists of some records as numbers."""
        rows: models.QuerySet = models.QuerySet(self.through, using=using).filter(**{f"{self.own_key}__in": pks})
        lists: Numbers = {pk: [] for pk in pks}
        for own, other in rows.order_by("pk").values_list(self.own_key, self.other_key):
            lists[own].append(other)
        return lists

    def names(self, numbers: Collection[Any], using: str) -> dict[Any, str]:
        """Name records of the other side."""
        others: models.QuerySet = models.QuerySet(self.other, using=using).filter(pk__in=numbers)
        return {other.pk: plain(other) for other in others.fetch_mode(models.FETCH_PEERS)}


def links_of(model: type[models.Model]) -> Iterator[Link]:
    """Yield the lists of a model's records that no model of their own stands for, those of the other side too."""
    for field in model._meta.many_to_many:
        yield from _links(field, field.name, own=field.m2m_field_name(), other=field.m2m_reverse_field_name())
    for relation in model._meta.related_objects:
        name = relation.get_accessor_name()
        if isinstance(relation, models.ManyToManyRel) and name:
            field = relation.field
            yield from _links(field, name, own=field.m2m_reverse_field_name(), other=field.m2m_field_name())


def _links(field: Any, name: str, *, own: str, other: str) -> Iterator[Link]:
    through = field.remote_field.through
    if through._meta.auto_created:
        model = through._meta.get_field(other).related_model
        yield Link(name=name, through=through, own_key=f"{own}_id", other_key=f"{other}_id", other=model)


def linked(link: Link, pks: Collection[Any], using: str) -> dict[Any, list[str]]:
    """Return the lists of some records by name."""
    return _named(link, link.numbers(pks, using), using)


def _named(link: Link, lists: Numbers, using: str) -> dict[Any, list[str]]:
    names = link.names({number for numbers in lists.values() for number in numbers}, using)
    return {pk: sorted(names.get(number, str(number)) for number in numbers) for pk, numbers in lists.items()}


def watch_links(watched: Watch) -> None:
    """Record each change of the lists of a model's records, from whichever side it is made."""
    own = {field.name for field in watched.model._meta.many_to_many}
    for link in links_of(watched.model):
        if link.name in own:
            uid = f"record.links.{watched.model._meta.label}.{link.name}"
            m2m_changed.connect(Listener(watched, link), sender=link.through, dispatch_uid=uid, weak=False)


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: Django hashes a receiver when DEBUG is on
class Listener:
    """Hears of the changes of one list: before them it remembers, after them it writes an act for each that differs."""

    watched: Watch
    link: Link

    def __call__(
        self, *, instance: Any, action: str, reverse: bool, pk_set: set[Any] | None, using: str, **_signal: Any
    ) -> None:
        """Take the signal: `instance` owns the list, or stands in the lists of others (`reverse`)."""
        carried = instance.__dict__.setdefault("_record_lists", {})
        if action.startswith("pre_"):
            owners = self._owners(instance, pk_set, using) if reverse else [instance.pk]
            carried[self.link] = self.link.numbers(owners, using)
        elif self.link in carried:
            before: Numbers = carried.pop(self.link)
            record_acts(self._acts(before, self.link.numbers(before, using), using))

    def _owners(self, other: models.Model, pk_set: set[Any] | None, using: str) -> list[Any]:
        """Return whose lists a change from the other side concerns: those named, or all that hold the record."""
        if pk_set is not None:
            return sorted(pk_set)
        rows: models.QuerySet = models.QuerySet(self.link.through, using=using)
        owners = rows.filter(**{self.link.other_key: other.pk}).order_by(self.link.own_key)
        return list(owners.values_list(self.link.own_key, flat=True))

    def _acts(self, before: Numbers, after: Numbers, using: str) -> Iterator[Act]:
        owners: dict[Any, models.Model] = models.QuerySet(self.watched.model, using=using).in_bulk(before)
        for pk in [pk for pk in before if set(before[pk]) != set(after[pk])]:
            old, new = _named(self.link, {"before": before[pk], "after": after[pk]}, using).values()
            concerned = self.watched.concerned(owners[pk])
            yield act_on(
                "change", owners[pk], before={self.link.name: old}, after={self.link.name: new}, concerns=concerned
            )
