"""In which encodings text is read, and what is said of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.importers.encodings import HEAD, NotText, encoding_of, text_of
from tests.news.importers.files import file_of, item_of, problems_of, rows_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r\ufeff"), max_size=40)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@given(texts=st.lists(TEXTS, max_size=8))
def test_any_text_comes_back_line_by_line(codec, texts):
    """Whatever letters it has, those of two bytes of which one looks like the end of a line among them."""
    letters = "".join(f"{text}\n" for text in [*texts, "ਊ Ċ"])
    found = [(line.number, line.text) for line in text_of(file_of(letters.encode(codec))).lines]
    assert found == list(enumerate([*texts, "ਊ Ċ"], 1))


def test_windows_1252_is_read_and_said_so():
    """On the first row alone."""
    rows = [f'{{"source_id":"{number}","title":"The “König” – №"}}'.replace("№", "§") for number in (1, 2)]
    first, second = rows_of("\n".join(rows).encode("cp1252"))
    assert first.newest.title == second.newest.title == "The “König” – §"
    assert first.notes == (
        "read as Windows-1252: it is not UTF-8, since line 1 has the byte 0x93. Save it as UTF-8 to be sure.",
    )
    assert second.notes == ()


def test_a_line_of_utf_8_in_a_file_of_windows_1252_is_refused():
    """Read as Windows-1252 it would be stored as “KÃ¶nig”."""
    good = '{"source_id":"1","title":"König, Größe, Übermut, fünf, für"}\n'.encode("cp1252")
    rows = rows_of(good + '{"source_id":"2","title":"König"}\n'.encode())
    assert "news.jsonl:2: the file is Windows-1252, but this line is UTF-8" in problems_of(rows)[0]


def test_a_broken_byte_in_utf_8_refuses_its_line_with_the_letter_where_it_stands():
    """The others are read."""
    letters = '{"source_id":"1","title":"Übergröße"}\n'.encode()
    broken = b'{"source_id":"2","title":"' + "ж".encode() + b'\xff"}\n'
    rows = rows_of(letters + broken + letters.replace(b'"1"', b'"3"'))
    (problem,) = problems_of(rows)
    assert problem.startswith("news.jsonl:2:28: expected text in UTF-8, found the byte 0xFF")
    assert len(rows) == 3


def test_a_byte_that_is_broken_behind_the_first_megabyte_is_found_too():
    """The encoding is told by the beginning, each line read by itself."""
    filler = b'{"source_id":"1","title":"T","body_html":"' + b"x" * HEAD + b'"}\n'
    rows = rows_of(filler + b'{"source_id":"2","title":"\x93"}\n')
    assert [problem[:13] for problem in problems_of(rows)] == ["news.jsonl:2:"]


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp1253"])
def test_other_old_encodings_are_never_taken_for_windows_1252(codec):
    """They would be stored as “Ñîâìåñòíîå”."""
    text = {"cp1253": "Κοινή δήλωση για την ασφάλεια"}.get(codec, "Совместное заявление о безопасности")
    with pytest.raises(NotText):
        encoding_of(text.encode(codec), is_whole=True)


def test_windows_line_ends_are_no_part_of_a_line():
    """Nor does the last line need an end."""
    row = '{"source_id":"1","title":"T"}\r\n\r\n{"source_id":"2","title":"T"}'
    assert [row.source_id for row in rows_of(row)] == ["1", "2"]


def test_a_line_of_more_than_8_mb_is_refused_and_the_next_one_read():
    """The line is not held in memory."""
    rows = rows_of(b'{"source_id":"1","title":"' + b"x" * 8_000_000 + b'"}\n{"source_id":"2","title":"T"}\n')
    assert problems_of(rows) == [
        "news.jsonl:1: the line is longer than 7.5 MB, which no item is. Write one item on each line."
    ]
    assert rows[1].source_id == "2"


def test_a_byte_order_mark_is_no_letter_of_the_text():
    """It would stand in front of the first name of a table's columns."""
    assert item_of("\ufeffsource_id,title\n1,T\n", "a.csv").source_id == "1"
