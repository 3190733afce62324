"""Countries, their memberships and the years in the chair, as rows.

English names are those of countries.csv. Names in the other languages come from CLDR, the Unicode Consortium's
collection, by way of Babel, except where country_names.toml says what the organisation writes instead.
"""

from collections.abc import Iterator
from pathlib import Path

from django.utils.text import slugify

from taxonomy.cldr import cldr_names
from taxonomy.models import Membership
from taxonomy.reference_data.sources import (
    LANGUAGES,
    ReferenceDataError,
    Row,
    Table,
    by_language,
    csv_tables,
    did_you_mean,
    toml_tables,
)

COUNTRY_COLUMNS = ("name", "iso_code", "membership", "since", "until")
CHAIR_COLUMNS = ("year", "country")


def country_rows(folder: Path) -> list[Row]:
    """Read countries with their former names, memberships and chairs."""
    lines = list(csv_tables("countries.csv", COUNTRY_COLUMNS, folder))
    codes = {line.text("iso_code", is_needed=True): line for line in lines}
    english = {code: line.text("name", is_needed=True) for code, line in codes.items()}
    known_names = toml_tables("country_names.toml", folder)
    for code, table in known_names.items():
        if code not in codes:
            raise table.error(f"countries.csv has no country {code}.", "Use a code that it has, or add a line there.")
    return [
        *_countries(codes, english, known_names),
        *_memberships(lines),
        *_chairs({name: code for code, name in english.items()}, folder),
    ]


def former_name_rows(table: Table, *, kind: str, key: str) -> Iterator[Row]:
    """Read the former names of a table, one row for each language that has one."""
    for former in table.tables("former_names"):
        names = {code: former.text(code, is_needed=code == "en") for code in LANGUAGES}
        dates = {"used_from": former.date("used_from"), "used_until": former.date("used_until")}
        former.finish()
        for language, name in names.items():
            if name:
                values = {"record": key, "name": name, "language": language, **dates}
                row_key = f"{key}/{slugify(names['en'])}/{language}"
                yield Row(kind=f"{kind} former name", key=row_key, place=former.place, values=values)


def _countries(codes: dict[str, Table], english: dict[str, str], known_names: dict[str, Table]) -> Iterator[Row]:
    for code, line in codes.items():
        table = known_names.get(code) or Table(line.place, {})
        ours = {language: name for language, name in table.languages("name").items() if name}
        names = {**cldr_names(code), "en": english[code], **ours}
        values = {
            "iso_code": code,
            "slug": slugify(english[code]),
            **by_language("name", names),
            **by_language("official_name", table.languages("official_name")),
        }
        yield Row(kind="country", key=code, place=line.place, values=values)
        yield from former_name_rows(table, kind="country", key=code)
        table.finish()


def _memberships(lines: list[Table]) -> Iterator[Row]:
    for line in lines:
        code, status = line.text("iso_code"), line.choice("membership", Membership.Status.values)
        values = {"country": code, "status": status, "since": line.date("since"), "until": line.date("until")}
        yield Row(kind="membership", key=f"{code}/{status}", place=line.place, values=values)


def _chairs(codes: dict[str, str], folder: Path) -> Iterator[Row]:
    for line in csv_tables("chairpersonships.csv", CHAIR_COLUMNS, folder):
        year, name = line.date("year"), line.text("country", is_needed=True)
        if name not in codes:
            remedy = f"{did_you_mean(name, codes)}Write it as countries.csv does."
            raise ReferenceDataError(line.place, f"“{name}” is no country.", remedy)
        yield Row(kind="chair", key=year, place=line.place, values={"year": int(year), "country": codes[name]})
