"""Whether a PDF may stand among the attachments: one file and not two, whole, and nothing that a machine would run."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

BEGINNING, END = b"%PDF-", b"%%EOF"
FARTHEST = 1024  # bytes, within which readers of PDF look for its beginning
PORTION = 1 << 20
SECONDS = 10
FILLING = b"\r\n\t \f\0\x1a"
REFUSALS = {
    "before": _(
        "Something stands before this PDF’s beginning (“%PDF”): the file is a PDF and something else at once. "
        "Save the document anew as PDF."
    ),
    "behind": _(
        "Something stands behind this PDF’s end (“%%EOF”): the file is a PDF and something else at once. "
        "Save the document anew as PDF."
    ),
    "cut_off": _("This PDF is cut off: its end (“%%EOF”) is missing. Copy or save it again and choose it anew."),
    "javascript": _("This PDF holds JavaScript, which would run on readers’ machines. Save it without scripts."),
    "launch": _("This PDF starts programs on readers’ machines (a “Launch” action). Save it without that."),
    "embedded": _("Other files are embedded in this PDF. Save it without them, and add each as its own attachment."),
    "encrypted": _(
        "This PDF is encrypted, so that nobody can see whether it holds scripts, and programs that read aloud may not "
        "read it. Save it without a password and without restrictions."
    ),
    "unknown": _("This PDF is damaged, or packed in a way that few programs read. Save the document anew as PDF."),
}


def pages_of(upload: Any) -> int | None:
    """Return how many pages a PDF has, where they can be counted.

    Raises:
        ValidationError: it is refused, with the reason.
    """
    _expect_one_file(upload)
    verdict, pages = _read(upload)
    if verdict in REFUSALS:
        raise refusal(verdict)
    return pages


def begins_later(first: bytes) -> bool:
    """Say whether a PDF begins behind something else, where its readers would still find it."""
    return BEGINNING in first[:FARTHEST] and not first.startswith(BEGINNING)


def refusal(code: str) -> ValidationError:
    """Return why a PDF is not taken."""
    return ValidationError(REFUSALS[code], code=code)


def _expect_one_file(upload: Any) -> None:
    """Refuse what goes on behind its end, as a page of HTML would, and what has no end."""
    upload.seek(max(0, upload.size - PORTION))
    last = upload.read()
    found = last.rfind(END)
    if found < 0:
        upload.seek(0)
        raise refusal("behind" if END in upload.read() else "cut_off")
    if last[found + len(END) :].strip(FILLING):
        raise refusal("behind")


def _read(upload: Any) -> tuple[str, int | None]:
    """Let a process of its own look into the file, with little time and memory."""
    upload.seek(0)
    program = [sys.executable, "-I", str(Path(__file__).with_name("pdf_reading.py"))]
    try:
        run = subprocess.run(  # noqa: S603 - our own program; the file is read from its standard input
            program, input=upload.read(), capture_output=True, timeout=SECONDS, check=False
        )
        said = run.stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    except OSError:
        said = b""
    verdict, _line, pages = said.decode("ascii", "replace").strip().partition("\n")
    return verdict or "unknown", int(pages) if pages.isdigit() else None
