"""The kinds of rows: which model each becomes, what tells two apart, and which values name rows of other kinds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taxonomy.models import (
    Chairpersonship,
    Country,
    CountryFormerName,
    Institution,
    InstitutionFormerName,
    Membership,
    NavigationItem,
    Topic,
)
from taxonomy.reference_data.countries import country_rows
from taxonomy.reference_data.institutions import institution_rows, topic_rows
from taxonomy.reference_data.navigation import navigation_rows
from taxonomy.reference_data.sources import DATA, ReferenceDataError, Row, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of row.

    `alike` are the values by which a record that an editor made is recognised as the one in the files;
    `references` says of a value which kind it names, `lists` which of those name several.
    """

    model: Any  # a class of models; its manager is what the type checker does not see
    alike: tuple[str, ...]
    references: dict[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()


# In the order in which they are written: what a row refers to stands before it.
KINDS = {
    "country": Kind(model=Country, alike=("iso_code",)),
    "country former name": Kind(
        model=CountryFormerName, alike=("record", "language", "name"), references={"record": "country"}
    ),
    "membership": Kind(model=Membership, alike=("country", "status"), references={"country": "country"}),
    "chair": Kind(model=Chairpersonship, alike=("year",), references={"country": "country"}),
    "institution": Kind(
        model=Institution,
        alike=("slug",),
        references={"parent": "institution", "host_country": "country", "successors": "institution"},
        lists=("successors",),
    ),
    "institution former name": Kind(
        model=InstitutionFormerName, alike=("record", "language", "name"), references={"record": "institution"}
    ),
    "topic": Kind(model=Topic, alike=("slug",), references={"parent": "topic"}),
    "navigation": Kind(
        model=NavigationItem,
        alike=("parent", "slug"),
        references={"parent": "navigation", "country": "country", "institution": "institution", "topic": "topic"},
    ),
}


def read_rows(folder: Path = DATA) -> list[Row]:
    """Read all data files into rows, in the order in which they are written.

    Raises:
        ReferenceDataError: a file has a mistake.
    """
    records = [*country_rows(folder), *institution_rows(folder), *topic_rows(folder)]
    rows = [*records, *navigation_rows(folder, records=records)]
    order = list(KINDS)
    rows.sort(key=lambda row: order.index(row.kind))
    check_references(rows)
    return rows


def check_references(rows: list[Row]) -> None:
    """Refuse a row that names another one that no file has, a parent that stands below it, and a key used twice.

    Raises:
        ReferenceDataError: the first such row.
    """
    known = {(row.kind, row.key) for row in rows}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.kind, row.key) in seen:
            raise ReferenceDataError(row.place, f"{row.kind} {row.key} stands here a second time.", "Remove one.")
        for name, kind, key in referred(row):
            _check_reference(row, name, (kind, key), known=known, above=seen)
        seen.add((row.kind, row.key))


def _check_reference(
    row: Row, name: str, other: tuple[str, str], *, known: set[tuple[str, str]], above: set[tuple[str, str]]
) -> None:
    kind, key = other
    if other not in known:
        near = did_you_mean(key, [known_key for known_kind, known_key in known if known_kind == kind])
        raise ReferenceDataError(row.place, f"{name} “{key}” is not known.", f"{near}Mend it.")
    if name == "parent" and other not in above:
        raise ReferenceDataError(row.place, f"its parent “{key}” stands below it.", "Move the parent up.")


def referred(row: Row) -> Iterator[tuple[str, str, str]]:
    """Yield what a row refers to: the value's name, and the kind and key of the row that it names."""
    for name, kind in KINDS[row.kind].references.items():
        value = row.values[name]
        for key in value if isinstance(value, list) else [str(value)]:
            if key:
                yield name, kind, key
