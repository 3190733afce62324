"""What recordings say of places and people is blanked before they are stored; sound and picture stay where they are."""

import pytest

from library.documents import read_document
from library.ogg import check_sum
from tests import builders
from tests.builders import box

PLACE = b"+48.2082+016.3738/"


def stripped(data: bytes, name: str) -> bytes:
    """Return what is stored of an upload."""
    upload = builders.upload(data, name)
    document = read_document(upload)
    upload.seek(0)
    stored = upload.read()
    assert len(stored) == document.size == len(data)
    return stored


def test_a_video_says_nothing_of_its_place():
    """In every part in which cameras and programs write it; nothing moves, so what points at the pictures is right."""
    tells = box(b"\xa9xyz", PLACE)
    told = (
        box(b"udta", tells + box(b"meta", bytes(4) + box(b"ilst", tells)))
        + box(b"meta", tells)
        + box(b"uuid", bytes(16) + b"<exif:GPSLatitude>" + PLACE)
        + box(b"free", PLACE)
    )
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"udta", tells))
    pictures = box(b"mdat", b"pictures")
    data = builders.video(movie=track + told, top=told + box(b"XMP_", PLACE) + pictures)
    stored = stripped(data, "a.mp4")
    assert PLACE in data
    assert PLACE not in stored
    assert b"GPSLatitude" not in stored
    assert stored.index(pictures) == data.index(pictures)
    assert stored.count(b"free") == 10
    assert stripped(stored, "a.mp4") == stored, "what is blank stays as it is"


def element(name: str, content: bytes) -> bytes:
    """Return an element of WebM."""
    return bytes.fromhex(name) + (len(content) | 1 << 28).to_bytes(4) + content


@pytest.mark.parametrize("is_live", [False, True], ids=["whole", "live, without lengths"])
def test_a_webm_says_nothing_of_its_place(is_live):
    """Tags, attachments and titles become voids of the same length."""
    head = element("1a45dfa3", b"\x42\x82\x84webm")
    told = element("1254c367", PLACE) + element("1941a469", PLACE)
    cluster = element("1f43b675", element("a3", b"pictures"))
    if is_live:
        cluster = cluster.replace(cluster[4:8], b"\x1f\xff\xff\xff", 1)
    held = element("1549a966", element("7ba9", PLACE)) + cluster + told
    segment = element("18538067", held)
    if is_live:
        segment = segment.replace(segment[4:8], b"\x1f\xff\xff\xff", 1)
    data = head + segment
    stored = stripped(data, "a.webm")
    assert PLACE not in stored
    assert stored.index(b"pictures") == data.index(b"pictures")
    assert stored.count(b"\xec\x01") == 3
    assert stripped(stored, "a.webm") == stored


def test_an_mp3_says_nothing_of_its_place():
    """Neither before the sound nor behind it."""
    sound = b"\xff\xfb" + b"sound" * 9
    before = b"ID3\x03\0\x80" + bytes([0, 0, 0, len(PLACE)]) + PLACE
    ape = PLACE + b"APETAGEX" + bytes(4) + (len(PLACE) + 32).to_bytes(4, "little") + bytes(16)
    data = before + sound + ape + b"TAG" + PLACE + bytes(125 - len(PLACE))
    stored = stripped(data, "a.mp3")
    assert PLACE not in stored
    assert stored[28 : 28 + len(sound)] == sound


def ogg_page(packet: bytes, *, number: int) -> bytes:
    """Return a page that holds one packet, with its check sum."""
    lengths = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS" + bytes(10) + b"flow" + number.to_bytes(4, "little")
    signed = lambda total: head + total.to_bytes(4, "little") + bytes([len(lengths)]) + lengths + packet  # noqa: E731 - once without and once with its sum
    return signed(check_sum(signed(0)))


def test_an_ogg_says_nothing_of_its_place():
    """Its comments are blank, as long as they were; the sums of the pages are right again."""
    text = b"LOCATION=" + PLACE + b"." * 400
    comments = b"OpusTags" + bytes(4) + (1).to_bytes(4, "little") + len(text).to_bytes(4, "little") + text
    packets = [b"OpusHead" + bytes(11), comments, b"sound"]
    data = b"".join(ogg_page(packet, number=number) for number, packet in enumerate(packets))
    stored = stripped(data, "a.ogg")
    blank = comments.replace(text, b" " * len(text))
    assert stored == data.replace(ogg_page(comments, number=1), ogg_page(blank, number=1))
    assert PLACE not in stored


def test_the_check_sum_is_the_one_of_the_format():
    """That of POSIX’s `cksum` without its last inversion."""
    assert check_sum(b"123456789") == 0x89A1897F
