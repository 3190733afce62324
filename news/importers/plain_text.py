"""Plain text from outside: bytes into lines, or an error that says which line to mend and how."""

from collections.abc import Iterator
from dataclasses import dataclass

from news.importers.encodings import MOST_BYTES, NotText, decoded
from news.importers.field_checks import UNPRINTABLE
from news.importers.rows import Place, ReadingError, Value

MOST_LINES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """The lines that are not blank, without the space around them, and a sentence where the encoding was guessed."""

    lines: list[Value]
    notice: str = ""


def text_in(data: bytes, *, file: str) -> PlainText:
    """Return the text of a page.

    Raises:
        ReadingError: the file is too large, no text in an encoding that is read, or has characters that no text has.
    """
    if len(data) > MOST_BYTES:
        raise ReadingError(Place(file=file, line=1), f"expected a page of at most {MOST_BYTES / 1_000_000:g} MB.")
    try:
        text, encoding = decoded(data)
    except NotText as error:
        raise ReadingError(Place(file=file, line=error.line), str(error)) from None
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(texts) > MOST_LINES:
        raise ReadingError(Place(file=file, line=MOST_LINES), f"expected a page of at most {MOST_LINES:,} lines.")
    return PlainText(lines=list(_lines(texts, file)), notice=encoding.notice)


def _lines(texts: list[str], file: str) -> Iterator[Value]:
    """Yield the lines that are not blank."""
    for number, text in enumerate(texts, 1):
        if found := UNPRINTABLE.search(text):
            place = Place(file=file, line=number, column=found.start() + 1)
            raise ReadingError(place, f"expected text, found the control character U+{ord(found[0]):04X}. Take it out.")
        if stripped := text.strip():
            yield Value(text=stripped, place=Place(file=file, line=number))
