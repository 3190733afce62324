"""The navigation, as rows."""

from collections.abc import Iterator
from pathlib import Path

from taxonomy.models import Membership
from taxonomy.reference_data.sources import LANGUAGES, Row, Table, Value, by_language, toml_tables
from taxonomy.rich_text import sanitize

TARGETS = ("country", "institution", "topic")
EMPTY: dict[str, Value] = {
    **dict.fromkeys(("parent", *TARGETS, "address"), ""),
    **{f"{field}_{code}": "" for field in ("label", "introduction", "body") for code in LANGUAGES},
}


def navigation_rows(folder: Path, *, records: list[Row]) -> Iterator[Row]:
    """Read the navigation; `records` are the rows that its entries may lead to."""
    for path, table in toml_tables("navigation.toml", folder).items():
        yield _entry(path, table)
        yield from _below(path, table, records)
        table.finish()


def _entry(path: str, table: Table) -> Row:
    targets = {name: table.text(name) for name in (*TARGETS, "address")}
    filled = [name for name, value in targets.items() if value]
    if len(filled) > 1:
        raise table.error(f"it leads to {' and '.join(filled)}.", "Keep one of them.")
    has_own_name = bool(set(filled) & set(TARGETS))
    bodies = {code: sanitize(body).strip() for code, body in table.languages("body").items()}
    parent, _slash, slug = path.rpartition("/")
    values = {
        "parent": parent,
        "slug": slug,
        **targets,
        **by_language("label", table.languages("label", is_needed=not has_own_name)),
        **by_language("introduction", table.languages("introduction")),
        **by_language("body", bodies),
    }
    return Row(kind="navigation", key=path, place=table.place, values=values)


def _below(path: str, table: Table, records: list[Row]) -> Iterator[Row]:
    """Yield entries for the records that `below` asks for: a word for many, or a list of institutions."""
    wanted = table.text_or_texts("below")
    slugs = {(row.kind, row.key): row.values["slug"] for row in records if "slug" in row.values}
    for kind, key in _records_below(wanted, table, records):
        slug = str(slugs.get((kind, key), key))
        values = {**EMPTY, "parent": path, "slug": slug, kind: key}
        yield Row(kind="navigation", key=f"{path}/{slug}", place=table.place, values=values)


def _records_below(wanted: str | list[str], table: Table, records: list[Row]) -> list[tuple[str, str]]:
    if isinstance(wanted, list):
        return [("institution", key) for key in wanted]
    choices = {"": [], "topics": _topics(records), **_members(records)}
    if wanted not in choices:
        words = ", ".join(word for word in choices if word)
        raise table.error(f"below is “{wanted}”.", f"Write one of {words}, or a list of institutions.")
    return choices[wanted]


def _topics(records: list[Row]) -> list[tuple[str, str]]:
    return [("topic", row.key) for row in records if row.kind == "topic"]


def _members(records: list[Row]) -> dict[str, list[tuple[str, str]]]:
    """Return the countries of each status, in the order of the file."""
    members: dict[str, list[tuple[str, str]]] = {status: [] for status in Membership.Status.values}
    for row in records:
        if row.kind == "membership" and not row.values["until"]:
            members[str(row.values["status"])].append(("country", str(row.values["country"])))
    return members
