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
    choices = ("topics", *Membership.Status.values)
    if wanted not in ("", *choices):
        raise table.error(f"below is “{wanted}”.", f"Write one of {', '.join(choices)}, or a list of institutions.")
    if wanted == "topics":
        return [("topic", row.key) for row in records if row.kind == "topic"]
    return [("country", code) for code in _members(wanted, records)]


def _members(status: str, records: list[Row]) -> list[str]:
    memberships = [row.values for row in records if row.kind == "membership" and not row.values["until"]]
    return [str(membership["country"]) for membership in memberships if membership["status"] == status]
