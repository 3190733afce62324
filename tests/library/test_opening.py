"""Uploads that are no good, and those that only look odd: a clear message, or the right picture."""

import io
import struct
import time
import zipfile
import zlib

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from library.opening import MOST_BYTES, ImageRefusedError, opened
from library.rendering import source
from tests.library.drawn import canvas, encoded, jpeg

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png_of(width: int, height: int, *, bits: int = 1) -> bytes:
    """Return a PNG of a few bytes that says it is large; its pixels are all black."""
    row = b"\0" + bytes(-(-width * bits // 8))
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)), (b"IDAT", packed), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def zipped() -> bytes:
    """Return an archive with a page in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("index.txt", "hello")
    return written.getvalue()


def with_comment(content: bytes, comment: bytes) -> bytes:
    """Put a comment right behind the beginning of a JPEG."""
    return content[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + content[2:]


HEIC = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(400)
REFUSED = {
    "nothing": (b"", "0 bytes"),
    "400 megapixels in 48 KB": (png_of(20_000, 20_000), "too many pixels"),
    "100 megapixels in 12 KB": (png_of(10_000, 10_000), "10000 × 10000 pixels"),
    "a strip": (encoded(canvas((40_000, 20), "L", 0), "PNG"), "too many pixels"),
    "a JPEG cut off": (jpeg()[:-400], "ends too early"),
    "a JPEG without its end": (jpeg()[:-2], "ends too early"),
    "a PNG cut off": (encoded(canvas(), "PNG")[:-60], "ends too early"),
    "a GIF cut off": (encoded(canvas(), "GIF")[:-30], "ends too early"),
    "a WebP cut off": (encoded(canvas(), "WEBP")[:-30], "ends too early"),
    "an AVIF cut off": (encoded(canvas((64, 64)), "AVIF")[:-10], "ends too early"),
    "a TIFF cut off": (encoded(canvas(), "TIFF")[:4000], "damaged"),
    "a JPEG's beginning alone": (b"\xff\xd8\xff", "ends too early"),
    "a JPEG of noise": (b"\xff\xd8\xff\xe0\0\x04ab" + b"noise" * 50, "as no program does"),
    "a page behind a JPEG": (jpeg() + b"<script>alert(1)</script>", "more in the file"),
    "an archive behind a PNG": (encoded(canvas(), "PNG") + zipped(), "more in the file"),
    "an archive behind a TIFF": (encoded(canvas((9, 9)), "TIFF") + zipped(), "more in the file"),
    "an archive in a JPEG's middle": (with_comment(jpeg(), zipped()), "more in the file"),
    "a page in a JPEG's comment": (with_comment(jpeg(), b"<html><body>"), "more in the file"),
    "a PDF in a JPEG's comment": (with_comment(jpeg(), b"%PDF-1.7"), "more in the file"),
    "anything behind a WebP": (encoded(canvas(), "WEBP") + b"hello", "more in the file"),
    "a program in a GIF": (encoded(canvas((9, 9)), "GIF") + b";<?php echo 1 ?>", "more in the file"),
    "an SVG with a script": (SVG, "SVG"),
    "an SVG with a mark of byte order": (b"\xef\xbb\xbf\n" + SVG, "SVG"),
    "a HEIC": (HEIC, "HEIC"),
    "a PDF": (b"%PDF-1.7 and so on", "attachment"),
    "a page": (b"<html><p>Hello</p></html>", "no picture that the library knows"),
    "a bitmap": (encoded(canvas((9, 9)), "BMP"), "no picture that the library knows"),
    "fractions": (encoded(canvas((9, 9), "F", 0.5), "TIFF"), "fractions"),
    "too much film": (b"GIF89a" + bytes(MOST_BYTES), "60 MB are the most"),
}


def refusal(content: bytes) -> str:
    """Return what is said of a file that is refused."""
    file = ContentFile(content)
    with pytest.raises(ImageRefusedError) as raised:  # noqa: PT012 - the refusal comes on opening or on decoding
        found = opened(file)
        with source(file, found.format):
            pass
    return str(raised.value.message)


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_good_is_refused_with_what_is_wrong(content, words):
    """Within two seconds each."""
    began = time.monotonic()
    assert words in refusal(content)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("form", "found"),
    [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif"), ("GIF", "gif"), ("TIFF", "tif")],
)
def test_a_picture_is_what_its_bytes_are(form, found):
    """All six formats; no name is asked."""
    assert opened(ContentFile(encoded(canvas((60, 40)), form))).format == found


@pytest.mark.parametrize(
    "behind",
    [b"\0" * 2000, jpeg((160, 120)), struct.pack(">I", 24) + b"ftypmp42" + bytes(500), b"notes" * 40 + b"SEFT"],
    ids=["filling", "a smaller picture", "a short film", "the notes of a phone"],
)
def test_what_cameras_put_behind_their_pictures_is_let_be(behind):
    """It is never served, and people cannot help it."""
    assert opened(ContentFile(jpeg() + behind)).format == "jpg"


def test_a_jpeg_that_goes_over_its_pixels_too_often_is_refused():
    """Each scan costs a decoder as much as a picture."""
    content = encoded(canvas((64, 64)), "JPEG", progressive=True)
    start = content.rindex(b"\xff\xda")
    scan = content[start:-2]
    assert "as no program does" in refusal(content[:start] + scan * 200 + content[-2:])


def test_a_large_jpeg_is_decoded_smaller():
    """Of 48 megapixels, a fourth is enough for every rendition."""
    content = encoded(canvas((8000, 6000), "L", 128), "JPEG")
    file = ContentFile(content)
    found = opened(file)
    with source(file, found.format, quick_for=1280) as pixels:
        assert (found.width, found.height) == (8000, 6000)
        assert pixels.size == (2000, 1500)


def test_width_and_height_are_those_of_the_upright_picture():
    """As EXIF says that the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = 6
    found = opened(ContentFile(encoded(canvas((60, 40)), "JPEG", exif=exif)))
    assert (found.width, found.height) == (40, 60)
