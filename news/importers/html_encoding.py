"""The encoding of a saved page: UTF-8 where it is, else the one that the page declares, else a guess that is said."""

import codecs
import re

from news.importers.encodings import SAVE_AS_UTF_8, NotText, decoded
from news.importers.rows import shown

HEAD = 4096  # bytes among which the declaration stands
DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
IN_XML = re.compile(rb"^<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
# The letters of one byte each, and the ones that browsers know by these names; no others are used on pages any more.
READABLE = re.compile(r"(?:windows-?|cp)125[0-8]|iso-?8859-\d{1,2}|koi8-[ru]|macintosh|x-mac-cyrillic")
# What is declared as these is Windows-1252 to each browser.
MEANS_WINDOWS_1252 = re.compile(r"iso-?8859-1|latin-?1|us-ascii|ascii|windows-?1252|cp1252")
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of_page(data: bytes) -> tuple[str, str]:
    """Return a page as text, with a sentence where it is not UTF-8.

    Raises:
        NotText: it is no text that can be read.
    """
    declared = DECLARED.search(data[:HEAD]) or IN_XML.match(data[:HEAD])
    if declared and not data.startswith(MARKS) and not _is_utf_8(data):
        return _as_declared(data, declared[1].decode().lower())
    text, encoding = decoded(data)
    return text, encoding.notice


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_declared(data: bytes, name: str) -> tuple[str, str]:
    """Decode as the page says; where it says UTF-8, it is wrong, and what it is has to be found."""
    if name in {"utf-8", "utf8"}:
        text, encoding = decoded(data)
        return text, encoding.notice
    codec = "windows-1252" if MEANS_WINDOWS_1252.fullmatch(name) else name
    if not READABLE.fullmatch(codec):
        raise NotText(f"the page declares the encoding “{shown(name)}”, which is not read. {SAVE_AS_UTF_8}")
    try:
        title = "Windows-1252" if codec == "windows-1252" else codec
        return data.decode(codec), f"read as {title}, for the page declares {name}"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the page declares {name}, which has not the byte 0x{data[error.start]:02X}. {SAVE_AS_UTF_8}"
        raise NotText(found, line=line) from None
    except LookupError:
        raise NotText(f"the page declares the encoding “{shown(name)}”, which is not read. {SAVE_AS_UTF_8}") from None
