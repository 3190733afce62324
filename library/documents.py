"""What an uploaded document is: by its bytes, never by its name; what could run on a reader's machine is refused."""

import codecs
import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Never

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from library import recordings
from library.parts import CutOffError, ForeignTrackError
from library.pdf_files import begins_later, pages_of, refusal

DOCUMENT_MB, RECORDING_MB = 50, 500  # the largest of each, in millions of bytes
MEGABYTE = 1_000_000
FIRST = 1024  # bytes that tell what a file is
PORTION = 1 << 20
OBJECT = rb"\objdata"  # of a program embedded in RTF
END_OF_ARCHIVE, FARTHEST_END = b"PK\x05\x06", 66_000  # bytes from the end of a ZIP archive, its comment included
SIZE_OF_LIST, MOST_OF_LIST = slice(12, 16), 5_000_000  # in bytes; where the end says it, and the most that is read
TYPES_OF_OFFICE = "[Content_Types].xml"
MARKS_OF_MACROS = ("vbaproject", "vbadata", "basic/", "scripts/", "activex/")  # in the names of what is packed
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{name}": format
    for name, format in {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}.items()  # noqa: A001 - the field's word
}
RECORDINGS = {"mp4": "video", "webm": "video", "mp3": "audio", "ogg": "audio", "m4a": "audio"}
ACCEPTED = (
    *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "csv", "txt"),
    *RECORDINGS,
)
MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"MSNV", b"M4V ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file is.

    Attributes:
        format: ends its name: "pdf".
        kind: a value of `Attachment.Kind`.
        size: in bytes.
        pages: of a PDF, where they can be counted.
        checksum: SHA-256 of the bytes.
    """

    format: str
    kind: str
    size: int
    checksum: str
    pages: int | None = None


def read_document(upload: Any) -> Document:
    """Return what an uploaded file is; what a recording tells of places and people is blanked in the upload itself.

    Raises:
        ValidationError: it is empty, too large, of no accepted kind, damaged, or holds what a machine would run.
    """
    if not upload.size:
        raise ValidationError(_("This file is empty (0 bytes). Save it again and choose it anew."), code="empty")
    upload.seek(0)
    format = _format_of(upload, Path(upload.name or "").suffix.lower())  # noqa: A001 - the field's word
    kind = RECORDINGS.get(format, "document")
    _refuse_large(upload.size, DOCUMENT_MB if kind == "document" else RECORDING_MB)
    if kind != "document":
        _strip(upload, format)
    return Document(
        format=format,
        kind=kind,
        size=upload.size,
        checksum=_checksum(upload),
        pages=pages_of(upload) if format == "pdf" else None,
    )


def _strip(upload: Any, format: str) -> None:  # noqa: A002 - the field's word
    """Blank in the upload itself what a recording says of places and people; refuse what cannot be blanked."""
    try:
        recordings.strip(upload, format, upload.size)
        upload.flush()
    except ForeignTrackError as error:
        text = _(
            "This recording holds data beside sound and picture, in which cameras write where they are, and which "
            "cannot be taken out of the file. Export it with sound and picture alone (as MP4, WebM or MP3)."
        )
        raise ValidationError(text, code="data_track") from error
    except CutOffError as error:
        text = _("This recording is cut off or damaged: its parts don’t fit together. Export it again.")
        raise ValidationError(text, code="damaged") from error


def _format_of(upload: Any, ending: str) -> str:
    """Return the format that the first bytes tell, then that of a text by the ending of its name."""
    first = upload.read(FIRST)
    for begins, formats in _KNOWN:
        if begins(first):
            return formats(first, upload)
    if ending in (".csv", ".txt"):
        return _text_format(upload, ending)
    if begins_later(first):
        raise refusal("before")
    raise _unknown()


def _unknown() -> ValidationError:
    names = ", ".join(format.upper() for format in ACCEPTED)  # noqa: A001 - the field's word
    text = _(
        "This file is none of the accepted kinds: %(formats)s. Save it as one of these; the name alone is not enough."
    )
    return ValidationError(text, params={"formats": names}, code="unknown")


def _pdf(_first: bytes, _upload: Any) -> str:
    return "pdf"


def _rtf(_first: bytes, upload: Any) -> str:
    before = b""
    for portion in _portions(upload):
        if OBJECT in before + portion:
            raise _with_macros()
        before = portion[-len(OBJECT) :]
    return "rtf"


def _mp4(first: bytes, _upload: Any) -> str:
    brand = first[8:12]
    if brand in (b"M4A ", b"M4B "):
        return "m4a"
    if brand in MP4_BRANDS:
        return "mp4"
    raise _unknown()


def _webm(first: bytes, _upload: Any) -> str:
    if b"webm" not in first[:64]:
        raise _unknown()
    return "webm"


def _packed(_first: bytes, upload: Any) -> str:
    """Return the format of an office document, which is a ZIP archive."""
    _refuse_endless(upload)
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
            if any(mark in name.lower() for name in names for mark in MARKS_OF_MACROS):
                raise _with_macros()
            return _office_format(archive, names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, KeyError) as error:
        raise _damaged() from error


def _refuse_endless(upload: Any) -> None:
    """Refuse an archive whose list of contents alone would fill the memory; what has no end is damaged."""
    upload.seek(max(0, upload.size - FARTHEST_END))
    last = upload.read()
    end = last.rfind(END_OF_ARCHIVE)
    if end < 0 or len(last) < end + SIZE_OF_LIST.stop:
        raise _damaged()
    if int.from_bytes(last[end:][SIZE_OF_LIST], "little") > MOST_OF_LIST:
        raise _unknown()


def _damaged() -> ValidationError:
    text = _("This document is damaged: it cannot be opened. Save it again and choose it anew.")
    return ValidationError(text, code="damaged")


def _office_format(archive: zipfile.ZipFile, names: list[str]) -> str:
    if TYPES_OF_OFFICE not in names:
        mimetype = _beginning(archive, "mimetype").decode("ascii", "replace")
        return OPEN_DOCUMENT.get(mimetype) or _refuse()
    if b"macroEnabled" in _beginning(archive, TYPES_OF_OFFICE):
        raise _with_macros()
    found = [format for name, format in OFFICE.items() if name in names]  # noqa: A001 - the field's word
    return found[0] if len(found) == 1 else _refuse()


def _refuse() -> Never:
    raise _unknown()


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the first million bytes of what is packed under a name; nothing where there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as packed:
        return packed.read(MEGABYTE)


def _with_macros() -> ValidationError:
    text = _("This document holds macros or embedded programs, which readers’ machines refuse. Save it without them.")
    return ValidationError(text, code="macros")


def _text_format(upload: Any, ending: str) -> str:
    """Return "csv" or "txt" of what is UTF-8 throughout."""
    _refuse_large(upload.size, DOCUMENT_MB)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        has_nul = any("\0" in decoder.decode(portion) for portion in _portions(upload))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("This text is not in UTF-8: letters would be garbled. Save it as UTF-8 and choose it anew."),
            code="encoding",
        ) from error
    if has_nul:
        raise _unknown()
    return ending.removeprefix(".")


def _checksum(upload: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for portion in _portions(upload):
        digest.update(portion)
    return digest.hexdigest()


def _portions(upload: IO[bytes]) -> Iterator[bytes]:
    """Yield the file from its beginning, a million bytes at a time."""
    upload.seek(0)
    return iter(lambda: upload.read(PORTION), b"")


def _refuse_large(size: int, most: int) -> None:
    if size > most * MEGABYTE:
        values = {"size": megabytes(size, most), "most": most}
        text = _("This file has %(size)s MB; at most %(most)s MB are taken. Make it smaller, or part it.")
        raise ValidationError(text, params=values, code="large")


def megabytes(size: int, most: int) -> str:
    """Return a size in words, with as many decimals as it takes to see that it is more than a whole number."""
    decimals = next((places for places in range(1, 6) if round(size / MEGABYTE, places) > most), 6)
    return number_format(size / MEGABYTE, decimals)


_Begins = Callable[[bytes], bool]
# How a file begins, and what tells more of it. A PDF begins with its mark: what has other bytes before it is two files.
_KNOWN: tuple[tuple[_Begins, Callable[[bytes, Any], str]], ...] = (
    (lambda first: first.startswith(b"%PDF-"), _pdf),
    (lambda first: first.startswith(b"{\\rtf"), _rtf),
    (lambda first: first.startswith(b"PK\x03\x04"), _packed),
    (lambda first: first[4:8] == b"ftyp", _mp4),
    (lambda first: first.startswith(b"\x1a\x45\xdf\xa3"), _webm),
    (lambda first: first.startswith(b"OggS"), lambda _first, _upload: "ogg"),
    (lambda first: first.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")), lambda _first, _upload: "mp3"),
)
