"""Writing a plan: through the models, so that trees are guarded and every page hears of what changed."""

from typing import Any

from django.db import IntegrityError, models

from taxonomy.models import ReferenceRecord
from taxonomy.reference_data.kinds import KINDS
from taxonomy.reference_data.planning import Plan, Step
from taxonomy.reference_data.sources import ReferenceDataError, Row, Value
from taxonomy.reference_data.stored import Stored
from taxonomy.tree import TreeNode
from taxonomy.writing import taxonomy_changed


class Writer:
    """Writes the steps of a plan, inside the caller's `taxonomy_writing` transaction in which the plan was made."""

    def __init__(self, plan: Plan, stored: Stored) -> None:
        self._plan = plan
        self._memories = stored.memories
        self._numbers = {place: memory.record_id for place, memory in stored.memories.items()}
        self._numbers |= {(step.row.kind, step.row.key): step.record for step in plan.steps if step.record}
        self._places = {} if not self._numbers else _neighbours(plan.rows)

    def write(self) -> None:
        """Write records, then the lists that name records, then what was written."""
        for step in self._plan.steps:
            if step.is_new:
                self._create(step)
            elif step.changes:
                self._change(step)
        for step in self._plan.steps:
            self._write_lists(step)
        self._remember()

    def _create(self, step: Step) -> None:
        record = KINDS[step.row.kind].model(**self._columns(step))
        _save(record, step.row)
        self._numbers[step.row.kind, step.row.key] = record.pk
        if isinstance(record, TreeNode) and self._places:
            self._place(record, step.row)

    def _change(self, step: Step) -> None:
        columns = self._columns(step)
        if columns:
            record = self._record(step)
            for name, value in columns.items():
                setattr(record, name, value)
            _save(record, step.row)

    def _write_lists(self, step: Step) -> None:
        for name in KINDS[step.row.kind].lists:
            if step.changes.get(name) or (name in step.changes and not step.is_new):
                record = self._record(step)
                others = [self._number(step.row.kind, name, str(key)) for key in step.changes[name]]
                getattr(record, name).set(others)
                taxonomy_changed.send(type(record), subject=record.change_subject())

    def _record(self, step: Step) -> Any:
        return KINDS[step.row.kind].model.objects.get(pk=self._numbers[step.row.kind, step.row.key])

    def _columns(self, step: Step) -> dict[str, Any]:
        """Return the changed values as the model's columns: references as numbers."""
        kind = KINDS[step.row.kind]
        columns: dict[str, Any] = {}
        for name, value in step.changes.items():
            if name in kind.references and name not in kind.lists:
                columns[f"{name}_id"] = self._number(step.row.kind, name, str(value)) if value else None
            elif name not in kind.lists:
                columns[name] = value
        return columns

    def _number(self, kind: str, name: str, key: str) -> int:
        return self._numbers[KINDS[kind].references[name], key]

    def _place(self, record: TreeNode, row: Row) -> None:
        """Move a new node beside the neighbour that it has in the file: a load into a filled tree appends otherwise."""
        for position in ("right", "left"):
            neighbour = self._numbers.get((row.kind, self._places.get((row.kind, row.key, position), "")))
            other = type(record).objects.filter(pk=neighbour, parent_id=record.parent_id).first()
            if other:
                record.move(other, position)
                return

    def _remember(self) -> None:
        fresh, known = [], []
        for step in self._plan.steps:
            place = (step.row.kind, step.row.key)
            memory = self._memories.get(place) or ReferenceRecord(kind=place[0], key=place[1])
            memory.record_id, memory.written = self._numbers[place], step.written
            (known if step.is_remembered else fresh).append(memory)
        ReferenceRecord.objects.bulk_create(fresh, batch_size=200)
        ReferenceRecord.objects.bulk_update(known, ["written"], batch_size=200)


def _save(record: models.Model, row: Row) -> None:
    try:
        record.save()
    except IntegrityError as wrong:
        reason = " ".join(str(wrong).split()).rstrip(".")
        problem = f"{row.kind} {row.key} cannot be stored: {reason}."
        remedy = "Change the record that stands in its way in the admin, or the file."
        raise ReferenceDataError(row.place, problem, remedy) from None


def _neighbours(rows: list[Row]) -> dict[tuple[str, str, str], str]:
    """Return for (kind, key, "right") the key of the row before it below its parent, for "left" of the one after it."""
    before: dict[tuple[str, Value | None], str] = {}
    neighbours: dict[tuple[str, str, str], str] = {}
    for row in rows:
        group = (row.kind, row.values.get("parent"))
        if group in before:
            neighbours[row.kind, row.key, "right"] = before[group]
            neighbours[row.kind, before[group], "left"] = row.key
        before[group] = row.key
    return neighbours
