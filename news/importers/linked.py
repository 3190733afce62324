"""What a row says of other pages: references to items, addresses, pictures, and where a removed item leads."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from news.importers.field_checks import Check, OneOf, Reading, Text, Whole, language, moment, named
from news.importers.rows import Reference, RemovalRow
from news.models import Removal
from news.models.former_address import LONGEST_PATH

LONGEST_NUMBER = LONGEST_SOURCE = 200  # letters
LONGEST_EXPLANATION = 100_000
LARGEST_NUMBER = 2**63 - 1  # the database's

number_at_the_source = Text(LONGEST_NUMBER)
REFERENCE_CHECKS: dict[str, Check] = {
    "id": Whole(LARGEST_NUMBER),
    "source": Text(LONGEST_SOURCE),
    "source_id": number_at_the_source,
    "language": language,
}
WAYS_TO_REFER = "its source_id as text, or {“id”: 12}, or {“source”: …, “source_id”: …, “language”: …}"


def object_of(value: dict[str, Any], path: str, reading: Reading, checks: dict[str, Check]) -> dict[str, Any]:
    """Return the checked values of an object, by their names."""
    values = {}
    for name, each in value.items():
        if (check := checks.get(name)) is None:
            reading.unknown(path, name, checks)
        else:
            values[name] = check(each, f"{path}.{name}", reading)
    return values


def reference(value: Any, path: str, reading: Reading) -> Reference | None:
    """Return another item, None for none."""
    if value is None or value == "":
        return None
    if type(value) is str:
        return Reference(source_id=number_at_the_source(value, path, reading))
    if type(value) is not dict or not ({"id", "source_id"} & value.keys()):
        reading.fault(path, f"expected another item, found {named(value)}. Write {WAYS_TO_REFER}.")
        return None
    values = object_of(value, path, reading, REFERENCE_CHECKS)
    if not values.get("id") and not values.get("source_id"):
        reading.fault(path, f"expected the number of another item. Write {WAYS_TO_REFER}.")
        return None
    return Reference(
        number=values.get("id", 0),
        source=values.get("source", ""),
        source_id=values.get("source_id", ""),
        language=values.get("language", ""),
    )


def path_of(parts: SplitResult) -> str:
    """Return the path of an address as a former one is kept: with a slash in front and none at its end."""
    return parts.path.rstrip("/")


def host_of(parts: SplitResult) -> str:
    """Return the host of an address as the name of a source: osce.org for https://www.osce.org/node/12."""
    return (parts.hostname or "").removeprefix("www.")


def address(value: Any, path: str, reading: Reading) -> SplitResult | None:
    """Return the parts of a full address, None for none."""
    text = LINE_OF_2000(value, path, reading)
    if not text:
        return None
    parts = _split(text)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        expected = "expected an address such as https://www.example.org/node/12"
        reading.fault(path, f"{expected}, found {named(text)}. Write it in full.")
        return None
    if len(path_of(parts)) > LONGEST_PATH:
        reading.fault(path, f"its path has more than {LONGEST_PATH} letters: {named(text)}. Leave it out.")
    return parts


def former_address(value: Any, path: str, reading: Reading) -> str:
    """Return a path at which the item stood, "" for one that is left out."""
    text = LINE_OF_2000(value, path, reading)
    parts = _split(text)
    former = path_of(parts) if parts else ""
    if parts is None or not text.startswith(("/", "http://", "https://")) or not former or " " in former:
        expected = "expected a path such as /node/12, or an address in full"
        reading.fault(path, f"{expected}, found {named(text)}. Begin it with a slash.")
    elif len(former) > LONGEST_PATH:
        reading.fault(path, f"expected at most {LONGEST_PATH} letters: {named(text)}. Leave it out.")
    elif parts.query:
        reading.notes.append(f"{path}: {named(text)} is left out: an address with a question mark leads nowhere here")
        return ""
    return former


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:  # a host in brackets that is none
        return None


def destination(value: Any, path: str, reading: Reading) -> str | Reference:
    """Return where a removed item leads: a path of this site, or another item; "" for nowhere."""
    if type(value) is str and value.startswith("/"):
        return LINE_OF_200(value, path, reading)
    return reference(value, path, reading) or ""


REMOVAL_CHECKS: dict[str, Check] = {
    "kind": OneOf(tuple(Removal.Kind.values)),
    "explanation": Text(LONGEST_EXPLANATION, is_line=False),
    "leads_to": destination,
    "removed_at": moment,
    "undone_at": moment,
}


def removal(value: Any, path: str, reading: Reading) -> RemovalRow | None:
    """Return the removal that stands, None for none."""
    found = _removal(value, path, reading)
    if found and found.undone_at:
        reading.fault(f"{path}.undone_at", "a removal that was undone stands no more. Move it to undone_removals.")
    return found


def undone_removal(value: Any, path: str, reading: Reading) -> RemovalRow | None:
    """Return a removal that stands no more."""
    found = _removal(value, path, reading)
    if found is None or found.removed_at is None or found.undone_at is None:
        reading.fault(path, "expected when it was removed and when that was undone. Give removed_at and undone_at.")
    elif found.undone_at < found.removed_at:
        reading.fault(f"{path}.undone_at", "it was undone before it was removed. Mend the dates.")
    return found


def _removal(value: Any, path: str, reading: Reading) -> RemovalRow | None:
    if value is None:
        return None
    if type(value) is not dict:
        reading.fault(path, f"expected a removal, found {named(value)}. Write {{“kind”: “withdrawn”, …}}.")
        return None
    if "kind" not in value:
        reading.fault(path, "a removal needs its kind. Give error, consolidated or withdrawn.")
        return None
    values = object_of(value, path, reading, REMOVAL_CHECKS)
    if values["kind"] == Removal.Kind.CONSOLIDATED and not values.get("leads_to"):
        reading.fault(path, "what is consolidated leads to another page. Give leads_to.")
    if values["kind"] == Removal.Kind.WITHDRAWN and values.get("leads_to"):
        reading.fault(f"{path}.leads_to", "what is withdrawn stays and leads nowhere. Leave it out.")
    return RemovalRow(**values)


def picture(value: Any, path: str, reading: Reading) -> str:
    """Return the address of a picture or an attachment; what else is said of it is not read yet."""
    if type(value) is not dict or type(value.get("url")) is not str:
        reading.fault(path, f"expected an object with a url, found {named(value)}. Write {{“url”: …, “title”: …}}.")
        return ""
    return str(value["url"])


LINE_OF_200, LINE_OF_2000 = Text(200), Text(2000)
