"""The static files that public pages bring: as `set_up` has made them, under the names that pages know."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from osce_site.mirror.addresses import STATIC

PUBLIC = "site/"  # the admin has its own
PACKED = (".gz", ".br")  # a server that looks for them sends these


def static_addresses() -> Iterator[str]:
    """Yield the addresses of all of them, and of those that are packed already."""
    for name in sorted(_names()):
        yield STATIC + name
        for ending in PACKED:
            if (Path(settings.STATIC_ROOT) / f"{name}{ending}").is_file() and _is_built():
                yield f"{STATIC}{name}{ending}"


def static_file(address: str) -> Path:
    """Return the file at an address.

    Raises:
        FileNotFoundError: there is none.
    """
    name = address.removeprefix(STATIC)
    found = Path(settings.STATIC_ROOT) / name if _is_built() else finders.find(name)
    if not found or not Path(found).is_file():
        raise FileNotFoundError(f"{address} is no static file; `manage.py set_up` makes them")
    return Path(found)


def _is_built() -> bool:
    """Say whether pages know them by names that hold a hash of their content."""
    return hasattr(staticfiles_storage, "hashed_files")


def _names() -> Iterator[str]:
    if _is_built():
        built: Any = staticfiles_storage
        yield from (name for given, name in built.hashed_files.items() if given.startswith(PUBLIC))
        return
    for finder in finders.get_finders():
        yield from (name for name, _storage in finder.list([]) if name.startswith(PUBLIC))
