"""Compiling the texts of the interface: with Babel, for not every machine has GNU gettext."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_translations() -> list[Path]:
    """Compile each .po file that is newer than its .mo, and return those."""
    outdated = [
        source
        for folder in settings.LOCALE_PATHS
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        if _is_newer(source, source.with_suffix(".mo"))
    ]
    for source in outdated:
        _compile(source)
    return outdated


def _is_newer(source: Path, compiled: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    """Write the .mo beside its source in one step: a server that runs may be reading it."""
    with source.open("rb") as file:
        catalog = read_po(file)
    descriptor, draft = tempfile.mkstemp(dir=source.parent)
    with os.fdopen(descriptor, "wb") as file:
        write_mo(file, catalog)
    Path(draft).chmod(0o644)  # another user may run the server
    Path(draft).replace(source.with_suffix(".mo"))
