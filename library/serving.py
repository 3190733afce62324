"""How a stored file reaches a reader: sent by the site, by the web server before it, or by the storage itself.

Whether it may is asked before (library/admission.py); which of the three it is, the setting FILES_SERVED_BY says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header, quote_etag

PORTION = 64 * 1024  # bytes of a range that are read at once
SIGNED = 300  # seconds in which the storage answers a signed address
PARTIAL, UNSATISFIABLE = 206, 416
PROTECTED = "/protected-files/"  # the location that nginx keeps to itself: docs/operators.md
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")  # one range; whoever asks for several gets the whole
# A file is no page: it runs nothing, loads nothing, and stands in no frame.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
}
PICTURED = {"avif", "webp", "jpg", "mp4", "webm", "mp3", "ogg", "m4a"}
SHOWN = PICTURED | {"pdf"}  # by the browser; others it saves


def media_type(format: str) -> str:  # noqa: A002 - the field's word
    """Return the type of a file by the ending of its name; without one it is a page."""
    return TYPES.get(format, "application/octet-stream") if format else "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file of the storage, and how it is offered.

    Attributes:
        name: where the storage keeps it.
        shown_as: the name under which a reader saves it; its ending says what it is.
        tag: what changes whenever the bytes do.
        keeping: the value of Cache-Control.
        language: of a document or a recording; a picture has none.
    """

    name: str
    shown_as: str
    tag: str
    keeping: str
    language: str = ""

    @property
    def format(self) -> str:
        """Return the ending of its name."""
        return self.shown_as.rpartition(".")[2]

    @property
    def disposition(self) -> str:
        """Return whether a browser shows it, and under which name it saves it (RFC 6266)."""
        return content_disposition_header(self.format not in SHOWN, self.shown_as) or "inline"

    @property
    def validator(self) -> str:
        """Return its entity tag, in which RFC 9110 allows no space."""
        return quote_etag(self.tag.replace(" ", "-"))

    def headers(self) -> dict[str, str]:
        """Return what every answer with it says."""
        # Chromium shows no PDF in a sandbox, and a PDF runs nothing in the name of the site. The page that a browser
        # makes around a picture or a film has styles of its own.
        policy = POLICY if self.format == "pdf" else f"{POLICY}; sandbox"
        policy += "; style-src 'unsafe-inline'" if self.format in PICTURED else ""
        return {
            "Content-Type": media_type(self.format),
            "Content-Disposition": self.disposition,
            "Content-Security-Policy": policy,
            "Cache-Control": self.keeping,
            "ETag": self.validator,
        } | ({"Content-Language": self.language} if self.language else {})


def send(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """Hand a file to the reader, who may have it; 304 where the reader has it already.

    Raises:
        FileNotFoundError: the storage lacks it, as far as the site itself looks.
    """
    unchanged = HttpResponse(headers=stored.headers())
    asked = get_conditional_response(request, etag=unchanged["ETag"], response=unchanged)
    if asked is not None and asked is not unchanged:
        return asked
    return _WAYS[settings.FILES_SERVED_BY](request, stored)


def _by_the_site(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """Send it, or the part of it that was asked for: players of video ask for parts."""
    file = default_storage.open(stored.name)
    part = _part_asked(request, file.size, stored)
    headers = stored.headers() | {"Accept-Ranges": "bytes"}
    if part is None:
        is_saved = stored.format not in SHOWN
        return FileResponse(file, as_attachment=is_saved, filename=stored.shown_as, headers=headers)
    if not part:
        file.close()
        return HttpResponse(status=UNSATISFIABLE, headers={"Content-Range": f"bytes */{file.size}"})
    headers |= {"Content-Range": f"bytes {part[0]}-{part[-1]}/{file.size}", "Content-Length": str(len(part))}
    file.seek(part.start)
    return StreamingHttpResponse(_portions(file, len(part)), status=PARTIAL, headers=headers)


def _by_the_web_server(_request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """Let nginx send it from its own disk; it answers ranges too."""
    return HttpResponse(headers=stored.headers() | {"X-Accel-Redirect": iri_to_uri(PROTECTED + stored.name)})


def _by_the_storage(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """Lead to the storage's own address of it, which is signed and short-lived."""
    told = {"ResponseContentType": stored.headers()["Content-Type"], "ResponseContentDisposition": stored.disposition}
    storage: Any = default_storage  # osce_site.E014 sees that it is one that signs
    kept = stored.keeping.replace("max-age=300", "max-age=60")  # far less than the address lives
    address = storage.url(stored.name, parameters=told, expire=SIGNED, http_method=request.method)
    return HttpResponseRedirect(address, headers={"Cache-Control": kept})


_WAYS: dict[str, Callable[[HttpRequest, Stored], HttpResponseBase]] = {
    "application": _by_the_site,
    "nginx": _by_the_web_server,
    "storage": _by_the_storage,
}


def _part_asked(request: HttpRequest, size: int, stored: Stored) -> range | None:
    """Return the bytes that are asked for: None for all, an empty range where there are none such (RFC 9110, 14)."""
    said = request.headers.get("Range", "") if request.method == "GET" else ""  # HEAD knows no parts
    asked = RANGE.fullmatch(said.replace(" ", ""))
    first, last = asked.groups() if asked else ("", "")
    held = request.headers.get("If-Range")
    if not (first or last) or (held and held != stored.validator):
        return None
    if not first:  # the last so many
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


def _portions(file: Any, length: int) -> Iterator[bytes]:
    """Yield so many bytes from where the file stands, and close it."""
    with file:
        while length and (portion := file.read(min(PORTION, length))):
            length -= len(portion)
            yield portion
