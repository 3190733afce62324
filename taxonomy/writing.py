"""The one transaction in which taxonomy is written, and the word that it gives of what changed.

Locks are taken in one order, taxonomy's first and the newsroom's publishing lock after it, before anything is read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from record.watching import record_creations, recorded_rows

# Sent inside the writing transaction, with `subject`: what changed, as text ("country 12", "navigation").
taxonomy_changed = Signal()

TAXONOMY_LOCK = 0x7461786F  # "taxo": any number that no other part of the site uses


@contextmanager
def taxonomy_writing(using: str | None = None) -> Iterator[None]:
    """Hold the only right to write taxonomy until the transaction ends.

    PostgreSQL: one advisory lock of the transaction. SQLite: the IMMEDIATE transaction is itself the only writer.
    Whatever is written must be read inside, not before.
    """
    alias = using or DEFAULT_DB_ALIAS
    with transaction.atomic(using=alias):
        take_advisory_lock(alias, TAXONOMY_LOCK)
        yield


def take_advisory_lock(alias: str, number: int) -> None:
    """Wait for the lock `number` and hold it until the transaction ends; a no-op where one writer is the rule."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


class GuardedQuerySet(models.QuerySet):
    """Rows of taxonomy; what is written to many at once takes the lock, is recorded and told, as `save()` does."""

    def update(self, **values: Any) -> int:
        """Update under the lock; a slug is refused, since its former address would be lost."""
        if "slug" in values:
            raise ValidationError(
                _("update() would lose the former address of each slug. Save the records one by one.")
            )
        with taxonomy_writing(self.db):
            numbers = list(self.values_list("pk", flat=True))
            rows: models.QuerySet = models.QuerySet(self.model, using=self.db).filter(pk__in=numbers)
            with recorded_rows(rows):
                written = super().update(**values)
            self._tell(rows)
        return written

    update.alters_data = True

    def bulk_create(self, records: Iterable[Any], *arguments: Any, **options: Any) -> list[Any]:
        """Create under the lock."""
        with taxonomy_writing(self.db):
            created = super().bulk_create(records, *arguments, **options)
            record_creations(self.model, created, self.db)
            self._tell(created)
        return created

    bulk_create.alters_data = True

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete record by record, each as its own `delete()` does."""
        total, counts = 0, {}
        with taxonomy_writing(self.db):
            for record in list(self.in_deleting_order()):
                deleted, by_model = record.delete(using=self.db)
                total += deleted
                for name, count in by_model.items():
                    counts[name] = counts.get(name, 0) + count
        return total, counts

    delete.alters_data = True
    delete.queryset_only = True

    def in_deleting_order(self) -> models.QuerySet:
        """Return the rows in an order in which they can be deleted."""
        return self.all()

    def _tell(self, records: Iterable[Any]) -> None:
        for subject in {record.change_subject() for record in records}:
            taxonomy_changed.send(self.model, subject=subject)


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):
    """The manager of taxonomy's records."""
