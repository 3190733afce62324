"""The files of the mirror: each is there as a whole or not at all, and none that is not ours is touched."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

SITE, HALVES, MAPS = "site", "halves", "nginx"  # folders below the mirror's


class Files:
    """The folder that a file server serves, and the one beside it in which files are begun."""

    def __init__(self, folder: Path) -> None:
        """Keep the files below `folder`."""
        self.folder = folder
        self.site = folder / SITE
        self.half = folder / HALVES / str(os.getpid())

    def begin(self) -> None:
        """Make the folders; what a killed process has left half made goes."""
        self.site.mkdir(parents=True, exist_ok=True)
        halves = self.folder / HALVES
        halves.mkdir(exist_ok=True)
        for half in halves.iterdir():
            half.unlink()

    def has(self, name: str) -> bool:
        """Say whether the file is there."""
        return (self.site / name).is_file()

    def write(self, name: str, content: bytes) -> None:
        """Write the file in the place of the one before."""
        self.half.write_bytes(content)
        self._put(name)

    def take(self, name: str, file: IO[bytes] | Any) -> None:
        """Take in a file of the storage: the very one where both are on one disk, else its bytes.

        Nobody writes into such files: a storage puts another one in their place.
        """
        self.half.unlink(missing_ok=True)
        source = getattr(file, "name", None) or ""
        if os.path.isabs(source) and _is_linked(source, self.half):
            self._put(name)
            return
        with self.half.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        self._put(name)

    def remove(self, name: str) -> None:
        """Remove the file, and the folders that are empty without it."""
        path = self.site / name
        path.unlink(missing_ok=True)
        with suppress(OSError):  # one of them holds something
            for parent in path.parents:
                if parent == self.site:
                    break
                parent.rmdir()

    def _put(self, name: str) -> None:
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.half.replace(path)
        self.half.unlink(missing_ok=True)  # two names of one file stay both (rename(2))


def _is_linked(source: str, half: Path) -> bool:
    try:
        os.link(source, half)
    except OSError:
        return False
    return True
