"""What an uploaded document is: told by its bytes, and refused in words."""

import time
import zlib

import pytest
from django.core.exceptions import ValidationError

from library import documents
from library.documents import megabytes, read_document
from library.pdf_files import pages_of
from tests import builders

CONTENT_TYPES = b"<Types><Default ContentType='application/xml'/></Types>"
MACRO_TYPES = b"<Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"


def office(**files: bytes) -> bytes:
    """Return a document of an office suite."""
    return builders.packed(**{"[Content_Types]_dot_xml": CONTENT_TYPES} | files)


def open_document(what: str, **files: bytes) -> bytes:
    """Return an OpenDocument."""
    return builders.packed(
        mimetype=f"application/vnd.oasis.opendocument.{what}".encode(), content_dot_xml=b"<x/>", **files
    )


def pdf_of(held: bytes, trailer: bytes = b"<<>>") -> bytes:
    """Return a PDF of one object, as far as one who looks for a word in it needs it."""
    return b"%PDF-1.7\n1 0 obj\n" + held + b"\nendobj\ntrailer\n" + trailer + b"\n%%EOF\n"


def packed_pdf(held: bytes) -> bytes:
    """Return a PDF whose object lies in a stream of objects."""
    packed = zlib.compress(b"1 0 " + held)
    return pdf_of(b"<</Type /ObjStm /Filter /FlateDecode>>\nstream\r\n" + packed + b"\nendstream")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (builders.pdf(), "a.pdf", "pdf"),
        (builders.pdf(), "a.exe", "pdf"),
        (office(word__document_dot_xml=b"<w/>"), "a.docx", "docx"),
        (office(xl__workbook_dot_xml=b"<w/>"), "a.bin", "xlsx"),
        (office(ppt__presentation_dot_xml=b"<w/>"), "a.pptx", "pptx"),
        (open_document("text"), "a.odt", "odt"),
        (open_document("spreadsheet"), "a.ods", "ods"),
        (open_document("presentation"), "a.odp", "odp"),
        (rb"{\rtf1 Hello}", "a.rtf", "rtf"),
        ("Ort;Jahr\nWien;1975\nTbilissi – თბილისი;2026".encode(), "a.csv", "csv"),
        (b"\xef\xbb\xbfPlain words", "a.txt", "txt"),
        (builders.video(), "a.mov", "mp4"),
        (builders.video(brand=b"M4A ", track=b"soun"), "a.m4a", "m4a"),
        (b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm", "a.webm", "webm"),
        (b"ID3\x04" + b"\0" * 40, "a.mp3", "mp3"),
        (b"OggS" + b"\0" * 23, "a.ogg", "ogg"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_bytes_tell_what_a_file_is(data, name, expected):
    """The name is what anyone may write on anything."""
    document = read_document(builders.upload(data, name))
    assert document.format == expected
    assert document.size == len(data)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"<html><script>alert(1)</script>" + builders.pdf(), "a.pdf", "before"),
        (builders.pdf() + b"<html><script>alert(1)</script>", "a.pdf", "behind"),
        (builders.pdf() + b"x" * 1_100_000, "a.pdf", "behind"),
        (builders.pdf(pages=3)[:300], "a.pdf", "cut_off"),
        (builders.pdf(script="app.alert(1)"), "a.pdf", "javascript"),
        (builders.pdf(script="app.alert(1)").replace(b"/JavaScript", b"/J#61vaScript"), "a.pdf", "javascript"),
        (builders.pdf(embedded=b"MZ"), "a.pdf", "embedded"),
        (pdf_of(b"<</Type/Catalog/OpenAction<</S /Launch /F(setup.exe)>>>>"), "a.pdf", "launch"),
        (packed_pdf(b"<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"), "a.pdf", "javascript"),
        (pdf_of(b"<</Type/ObjStm>>stream\nnot packed\nendstream"), "a.pdf", "unknown"),
        (pdf_of(b"<</Type/ObjStm>>stream\nnot packed\nendstream", b"<</Encrypt 5 0 R>>"), "a.pdf", "encrypted"),
        (builders.video(track=b"meta"), "a.mp4", "data_track"),
        (builders.video()[:-20], "a.mp4", "damaged"),
        (b"<html><script>alert(1)</script>", "a.pdf", "unknown"),
        (b"MZ\x90\0", "setup.exe", "unknown"),
        (b"PK\x03\x04 and nothing else", "a.docx", "damaged"),
        (builders.packed(setup_dot_exe=b"MZ"), "a.zip", "unknown"),
        (office(setup_dot_exe=b"MZ"), "a.docx", "unknown"),
        (office(word__document_dot_xml=b"", xl__workbook_dot_xml=b""), "a.docx", "unknown"),
        (office(word__document_dot_xml=b"<w/>", word__vbaProject_dot_bin=b"x"), "a.docm", "macros"),
        (
            builders.packed(**{"[Content_Types]_dot_xml": MACRO_TYPES, "word__document_dot_xml": b""}),
            "a.docx",
            "macros",
        ),
        (open_document("text", Basic__Standard__script_dot_xml=b"x"), "a.odt", "macros"),
        (open_document("graphics"), "a.odg", "unknown"),
        (rb"{\rtf1 {\object\objdata 0105}}", "a.rtf", "macros"),
        ("Größe".encode("cp1252"), "a.csv", "encoding"),
        (b"a;b\0", "a.csv", "unknown"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "a.mp4", "unknown"),
        (b"\x1a\x45\xdf\xa3\x42\x82\x88matroska", "a.webm", "unknown"),
        (b"<svg onload='alert(1)'/>", "a.svg", "unknown"),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(data, name, code):
    """Two files in one, programs, archives, damaged files, letters that would be garbled."""
    with pytest.raises(ValidationError) as refused:
        read_document(builders.upload(data, name))
    assert refused.value.code == code


def test_an_archive_with_an_endless_list_of_contents_is_refused_before_it_is_read():
    """A few bytes may say that there are four thousand million."""
    data = office(word__document_dot_xml=b"<w/>")
    end = data.rindex(b"PK\x05\x06")
    with pytest.raises(ValidationError) as refused:
        read_document(builders.upload(data[: end + 12] + b"\xff\xff\xff\xff" + data[end + 16 :], "a.docx"))
    assert refused.value.code == "unknown"


def test_what_is_hidden_between_two_portions_is_found(monkeypatch):
    """The mark of an embedded program may be cut in two, a letter of a text too."""
    monkeypatch.setattr(documents, "PORTION", 16)
    with pytest.raises(ValidationError):
        read_document(builders.upload(rb"{\rtf1 Word {\object\objdata 0105}}", "a.rtf"))
    assert read_document(builders.upload("Größe, Größe, Größe, Größe".encode(), "a.txt")).format == "txt"


def test_a_document_may_be_large_to_a_limit(monkeypatch):
    """Both numbers are told; a recording may be larger."""
    monkeypatch.setattr(documents, "DOCUMENT_MB", 0)
    with pytest.raises(ValidationError) as refused:
        read_document(builders.upload(builders.pdf()))
    assert "MB; at most 0 MB" in refused.value.messages[0]
    assert "has 0.0 MB" not in refused.value.messages[0]
    assert read_document(builders.upload(b"ID3" + b"\0" * 2000, "a.mp3")).kind == "audio"


def test_the_pages_of_a_pdf_are_counted():
    """They stand in the text of the link."""
    assert read_document(builders.upload(builders.pdf(pages=12))).pages == 12


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nnothing\n%%EOF",
        builders.pdf(password="secret"),
        b"%PDF-1.4\n" + b"<<" * 200_000 + b"%%EOF",
    ],
    ids=["nothing in it", "encrypted", "deep"],
)
def test_a_pdf_whose_pages_cannot_be_counted_has_no_number(data):
    """It is taken all the same: readers may open what pypdf doesn't."""
    assert read_document(builders.upload(data)).pages is None


def test_a_pdf_that_asks_for_endless_work_costs_seconds_and_no_more():
    """A tree of pages that names itself: the process that counts gives up."""
    endless = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF"
    )
    begun = time.perf_counter()
    assert pages_of(builders.upload(endless)) is None
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(("size", "said"), [(10_000_001, "10.000001"), (10_040_000, "10.04"), (12_345_678, "12.3")])
def test_a_size_that_is_too_large_looks_larger_than_the_limit(size, said):
    """“10.0 MB; at most 10 MB” would tell nobody anything."""
    assert megabytes(size, 10) == said
