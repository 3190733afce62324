"""What a file server cannot say by itself, for nginx: which addresses lead on, and what was published in error."""

from collections.abc import Iterable
from pathlib import Path

from osce_site.mirror.files import MAPS
from osce_site.mirror.made import Kind
from osce_site.mirror.state import State

REDIRECTS, GONE = "redirects.map", "gone.map"


def write_maps(state: State, folder: Path) -> None:
    """Write both files, each in the place of the one before."""
    (folder / MAPS).mkdir(exist_ok=True)
    moved = [(address, target) for address, target in _rows(state, Kind.MOVED) if target]
    _write(folder / MAPS / REDIRECTS, (_line(form, target) for address, target in moved for form in _forms(address)))
    _write(folder / MAPS / GONE, (_line(address, "1") for address, _target in _rows(state, Kind.GONE)))


def _rows(state: State, kind: Kind) -> Iterable[tuple[str, str]]:
    return state.database.execute("SELECT address, target FROM page WHERE kind = ? ORDER BY address", (kind,))


def _forms(address: str) -> set[str]:
    """Return the address with a slash at its end and without: old ones were known without."""
    return {address, address.rstrip("/")} - {""}


def _line(address: str, value: str) -> str:
    return f"{_quoted(address)} {_quoted(value)};\n"


def _quoted(text: str) -> str:
    """Write a text as nginx reads it; a dollar sign would begin a variable, and no address that leads on has one."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24")
    return f'"{escaped}"'


def _write(path: Path, lines: Iterable[str]) -> None:
    half = path.with_suffix(".half")
    with half.open("w", encoding="utf-8") as file:
        file.writelines(sorted(lines))
    half.replace(path)
