"""The ways in which a page is compressed, and which of them a browser gets."""

import importlib
import sys
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import brotli  # type: ignore[import-untyped]  # it has no types

GZIP = 31  # zlib's number for gzip's form, with the largest window
# Python has it from 3.14 on; the backport is the same code under another name.
zstandard: Any = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
LONGEST = 200  # letters of an Accept-Encoding that is read; no browser sends more


def gzip(text: bytes) -> bytes:
    """Compress for everybody; without the time, so that the same text gives the same bytes."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, GZIP)
    return compressor.compress(text) + compressor.flush()


# The one that makes the least bytes first.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda text: bytes(brotli.compress(text, quality=5)),
    "zstd": lambda text: bytes(zstandard.compress(text, 9)),
    "gzip": gzip,
}


def plain(bodies: Mapping[str, bytes]) -> bytes:
    """Return the text of a kept page."""
    return bytes(zstandard.decompress(bodies["zstd"]))


@lru_cache(maxsize=500)
def chosen(accepted: str) -> str:
    """Return the encoding for a browser that sent this `Accept-Encoding`; empty where it takes none of ours.

    An encoding that it weighs with 0 is refused, whether by name or by `*` (RFC 9110, section 12.5.3).
    """
    weights = dict(map(_weighed, accepted[:LONGEST].lower().split(",")))
    others = weights.get("*", 0.0)
    offered = {name: weights.get(name, others) for name in ENCODERS}
    best = max(offered, key=lambda name: offered[name])
    return best if offered[best] > 0 else ""


def _weighed(part: str) -> tuple[str, float]:
    name, _semicolon, weight = part.replace(" ", "").partition(";q=")
    try:
        return name, float(weight or 1)
    except ValueError:
        return name, 0.0
