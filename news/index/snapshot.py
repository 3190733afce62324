"""The index in a file, so that a process that starts need not read a million rows.

A snapshot belongs to one row of the log: it is used only by who finds that very row in its database, and is then moved
on by the rows after it. Each process may write one; the file is replaced in one step.
"""

import datetime
import json
import logging
import struct
import sys
import tempfile
import zlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from pyroaring import BitMap

from news.index.holdings import Holdings
from news.index.order import Block, Order
from news.index.versions import Version

FORM = "facets 2"  # another form of the file has another name
PART = struct.Struct("<QI")  # before each part: its length and its checksum
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of the log, as no other database has it."""

    position: int
    written_at: datetime.datetime

    def text(self) -> list[Any]:
        """Return the place as a file holds it."""
        return [self.position, self.written_at.isoformat()]


def pack(holdings: Holdings, *, place: Place, now: int) -> list[bytes]:
    """Return the parts of a file that holds the holdings, true of this place in the log and this moment."""
    sets = list(holdings.named())
    head = {
        "form": form(),
        "place": place.text(),
        "now": now,
        "sets": [(name, value) for name, value, _numbers in sets],
        "blocks": len(holdings.order.blocks),
        "waiting": list(holdings.waiting.items()),
    }
    parts = [json.dumps(head).encode(), *(numbers.serialize() for _name, _value, numbers in sets)]
    for block in holdings.order.blocks:
        parts += [block.dates.tobytes(), block.numbers.tobytes(), block.members.serialize()]
    return parts


def form() -> list[Any]:
    """Return what must be as it was when the file was written, beside the database."""
    return [FORM, sys.byteorder, [code for code, _name in settings.LANGUAGES], settings.TIME_ZONE]


def store(path: Path, parts: list[bytes]) -> None:
    """Put the parts into the file, in one step; where it cannot be written the site goes on without."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete_on_close=False) as file:
            for part in parts:
                file.write(PART.pack(len(part), zlib.crc32(part)))
                file.write(part)
            file.close()
            Path(file.name).replace(path)
    except OSError as error:
        logger.warning("The index of lists could not be kept in %s: %s", path, error)


def read(path: Path, *, is_ours: Callable[[Place], bool]) -> tuple[Holdings, Place, int] | None:
    """Return what the file holds, its place and moment, or None where there is none for this database.

    Args:
        path: the file; one that is cut short or of another form is none.
        is_ours: says whether a `Place` is a row of our log.
    """
    try:
        with path.open("rb") as file:
            return _read(file, is_ours)
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return None


def _read(file: BinaryIO, is_ours: Callable[[Place], bool]) -> tuple[Holdings, Place, int] | None:
    head = json.loads(_part(file))
    if head["form"] != form():
        return None
    place = Place(position=head["place"][0], written_at=datetime.datetime.fromisoformat(head["place"][1]))
    if not is_ours(place):
        return None
    holdings = Holdings()
    for name, value in head["sets"]:
        holdings.put(name, value, BitMap.deserialize(_part(file)))
    blocks = []
    for _block in range(head["blocks"]):
        dates, numbers = array("q"), array("I")
        dates.frombytes(_part(file))
        numbers.frombytes(_part(file))
        blocks.append(Block(dates, numbers, BitMap.deserialize(_part(file))))
    holdings.order = Order(blocks)
    for story, versions in head["waiting"]:
        holdings.wait(story, [Version(*version) for version in versions], head["now"])
    return holdings, place, head["now"]


def _part(file: BinaryIO) -> bytes:
    length, checksum = PART.unpack(file.read(PART.size))
    content = file.read(length)
    if len(content) != length or zlib.crc32(content) != checksum:
        raise ValueError("The file is cut short or damaged.")
    return content
