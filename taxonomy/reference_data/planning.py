"""Comparing the files with the database: what to create, what to change, what to leave because an editor changed it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator

from taxonomy.reference_data.kinds import KINDS, referred
from taxonomy.reference_data.sources import Row, Value
from taxonomy.reference_data.stored import Stored

SHOWN_LETTERS = 80


@dataclass(slots=True, kw_only=True)
class Step:
    """What is to be done for one row: create it, change values of a record, or only remember what is there."""

    row: Row
    record: int | None = None
    changes: dict[str, Value] = field(default_factory=dict)
    written: dict[str, Value] = field(default_factory=dict)
    is_remembered: bool = False

    @property
    def is_new(self) -> bool:
        """Say whether there is no record yet."""
        return self.record is None


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a load would do, and what it leaves alone, as sentences for the person who runs it."""

    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def created(self) -> Counter[str]:
        """Count the records to create by kind."""
        return Counter(step.row.kind for step in self.steps if step.is_new)

    @property
    def changed(self) -> list[Step]:
        """Return the steps that change a record."""
        return [step for step in self.steps if step.changes and not step.is_new]


def make_plan(rows: list[Row], stored: Stored) -> Plan:
    """Compare rows with what is stored."""
    plan = Plan(rows=rows)
    gone: set[tuple[str, str]] = set()
    for row in rows:
        missing = _missing(row, stored, gone)
        if missing:
            gone.add((row.kind, row.key))
            plan.notes.append(f"not created: {row.kind} {row.key}: {missing}")
            continue
        step = _step(row, stored, plan)
        if step.is_new or step.changes or step.written != _written(row, stored):
            plan.steps.append(step)
        else:
            plan.unchanged += 1
    _note_left_over(plan, stored)
    return plan


def shown(value: Any) -> str:
    """Write a value for a person, cut where it is long."""
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return f"“{Truncator(' '.join(text.split())).chars(SHOWN_LETTERS)}”"


def _missing(row: Row, stored: Stored, gone: set[tuple[str, str]]) -> str:
    """Say why the row must not be created: an editor deleted it, or what it belongs to; else an empty text."""
    memory = stored.memories.get((row.kind, row.key))
    if memory:
        return "" if stored.has(row.kind, memory.record_id) else "an editor deleted it."
    deleted = [f"its {name}, {kind} {key}, is not there." for name, kind, key in referred(row) if (kind, key) in gone]
    return deleted[0] if deleted else ""


def _written(row: Row, stored: Stored) -> dict[str, Value]:
    memory = stored.memories.get((row.kind, row.key))
    return memory.written if memory else {}


def _step(row: Row, stored: Stored, plan: Plan) -> Step:
    memory = stored.memories.get((row.kind, row.key))
    number = memory.record_id if memory else stored.adopt(row)
    if number is None:
        return Step(row=row, changes=dict(row.values), written=dict(row.values))
    step = Step(row=row, record=number, is_remembered=memory is not None)
    last_written = _written(row, stored)
    for name in row.values:
        _compare(step, name, stored.value(row.kind, number, name), last_written.get(name, ""), plan)
    return step


def _compare(step: Step, name: str, current: Value, last: Value, plan: Plan) -> None:
    """Take the files' value unless an editor wrote another one: neither empty from the start nor a load's."""
    wanted = step.row.values[name]
    if current in (wanted, last):
        step.written[name] = wanted
        if current != wanted:
            step.changes[name] = wanted
        return
    step.written[name] = last
    if wanted or last:
        plan.notes.append(
            f"kept: {step.row.kind} {step.row.key}, {name}: editor’s {shown(current)}, reference data {shown(wanted)}"
        )


def _note_left_over(plan: Plan, stored: Stored) -> None:
    """Note records that an earlier load wrote and no file has any more; deleting is an editor's decision."""
    known = {(row.kind, row.key) for row in plan.rows}
    for kind, key in sorted(stored.memories.keys() - known):
        if kind in KINDS and stored.has(kind, stored.memories[kind, key].record_id):
            advice = "is no longer in the reference data; delete it in the admin if it should go."
            plan.notes.append(f"left: {kind} {key} {advice}")
