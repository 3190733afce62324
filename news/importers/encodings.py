"""Bytes from outside as lines of text: which encoding, and at which letter it breaks.

UTF-8 is read with and without a byte order mark, UTF-16 with one. Windows-1252 is read where nothing speaks against
it, and said so. Nothing else is guessed: a wrong guess would store wrong letters, silently.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from news.importers.sources import SourceFile

HEAD = 1_000_000  # bytes by which the encoding is told
MOST_BYTES = 7_500_000  # of a line, or of a whole page
SAVE_AS_UTF_8 = "Save the file as UTF-8 and try again."
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}

UTF_8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BEYOND_ASCII = bytes(range(128, 256))
UNUSED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
ACCENTED = re.compile(rb"[\xc0-\xff]")
ASCII_LETTER = re.compile(rb"[A-Za-z]")
FEW = 10  # per cent of bytes that are NUL: more is UTF-16
MOST_ACCENTED = 30  # per cent of letters; more is no language that Windows-1252 was made for


class NotText(Exception):  # noqa: N818 - a finding, not a failure
    """The bytes are no text in an encoding that is read: a sentence with what to do, and the line."""

    def __init__(self, sentence: str, *, line: int = 1) -> None:
        """Keep the line."""
        super().__init__(sentence)
        self.line = line


class Line(NamedTuple):
    """A line with its number, the first being 1, without its end; `fault` says what is broken in it, at `column`."""

    number: int
    text: str
    fault: str = ""
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """The encoding of a file, with a sentence for whoever imports where it was guessed."""

    codec: str
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file as text."""

    encoding: Encoding
    lines: Iterator[Line]


def encoding_of(head: bytes, *, is_whole: bool) -> Encoding:
    """Tell the encoding by the first bytes of a file, or all of them.

    Raises:
        NotText: it is none that is read.
    """
    marked = next((codec for mark, codec in MARKS.items() if head.startswith(mark)), "")
    if marked:
        return Encoding(codec=marked)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, is_whole)
    except UnicodeDecodeError as error:
        return _guessed(head, error.start)
    if head.count(0) * 100 > len(head) * FEW:
        raise NotText(
            f"expected text in UTF-8, found NUL bytes, as UTF-16 without a byte order mark has. {SAVE_AS_UTF_8}"
        )
    return Encoding(codec="utf-8")


def _guessed(head: bytes, broken_at: int) -> Encoding:
    """Return UTF-8 where most of it is, its broken lines to be refused one by one; else Windows-1252 if it may be."""
    line = head.count(b"\n", 0, broken_at) + 1
    found = f"the byte 0x{head[broken_at]:02X}"
    if b"\0" in head:
        raise NotText(
            "expected text in UTF-8, found NUL bytes: an image or a program, or UTF-16 without a byte order mark. "
            "Save a text as UTF-8 and try again."
        )
    rest, letters = UTF_8_LETTER.subn(b"", head)
    broken = len(rest) - len(rest.translate(None, BEYOND_ASCII))
    if letters >= broken:
        return Encoding(codec="utf-8")
    if unused := UNUSED_IN_1252.search(head):
        line, found = head.count(b"\n", 0, unused.start()) + 1, f"the byte 0x{unused[0][0]:02X}"
        raise NotText(
            f"expected text in UTF-8, found {found}, which Windows-1252 has not either. {SAVE_AS_UTF_8}", line=line
        )
    accented, plain = len(ACCENTED.findall(head)), len(ASCII_LETTER.findall(head))
    if accented * 100 > (accented + plain) * MOST_ACCENTED:
        raise NotText(
            f"expected text in UTF-8, found {found} and too many like it for Windows-1252, as Cyrillic text in an "
            f"older encoding has. {SAVE_AS_UTF_8}",
            line=line,
        )
    notice = f"read as Windows-1252: it is not UTF-8, since line {line} has {found}. Save it as UTF-8 to be sure."
    return Encoding(codec="cp1252", notice=notice)


def text_of(file: SourceFile) -> Text:
    """Return the file as lines, read as they are asked for; no more than one is held.

    Raises:
        NotText: it is no text that can be read.
        OSError: it cannot be opened.
    """
    with file.open() as stream:
        head = stream.read(HEAD)
    encoding = encoding_of(head, is_whole=len(head) < HEAD)
    lines = _wide_lines(file) if encoding.codec == "utf-16" else _lines(file, encoding.codec)
    return Text(encoding=encoding, lines=lines)


def decoded(data: bytes) -> tuple[str, Encoding]:
    """Return a whole file as text.

    Raises:
        NotText: it is no text that can be read.
    """
    encoding = encoding_of(data, is_whole=True)
    try:
        return data.decode(encoding.codec), encoding
    except UnicodeDecodeError as error:
        if encoding.codec == "utf-16":
            raise NotText(f"expected text in UTF-8, found UTF-16 that breaks off. {SAVE_AS_UTF_8}") from None
        line = data.count(b"\n", 0, error.start) + 1
        raise NotText(_broken(data[error.start], encoding.codec), line=line) from None


def _lines(file: SourceFile, codec: str) -> Iterator[Line]:
    """Yield the lines of a file whose letters are bytes, or runs of them."""
    number = 0
    with file.open() as stream:
        try:
            while raw := stream.readline(MOST_BYTES + 1):
                number += 1
                if len(raw) > MOST_BYTES:
                    _skip_line(stream, raw)
                    yield _too_long(number)
                    continue
                if number == 1:
                    raw = raw.removeprefix(codecs.BOM_UTF8)
                yield _line(number, raw, codec)
        except OSError as error:
            yield Line(number + 1, "", fault=str(error))


def _line(number: int, raw: bytes, codec: str) -> Line:
    """Decode a line; one that is broken keeps what can be read of it."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        if codec == "cp1252":
            return _guessed_line(number, raw)
        column = len(raw[: error.start].decode()) + 1
        return Line(number, raw.decode(errors="replace").rstrip("\r\n"), _broken(raw[error.start], codec), column)
    if codec == "cp1252" and not text.isascii():
        fault = "the file is Windows-1252, but this line is UTF-8: a mixture. " + SAVE_AS_UTF_8
        return Line(number, text.rstrip("\r\n"), fault)
    return Line(number, text.removesuffix("\n").removesuffix("\r"))


def _guessed_line(number: int, raw: bytes) -> Line:
    try:
        return Line(number, raw.decode("cp1252").removesuffix("\n").removesuffix("\r"))
    except UnicodeDecodeError as error:
        fault = _broken(raw[error.start], "cp1252")
        return Line(number, raw.decode("cp1252", errors="replace").rstrip("\r\n"), fault, error.start + 1)


def _broken(byte: int, codec: str) -> str:
    """Say what is wrong with a byte."""
    if codec == "cp1252":
        return f"found the byte 0x{byte:02X}, which Windows-1252 has not. {SAVE_AS_UTF_8}"
    return (
        f"expected text in UTF-8, found the byte 0x{byte:02X}, as another encoding such as Windows-1252 has: "
        "a mixture. Write this line in UTF-8, as the others are."
    )


def _wide_lines(file: SourceFile) -> Iterator[Line]:
    """Yield the lines of a file in UTF-16; where it breaks, it ends."""
    number = 0
    with file.open() as binary, io.TextIOWrapper(binary, encoding="utf-16", newline="\n") as stream:
        try:
            while text := stream.readline(MOST_BYTES):
                number += 1
                if len(text) == MOST_BYTES and not text.endswith("\n"):
                    _skip_line(stream, text)
                    yield _too_long(number)
                    continue
                yield Line(number, text.removesuffix("\n").removesuffix("\r"))
        except UnicodeError:
            yield Line(number + 1, "", fault=f"expected UTF-16, found bytes that are none. {SAVE_AS_UTF_8}")
        except OSError as error:
            yield Line(number + 1, "", fault=str(error))


def _skip_line(stream: BinaryIO | io.TextIOWrapper, part: bytes | str) -> None:
    """Read on to the end of a line that is too long, holding no more than a part of it."""
    while part and part[-1:] not in {b"\n", "\n"}:
        part = stream.readline(HEAD)


def _too_long(number: int) -> Line:
    fault = f"the line is longer than {MOST_BYTES / 1_000_000:g} MB, which no item is. Write one item on each line."
    return Line(number, "", fault=fault)
