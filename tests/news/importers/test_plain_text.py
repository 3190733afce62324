"""What is told to whoever sends a file that is no text in UTF-8."""

import pytest

from news.importers.plain_text import text_in
from news.importers.rows import ReadingError


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "sent:1: expected text in UTF-8, found NUL bytes: an image or a program, "
            "or UTF-16 without a byte order mark. Save a text as UTF-8 and try again.",
            id="an image",
        ),
        pytest.param(
            "News Item\nKönig".encode("utf-16-le") + b"\xff\xd8",
            "sent:1: expected text in UTF-8, found NUL bytes: an image or a program, "
            "or UTF-16 without a byte order mark. Save a text as UTF-8 and try again.",
            id="UTF-16 without a mark",
        ),
        pytest.param(
            "News Item\nNews".encode("utf-16")[:-1],
            "sent:1: expected text in UTF-8, found UTF-16 that breaks off. Save the file as UTF-8 and try again.",
            id="UTF-16 cut off",
        ),
        pytest.param(
            "News Item\nСовместное заявление".encode("cp1251"),
            "sent:2: expected text in UTF-8, found the byte 0xD1 and too many like it for Windows-1252, "
            "as Cyrillic text in an older encoding has. Save the file as UTF-8 and try again.",
            id="Windows-1251",
        ),
    ],
)
def test_what_is_no_text_in_utf_8_is_told_by_what_it_looks_like(data: bytes, message: str):
    """With the line to look at."""
    with pytest.raises(ReadingError) as refused:
        text_in(data, file="sent")
    assert str(refused.value) == message
