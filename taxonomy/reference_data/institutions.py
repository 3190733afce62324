"""Institutions and fields of work, as rows."""

from collections.abc import Iterator
from pathlib import Path

from taxonomy.models import Institution
from taxonomy.reference_data.countries import former_name_rows
from taxonomy.reference_data.sources import LANGUAGES, Row, Table, by_language, did_you_mean, toml_tables


def institution_rows(folder: Path) -> Iterator[Row]:
    """Read institutions with their former names."""
    cities = {name: _city(name, table) for name, table in toml_tables("cities.toml", folder).items()}
    for slug, table in toml_tables("institutions.toml", folder).items():
        values = {
            "slug": slug,
            "parent": table.text("parent"),
            "kind": table.choice("kind", Institution.Kind.values),
            **by_language("name", table.languages("name", is_needed=True)),
            **by_language("acronym", table.languages("acronym")),
            "host_country": table.text("host_country"),
            **by_language("city", _city_of(table, cities)),
            "opened_on": table.date("opened_on"),
            "closed_on": table.date("closed_on"),
            "successors": sorted(table.texts("successors")),
        }
        yield Row(kind="institution", key=slug, place=table.place, values=values)
        yield from former_name_rows(table, kind="institution", key=slug)
        table.finish()


def topic_rows(folder: Path) -> Iterator[Row]:
    """Read fields of work."""
    for slug, table in toml_tables("topics.toml", folder).items():
        names = by_language("name", table.languages("name", is_needed=True))
        values = {"slug": slug, "parent": table.text("parent"), **names}
        table.finish()
        yield Row(kind="topic", key=slug, place=table.place, values=values)


def _city(name: str, table: Table) -> dict[str, str]:
    names = {code: table.text(code, is_needed=True) for code in LANGUAGES if code != "en"}
    table.finish()
    return {"en": name, **names}


def _city_of(table: Table, cities: dict[str, dict[str, str]]) -> dict[str, str]:
    name = table.text("city")
    if name and name not in cities:
        raise table.error(f"city “{name}” is not in cities.toml.", f"{did_you_mean(name, cities)}Add it there.")
    return cities.get(name, dict.fromkeys(LANGUAGES, ""))
