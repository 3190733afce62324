"""What became of an address: what stands in its file, what that shows, and what it leads to."""

from dataclasses import dataclass, field
from enum import StrEnum

from news.index.versions import NEVER


class Kind(StrEnum):
    """What an address answers."""

    PAGE = "page"
    FILE = "file"  # of the library, or a static one
    MOVED = "moved"  # leads on
    GONE = "gone"  # published in error
    MISSING = "missing"  # nothing stands there, and no file either
    FAILED = "failed"  # an error of the site, or of the disk: made again with the next run


@dataclass(slots=True, kw_only=True)
class Made:
    """What was made of an address.

    Attributes:
        kind: what it is.
        digest: of its file.
        is_written: whether the file is another one now.
        target: where it leads on, or what went wrong.
        position: how far the log of changes had been read.
        due: the instant from which it is another, in microseconds.
        tags: what it shows.
        mentions: what the mirror has to hold for it.
    """

    kind: Kind
    digest: str = ""
    is_written: bool = False
    target: str = ""
    position: int = 0
    due: int = NEVER
    tags: frozenset[str] = field(default=frozenset())
    mentions: frozenset[str] = field(default=frozenset())
