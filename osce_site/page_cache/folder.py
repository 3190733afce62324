"""The pages on disk: shared by the processes of one machine, and there after a restart.

A file for each page, put in its place at once. What cannot be read or written is as good as not there: a full, damaged
or read-only disk costs speed, never an answer.
"""

import fcntl
import logging
import os
import threading
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from osce_site.page_cache.pages import Page, unpack

CLAIM_LASTS = 10.0  # seconds; whoever makes a page for longer may have died over it
ROOMS = 256  # folders, each of which may hold its share of the bytes
KEPT_OF_FULL = 0.75  # of its share, once it is full
OLD_ERA = 86_400.0  # seconds after which what a dead process left half written is removed

logger = logging.getLogger(__name__)


class Folder:
    """Pages in files, up to a number of bytes."""

    def __init__(self, root: Path, most: int) -> None:
        """Keep the pages below the folder `root`."""
        self.root = root
        self.share = most // ROOMS
        self.written: dict[str, int] = {}  # room: bytes since it was last tidied
        self.warming: int | None = None  # the open file whose lock says that this process keeps pages warm

    def get(self, key: str) -> Page | None:
        """Return the page, fresh or not."""
        try:
            packed = self._path(key).read_bytes()
        except OSError:
            return None
        return unpack(packed, key=key)

    def put(self, page: Page) -> None:
        """Write the page, in the place of the one before."""
        path, packed = self._path(page.key), page.pack()
        half = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(packed)
            half.replace(path)
        except OSError as error:
            logger.warning("A page cannot be kept in %s: %s", self.root, error)
            with suppress(OSError):
                half.unlink()
            return
        self._tidy(path.parent, len(packed))

    def claim(self, key: str) -> bool:
        """Say whether this process is the one to make the page; a claim that has grown old is void."""
        path = self._path(key).with_suffix(".claim")
        for _attempt in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                if not _is_older(path, CLAIM_LASTS):
                    return False
                self.release(key)
            except OSError:
                return True  # without a disk each process makes its own
            else:
                return True
        return False

    def is_claimed(self, key: str) -> bool:
        """Say whether some process is making the page."""
        return self._path(key).with_suffix(".claim").exists()

    def release(self, key: str) -> None:
        """Give the claim up."""
        with suppress(OSError):
            self._path(key).with_suffix(".claim").unlink()

    def may_warm(self) -> bool:
        """Say whether this process is the one that keeps pages warm for all; its end, however it comes, ends that."""
        if self.warming is not None:
            return True
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            file = os.open(self.root / "warming.lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError:
            return True  # nothing is shared: each process warms its own memory
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self.warming = file
        return True

    def _path(self, key: str) -> Path:
        name = blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        return self.root / name[:2] / name[2:]

    def _tidy(self, room: Path, written: int) -> None:
        """Remove what was written longest ago, once a room has taken in a tenth of its share."""
        total = self.written.get(room.name, self.share) + written
        self.written[room.name] = total
        if total * 10 < self.share:
            return
        self.written[room.name] = 0
        with suppress(OSError):
            _shrink(room, self.share)


def _shrink(room: Path, share: int) -> None:
    with os.scandir(room) as entries:
        files = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in entries]
    total = sum(size for _written_at, size, _path in files)
    goal = share * KEPT_OF_FULL if total > share else total
    for written_at, size, path in sorted(files):
        is_left_over = "." in Path(path).name and time.time() - written_at > OLD_ERA
        if total <= goal and not is_left_over:
            continue
        with suppress(OSError):
            os.unlink(path)
        total -= size


def _is_older(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime > seconds
    except OSError:
        return True
