"""A page as it is kept: compressed once in each way that browsers ask for, with what it shows and as of when.

It is written to files and to a shared cache as JSON and bytes under a checksum, and never unpickled.
"""

import datetime
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from news.index.snapshot import Place
from osce_site.page_cache.encodings import ENCODERS, plain

FORM = b"page2"
HEAD = struct.Struct(">5s16sI")  # form, checksum of all that follows, length of the description
OVERHEAD = 2_000  # bytes that a page takes in memory beside its bodies, about
NAMED_ANEW = {"content-length", "etag", "vary", "content-encoding"}


@dataclass(slots=True, kw_only=True)
class Page:
    """An answer that anybody may have: a page, a redirect, or word that something is gone.

    Attributes:
        key: the address and all else that decides what is answered.
        status: as Django gave it, such as "200 OK".
        headers: as Django gave them, without those that differ from encoding to encoding.
        bodies: by encoding; the plain one is not kept.
        etag: names the text, whatever its encoding.
        tags: what it shows.
        place: how far the log had been read when it was begun.
        at: the instant when it was begun, in microseconds.
        due: the instant from which it is another, as far as the log tells.
    """

    key: str
    status: str
    headers: list[tuple[str, str]]
    bodies: dict[str, bytes] = field(repr=False)
    etag: str
    tags: frozenset[str]
    place: Place
    at: int
    due: int

    @property
    def is_page(self) -> bool:
        """Say whether something stands at the address."""
        return self.status.startswith("200")

    @property
    def is_redirect(self) -> bool:
        """Say whether it leads elsewhere; Django puts the parameters of the request into where."""
        return self.status.startswith("3")

    @property
    def size(self) -> int:
        """Return about how many bytes it takes in memory."""
        return OVERHEAD + sum(map(len, self.bodies.values())) + 60 * len(self.tags)

    @property
    def text(self) -> bytes:
        """Return the body as it was before it was compressed."""
        return plain(self.bodies)

    def pack(self) -> bytes:
        """Return the page as bytes."""
        described = {
            "key": self.key,
            "status": self.status,
            "headers": self.headers,
            "bodies": {name: len(body) for name, body in self.bodies.items()},
            "etag": self.etag,
            "tags": sorted(self.tags),
            "place": self.place.text(),
            "at": self.at,
            "due": self.due,
        }
        description = json.dumps(described).encode()
        content = b"".join([description, *self.bodies.values()])
        return HEAD.pack(FORM, _checksum(content), len(description)) + content


def compressed(text: bytes) -> dict[str, bytes]:
    """Return the text in each encoding."""
    return {name: encode(text) for name, encode in ENCODERS.items()}


def name_of(text: bytes) -> str:
    """Return the tag that names the text."""
    return blake2b(text, digest_size=12).hexdigest()


def kept_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers that are the same whatever the encoding."""
    return [(name, value) for name, value in headers if name.lower() not in NAMED_ANEW]


def unpack(packed: bytes, *, key: str) -> Page | None:
    """Return the page of this address; None where the bytes are damaged, of another form, or of another address."""
    if len(packed) < HEAD.size:
        return None
    form, checksum, length = HEAD.unpack_from(packed)
    content = packed[HEAD.size :]
    if form != FORM or checksum != _checksum(content):
        return None
    described = json.loads(content[:length])
    return _page(described, content[length:]) if described["key"] == key else None


def _page(described: dict[str, Any], bodies: bytes) -> Page:
    cut: dict[str, bytes] = {}
    start = 0
    for name, length in described["bodies"].items():
        cut[name] = bodies[start : start + length]
        start += length
    position, written_at = described["place"]
    return Page(
        key=described["key"],
        status=described["status"],
        headers=[(name, value) for name, value in described["headers"]],
        bodies=cut,
        etag=described["etag"],
        tags=frozenset(described["tags"]),
        place=Place(position=position, written_at=datetime.datetime.fromisoformat(written_at)),
        at=described["at"],
        due=described["due"],
    )


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()
