"""Which models are watched, and what of a record the record of acts keeps."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from record.plain_values import plain

HIDDEN = "(not shown)"
type Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How the writes of one model are recorded."""

    model: type[models.Model]
    hidden: frozenset[str]  # fields of which the record says that they changed, and never their values
    ignored: frozenset[str]  # fields that are nobody's act
    concerns: str | None  # the foreign key to the record on whose page the acts are shown too
    also: Callable[[models.Model, str], Mapping[str, Any]] | None  # what no column of the record tells
    fields: dict[str, models.Field] = field(init=False)

    def __post_init__(self) -> None:
        """Name the fields by their columns' attributes."""
        recorded = (column for column in self.model._meta.concrete_fields if not column.primary_key)
        fields = {column.attname: column for column in recorded if column.name not in self.ignored}
        object.__setattr__(self, "fields", fields)

    def rows(self, queryset: models.QuerySet) -> dict[Any, Row]:
        """Read the rows of a plain queryset by number, as the database holds them."""
        return {row.pop("pk"): row for row in queryset.order_by("pk").values("pk", *self.fields)}

    def row(self, pk: Any, using: str) -> Row | None:
        """Read one record as the database holds it, and keep it so until the transaction ends; None if it has none."""
        if pk is None:
            return None
        plainly: models.QuerySet = models.QuerySet(self.model, using=using).filter(pk=pk)
        return self.rows(plainly.select_for_update(no_key=True)).get(pk)  # what an UPDATE locks: foreign keys may refer

    def concerned(self, record: models.Model) -> models.Model | None:
        """Return the record that the acts concern, by its number alone."""
        if self.concerns is None:
            return None
        link: Any = self.model._meta.get_field(self.concerns)
        number = getattr(record, link.attname)
        return None if number is None else link.related_model(pk=number)

    def told(self, row: Row, names: Collection[str], using: str) -> dict[str, Any]:
        """Return values as the record keeps them, foreign keys by name and number; a hidden one is never among them."""
        return {self.fields[name].name: self._told(name, row[name], using) for name in names}

    def _told(self, name: str, value: Any, using: str) -> Any:
        column = self.fields[name]
        if column.name in self.hidden:
            return HIDDEN
        if not isinstance(column, models.ForeignKey) or value is None:
            return plain(value)
        related: Any = column.related_model
        key = {column.target_field.attname: value}
        return plain(models.QuerySet(related, using=using).filter(**key).first() or str(value))

    def filled(self, row: Row) -> list[str]:
        """Return the names of what isn't empty."""
        return [name for name, value in row.items() if value not in (None, "", [], {})]


_watches: dict[type[models.Model], Watch] = {}


def add_watch(watch: Watch) -> None:
    """Remember how a model is watched."""
    _watches[watch.model] = watch


def watch_of(model: type[models.Model]) -> Watch | None:
    """Return how a model is watched, if it is."""
    return _watches.get(model)


def watched_models() -> Iterable[type[models.Model]]:
    """Return every model whose writes are recorded without a word of theirs."""
    return _watches.keys()
