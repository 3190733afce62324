"""The native form: an item's fields by the names of `docs/import-format.md`, as plain values, checked into a row.

JSON Lines and tables share it. What is wrong is collected, all of it, with the path of the value.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult

from news.importers import linked
from news.importers.edition_fields import CONTENT_CHECKS, EDITION_CHECKS, Values, check_moments, edition_of, editions_of
from news.importers.field_checks import Check, Reading, Several, Text, Whole, language, slug
from news.importers.rows import (
    EditionRow,
    ItemRow,
    Problem,
    ReadingOptions,
    RemovalRow,
    Row,
    Whereabouts,
    rejected,
)

SOURCE_OF_FILES = "import"  # of rows that name neither a source nor an address
MOST_EDITIONS = 10_000


def _as_it_is(value: Any, path: str, reading: Reading) -> Any:  # noqa: ARG001 - checked with the rest of the row
    return value


ITEM_CHECKS: dict[str, Check] = {
    "source": Text(linked.LONGEST_SOURCE),
    "source_id": linked.number_at_the_source,
    "id": Whole(linked.LARGEST_NUMBER),
    "language": language,
    "slug": slug,
    "url": linked.address,
    "former_addresses": Several(linked.former_address),
    "translation_of": linked.reference,
    **CONTENT_CHECKS,
    "images": Several(linked.picture),
    "attachments": Several(linked.picture),
    **EDITION_CHECKS,
    "removal": linked.removal,
    "undone_removals": Several(linked.undone_removal, most=MOST_EDITIONS),
    "editions": _as_it_is,
}
# Without a value they are not given: an item has always one of them.
NEVER_EMPTY = frozenset({"source", "source_id", "id", "language", "url", "kind", "state"})
LEFT_OUT = {"images": "pictures", "attachments": "attachments"}


def item_row(
    data: Values,
    whereabouts: Whereabouts,
    options: ReadingOptions,
    *,
    has_odd_letters: bool,
    faults: list[Any] | None = None,
) -> Row:
    """Return the row, or all that is wrong with it.

    Args:
        data: the values by the names of the fields.
        whereabouts: where they stand.
        options: what whoever imports says of rows that do not say it.
        has_odd_letters: whether letters must be searched for what no text has.
        faults: what was found wrong before: paths and sentences.
    """
    reading = Reading(has_odd_letters=has_odd_letters, faults=faults or [])
    values = _checked(data, reading)
    editions = _editions(data, values, reading)
    source, source_id = _identity(values, options, reading)
    if reading.faults:
        problems = [Problem(place=whereabouts.place(path), text=sentence) for path, sentence in reading.faults]
        return rejected(whereabouts, problems)
    return _item(values, reading, whereabouts, editions, source=source, source_id=source_id, language=options.language)


def _item(
    values: Values, reading: Reading, whereabouts: Whereabouts, editions: tuple[EditionRow, ...], **identity: str
) -> ItemRow:
    """Return the row of values that are right; the identity has the language of rows without one."""
    return ItemRow(
        whereabouts=whereabouts,
        source=identity["source"],
        source_id=identity["source_id"],
        language=values.get("language") or identity["language"],
        editions=editions,
        given=_given(tuple(values)),
        number=values.get("id", 0),
        slug=values.get("slug", ""),
        translation_of=values.get("translation_of"),
        former_addresses=_former_addresses(values),
        removals=_removals(values),
        notes=_notes(values, reading),
    )


def _checked(data: Values, reading: Reading) -> Values:
    """Return the values of the fields that are given, each checked."""
    values = {}
    for name, value in data.items():
        if (check := ITEM_CHECKS.get(name)) is None:
            reading.unknown("", name, ITEM_CHECKS)
        elif name not in NEVER_EMPTY or not (value is None or value == ""):
            values[name] = check(value, name, reading)
    return values


@lru_cache(maxsize=1000)
def _given(names: tuple[str, ...]) -> frozenset[str]:
    """Return the names as a set, one for all rows that have the same fields."""
    return frozenset(names)


def _editions(data: Values, values: Values, reading: Reading) -> tuple[EditionRow, ...]:
    """Return the editions of a row, which are one where it does not list them."""
    if data.get("editions") is None:
        check_moments(values, "", reading)
        return (edition_of(values),)
    for name in EDITION_CHECKS:
        if name in values:
            reading.fault(name, "a row with editions says this in the last of them. Move it there.")
    return editions_of(data["editions"], values, reading)


def _identity(values: Values, options: ReadingOptions, reading: Reading) -> tuple[str, str]:
    """Return source and number there of an item; both are "" for one of this site, which its id names."""
    source, source_id = values.get("source") or options.source, values.get("source_id", "")
    if not source_id and values.get("id"):
        return (source, str(values["id"])) if source else ("", "")
    source_id = source_id or _number_of(values, reading)
    return source or _host(values.get("url")) or SOURCE_OF_FILES, source_id


def _number_of(values: Values, reading: Reading) -> str:
    """Return the address of a row that has no other number."""
    url = values.get("url")
    if url is None:
        if "url" not in values:
            reading.fault("", "without a number a second import could not know it again: give it a source_id.")
        return ""
    address = url.geturl()
    if len(address) > linked.LONGEST_NUMBER:
        reading.fault("url", f"it is longer than {linked.LONGEST_NUMBER} letters. Give a source_id beside it.")
    return str(address)


def _host(url: SplitResult | None) -> str:
    return linked.host_of(url) if url else ""


def _former_addresses(values: Values) -> tuple[str, ...]:
    """Return the paths at which the item stood, each once; that of its url is one."""
    paths = [path for path in values.get("former_addresses", ()) if path]
    url = values.get("url")
    if url and not url.query and linked.path_of(url):
        paths.append(linked.path_of(url))
    return tuple(dict.fromkeys(paths)) if paths else ()


def _removals(values: Values) -> tuple[RemovalRow, ...]:
    found = (*values.get("undone_removals", ()), values.get("removal"))
    return tuple(removal for removal in found if removal)


def _notes(values: Values, reading: Reading) -> tuple[str, ...]:
    """Return the sentences for whoever imports."""
    for name, what in LEFT_OUT.items():
        if count := len(values.get(name, ())):
            reading.notes.append(f"{count} {name} are left out: imports take no {what} yet")
    return tuple(reading.notes)
