"""What the database holds of the rows' kinds, in the files' own terms: references as keys."""

from collections import defaultdict
from typing import Any

from taxonomy.models import ReferenceRecord
from taxonomy.reference_data.kinds import KINDS
from taxonomy.reference_data.sources import Row, Value


class Stored:
    """All records of the rows' kinds, read once in a fixed number of queries, and what the load remembers of them."""

    def __init__(self, rows: list[Row]) -> None:
        """Read the values that the rows have."""
        self.memories = {(memory.kind, memory.key): memory for memory in ReferenceRecord.objects.all()}
        self._keys: dict[str, dict[int, str]] = {kind: {} for kind in KINDS}
        for (kind, key), memory in self.memories.items():
            self._keys.setdefault(kind, {})[memory.record_id] = key
        fields = {row.kind: list(row.values) for row in rows}
        self._records = {kind: _read(kind, fields.get(kind, [])) for kind in KINDS}
        self._alike: dict[str, dict[tuple[Value, ...], int]] = {}

    def has(self, kind: str, number: int) -> bool:
        """Say whether the record exists."""
        return number in self._records[kind]

    def value(self, kind: str, number: int, name: str) -> Value:
        """Return a value of a record; of another record that no file has, its number: "#12"."""
        value = self._records[kind][number][name]
        refers_to = KINDS[kind].references.get(name)
        if refers_to is None:
            return "" if value is None else value
        if name in KINDS[kind].lists:
            return sorted(self.key(refers_to, other) for other in value)
        return "" if value is None else self.key(refers_to, value)

    def key(self, kind: str, number: int) -> str:
        """Return the key of a record."""
        return self._keys[kind].get(number, f"#{number}")

    def adopt(self, row: Row) -> int | None:
        """Return the record that is the row's though no load wrote it, and know it by the row's key from now on."""
        alike = KINDS[row.kind].alike
        for number in self._records[row.kind]:
            is_free = number not in self._keys[row.kind]
            if is_free and all(self.value(row.kind, number, name) == row.values[name] for name in alike):
                self._keys[row.kind][number] = row.key
                return number
        return None


def _read(kind: str, names: list[str]) -> dict[int, dict[str, Any]]:
    """Read the named values of all records of a kind, by number."""
    lists, references = KINDS[kind].lists, KINDS[kind].references
    columns = {name: f"{name}_id" if name in references else name for name in names if name not in lists}
    rows = KINDS[kind].model.objects.values_list("pk", *columns.values())
    records: dict[int, dict[str, Any]] = {number: dict(zip(columns, row, strict=True)) for number, *row in rows}
    for name in lists:
        others = _read_list(kind, name)
        for number, record in records.items():
            record[name] = others[number]
    return records


def _read_list(kind: str, name: str) -> dict[int, list[int]]:
    field = KINDS[kind].model._meta.get_field(name)
    pairs = field.remote_field.through.objects.values_list(field.m2m_column_name(), field.m2m_reverse_name())
    others: dict[int, list[int]] = defaultdict(list)
    for number, other in pairs:
        others[number].append(other)
    return others
