"""Pictures that are decoded in a process of their own, whose program is `library.decoder`."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image

from library.anatomy import Bytes
from library.decoder import TOO_LITTLE_MEMORY
from library.opaque import BAND
from library.room import ImageRefusedError

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent


def decoded_apart(data: Bytes, plugin: str, size: tuple[int, int]) -> Image.Image:
    """Return a picture in RGB, opaque.

    Args:
        data: the whole file.
        plugin: Pillow's name of its format.
        size: as its head says.

    Raises:
        ImageRefusedError: it needs more memory than there is.
        OSError: it is damaged.
    """
    command = [sys.executable, "-m", "library.decoder", plugin, *map(str, size)]
    with subprocess.Popen(  # noqa: S603 - our own program; the file is never part of the command
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdin and program.stdout and program.stderr  # noqa: PT018, S101 - for the type checker
        picture = _sent(data, program.stdin, program.stdout, size)
        said = program.stderr.read().decode(errors="replace").strip()
    if program.returncode == TOO_LITTLE_MEMORY:
        raise ImageRefusedError(
            _("The picture takes too much memory in this format: save it with 8 bits and without layers, or as JPEG.")
        )
    if picture is None or program.returncode:
        raise OSError(said or f"the decoder ended with {program.returncode}")
    return picture


def _sent(data: Bytes, way_in: IO[bytes], rows: IO[bytes], size: tuple[int, int]) -> Image.Image | None:
    """Give the decoder the file, and return what it makes of it; None where it ends before its time."""
    try:
        way_in.write(data)
        way_in.close()
        return _read(rows, size)
    except (BrokenPipeError, EOFError):
        return None


def _read(rows: IO[bytes], size: tuple[int, int]) -> Image.Image:
    """Put the rows together as they come; twice the picture would be more than there is room for."""
    width, height = size
    picture = Image.new("RGB", size)
    for top in range(0, height, BAND):
        count = min(BAND, height - top)
        band = rows.read(width * count * 3)
        if len(band) < width * count * 3:
            raise EOFError
        picture.paste(Image.frombytes("RGB", (width, count), band), (0, top))
    return picture
