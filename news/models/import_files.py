"""Where uploaded files of imports lie: in a folder that no server shows, readable by the site's own user alone."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class ImportFiles(FileSystemStorage):
    """Files in `IMPORTS_ROOT`; none of them has an address."""

    def __init__(self) -> None:
        """Let nobody else on the machine read them."""
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        """Return the folder of the settings."""
        return str(settings.IMPORTS_ROOT)

    @property
    def location(self) -> str:
        """Return the folder of the settings."""
        return str(Path(settings.IMPORTS_ROOT).absolute())

    def url(self, name: str | None) -> Any:
        """Refuse.

        Raises:
            ValueError: always.
        """
        raise ValueError(f"The import file {name} is not served.")
