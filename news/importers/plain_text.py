"""Plain text from outside: bytes into lines, or an error that says which line to mend and how.

UTF-8 is read with and without a byte order mark, UTF-16 with one. Nothing is guessed: in any other encoding a guess
would store wrong letters, silently.
"""

import codecs
import re

from news.importers.rows import Place, ReadingError, Value

MOST_BYTES = 8_000_000
MOST_LINES = 20_000
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}
SAVE_AS_UTF_8 = "Save the file as UTF-8 and try again."


def lines_of(data: bytes, *, file: str) -> list[Value]:
    """Return the lines that are not blank, without the space around them.

    Raises:
        ReadingError: the file is too large, not text in UTF-8 or UTF-16, or has characters that no text has.
    """
    if len(data) > MOST_BYTES:
        raise ReadingError(Place(file=file, line=1), f"expected a page of at most {MOST_BYTES // 1_000_000} MB.")
    texts = _decode(data, file=file).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(texts) > MOST_LINES:
        raise ReadingError(Place(file=file, line=MOST_LINES), f"expected a page of at most {MOST_LINES:,} lines.")
    lines = [Value(text=text.strip(), place=Place(file=file, line=number)) for number, text in enumerate(texts, 1)]
    for line in lines:
        if found := UNPRINTABLE.search(line.text):
            raise ReadingError(line.place, f"expected text, found the control character U+{ord(found[0]):04X}.")
    return [line for line in lines if line.text]


def _decode(data: bytes, *, file: str) -> str:
    """Decode by the byte order mark, without one as UTF-8."""
    encoding = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(data, error.start, encoding=encoding, file=file) from None


def _not_text(data: bytes, position: int, *, encoding: str, file: str) -> ReadingError:
    """Return what to tell whoever sent bytes that are no text: an image, say, or text of a Windows program."""
    if encoding == "utf-16":
        return ReadingError(
            Place(file=file, line=1), f"expected text in UTF-8, found UTF-16 that breaks off. {SAVE_AS_UTF_8}"
        )
    if b"\0" in data:
        expected = (
            "expected text in UTF-8, found NUL bytes: an image or a program, or UTF-16 without a byte order mark."
        )
        return ReadingError(Place(file=file, line=1), f"{expected} Save a text as UTF-8 and try again.")
    line = data.count(b"\n", 0, position) + 1
    found = f"the byte 0x{data[position]:02X}, as Windows-1252 has"
    return ReadingError(Place(file=file, line=line), f"expected text in UTF-8, found {found}. {SAVE_AS_UTF_8}")
