"""A local folder in which a file is there whole or not at all, whatever happens while it is written."""

import os
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

PART = ".part"  # ends the name of what is being written


class WholeFileStorage(FileSystemStorage):
    """Django's local storage, which would leave a half file on a full disk, and show it before it is whole.

    A file that is there already is replaced, in one moment, as object storages do it.
    """

    def __init__(self, *, allow_overwrite: bool = True, **options: Any) -> None:
        """Take the options of FileSystemStorage."""
        super().__init__(allow_overwrite=allow_overwrite, **options)

    def _save(self, name: str, content: File) -> str:
        """Write beside the place, see it on the disk, and only then put it there."""
        part = f"{name}.{get_random_string(12)}{PART}"
        # Without the path of a temporary file, which Django would move across disks, bit by bit, to the last name.
        plain = File(content.file, name) if hasattr(content, "temporary_file_path") else content
        try:
            super()._save(part, plain)  # type: ignore[misc]  # what storages override; the stubs leave it out
            self._write_through(part)
            os.replace(self.path(part), self.path(name))
        except BaseException:
            self.delete(part)
            raise
        return name

    def _write_through(self, name: str) -> None:
        written = os.open(self.path(name), os.O_RDONLY)
        try:
            os.fsync(written)
        finally:
            os.close(written)
