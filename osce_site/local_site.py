"""What a site needs that runs on somebody's own machine, and keeps in its folder `var/`."""

import os
import socket
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def local_secret_key(folder: Path) -> str:
    """Return the key kept in `folder`, made at the first call; only its owner may read it.

    An unwritable folder gives an empty key: osce_site.E001 says so in words.
    """
    path = folder / "secret_key"
    with suppress(OSError):
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _write_once(path, get_random_secret_key())
        return path.read_text().strip()
    return ""


def _write_once(path: Path, text: str) -> None:
    """Write a file that nobody sees half written; of two processes at once, the first one's text stays."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        Path(draft).unlink()


def is_writable(folder: Path) -> bool:
    """Say whether a file can be made in the folder, or in the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def why_not_free(host: str, port: int) -> OSError | None:
    """Return what keeps a server from listening at the address, if anything does."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn will
            listener.bind(address)
            listener.listen(1)
    except OSError as error:
        return error
    return None
