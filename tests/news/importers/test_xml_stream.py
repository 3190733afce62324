"""XML from outside, record by record."""

import io
import resource
import subprocess
import sys
import time

import pytest

from news.importers.feeds import read_rss
from news.importers.rows import ItemRow, ReadingError
from news.importers.xml_stream import XmlRecords
from tests.news.importers.saved_files import MEMORY, RSS, SavedFile, problems, rows

DTD = "it has a DTD (<!DOCTYPE …>), which can hide what it loads. Take it out and try again."
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
MOST_MEGABYTES = 150
HOSTILE = {
    "one element of 100 MB": ("<rss><channel><item><title>", "a", 10**8),
    "one element of 100 MB in lines": ("<rss><channel><item><title>", "a\n", 5 * 10**7),
    "one tag of 100 MB": ('<rss><channel><item title="', "a", 10**8),
    "one comment of 100 MB": ("<rss><channel><!--", "a", 10**8),
    "one instruction of 100 MB": ("<rss><channel><?a ", "a", 10**8),
    "a million elements in each other": ("<rss><channel><item>", "<a>", 10**6),
    "a million elements in an item": ("<rss><channel><item>", "<a/>", 10**6),
    "a million attributes": ("<rss><channel><item ", "a='' ", 10**6),
}
# Makes the file as it is read, so that only the reader's memory is measured.
MEASURED = """
import io, sys
from news.importers.xml_stream import XmlRecords
from news.importers.rows import ReadingError
class Endless(io.RawIOBase):
    def __init__(self, start, part, times):
        self.rest, self.part, self.times = start.encode(), part.encode() * 1000, times // 1000
    def readable(self): return True
    def readinto(self, buffer):
        while len(self.rest) < len(buffer) and self.times:
            self.rest, self.times = self.rest + self.part, self.times - 1
        given, self.rest = self.rest[:len(buffer)], self.rest[len(buffer):]
        buffer[:len(given)] = given
        return len(given)
class File:
    name = "a.xml"
    def open(self): return Endless(sys.argv[1], sys.argv[2], int(sys.argv[3]))
try:
    list(XmlRecords(file=File(), root="rss", depth=2))
except ReadingError as error:
    print(error)
print(peak_megabytes())
"""


def records(content: str | bytes, *, root: str = "rss", depth: int = 2) -> list[str]:
    """Return the names and places of all records."""
    data = content.encode() if isinstance(content, str) else content
    found = XmlRecords(file=SavedFile(content=data), root=root, depth=depth)
    return [f"{record.name} {record.place}" for record in found]


def refusal(content: str | bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(ReadingError) as refused:
        records(content)
    return str(refused.value)


def test_a_record_knows_its_line_and_column():
    """The first are 1."""
    assert records("<rss>\n<channel><title/>\n  <item><a/></item></channel></rss>") == [
        "title a.xml:2:10",
        "item a.xml:3:3",
    ]


def test_a_namespace_has_one_prefix_whatever_the_file_calls_it():
    """Also WordPress', which has its version in it."""
    content = (
        '<rss xmlns:x="http://wordpress.org/export/1.1/" xmlns:y="http://purl.org/dc/elements/1.1/">'
        "<channel><x:status/><y:date/></channel></rss>"
    )
    assert [found.split()[0] for found in records(content)] == ["wp:status", "dc:date"]


def test_entities_that_multiply_are_refused_before_one_is_read():
    """The billion laughs."""
    assert refusal(f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss>&l9;</rss>').endswith(DTD)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">',
        '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">',
    ],
)
def test_a_dtd_is_refused_and_nothing_is_fetched(declaration):
    """Neither a file nor an address."""
    assert refusal(f"{declaration}<rss><channel><item>&e;</item></channel></rss>").endswith(DTD)


def test_a_file_that_breaks_after_500_items_yields_them_and_says_where():
    """With line and column."""
    good = "".join(f"<item><title>T</title><guid>{number}</guid></item>\n" for number in range(500))
    found = rows(read_rss, RSS.format(f"\n{good}<item><title>a & b</title></item>"))
    assert sum(isinstance(row, ItemRow) for row in found) == 500
    assert problems(found) == [
        "a.xml:502:17: it is no XML from here on (not well-formed (invalid token)). Write “&amp;” for “&” and “&lt;”"
        " for “<”, or save the file as UTF-8. Nothing behind was read."
    ]


def test_a_file_of_another_format_is_named():
    """HTML, say."""
    expected = "a.xml:1:1: expected <rss>, found <html>: the file has another format. Name it with --format."
    assert refusal("<html/>") == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-5", "windows-1251", "koi8-r"])
def test_each_declared_encoding_is_read(encoding):
    """Marks at the beginning count too."""
    declaration = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    content = f"{declaration}<rss><channel><item>Мир</item></channel></rss>"
    (record,) = XmlRecords(file=SavedFile(content=content.encode(encoding)), root="rss", depth=2)
    assert record.text == "Мир"


def test_what_is_declared_as_latin_1_is_read_as_windows_1252_and_said_so():
    """As browsers do; the quotation marks of the latter are control characters in the former."""
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><item>“Ä”</item></channel></rss>'
    found = XmlRecords(file=SavedFile(content=content.encode("windows-1252")), root="rss", depth=2)
    assert [record.text for record in found] == ["“Ä”"]
    assert found.notes == ["the file was read as Windows-1252, for it declares iso-8859-1"]


def test_a_file_that_cannot_be_read_to_its_end_is_no_traceback():
    """A packed one that is broken, say."""

    class Broken:
        name = "a.xml"

        def open(self):
            class Stream(io.BytesIO):
                def read(self, size=-1):
                    if self.tell():
                        raise EOFError("it breaks off")
                    return super().read(size)

            return Stream(b"<rss><channel><item/>")

    with pytest.raises(ReadingError, match=r"a\.xml:1: it cannot be read: it breaks off"):
        list(XmlRecords(file=Broken(), root="rss", depth=2))


@pytest.mark.processes
@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused_within_two_seconds_and_150_mb(case):
    """In a process of its own, whose memory tells."""
    start = time.monotonic()
    command = [sys.executable, "-c", MEMORY + MEASURED, case[0], case[1], str(case[2])]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout  # noqa: S603 - own code
    *refused, megabytes = out.splitlines()
    assert refused[0].startswith("a.xml:1:")
    assert int(megabytes) < MOST_MEGABYTES
    assert time.monotonic() - start < 2


def test_a_long_file_is_never_whole_in_memory():
    """Each item is forgotten when the next one is asked for."""
    content = RSS.format(f"<item><title>{'a' * 2000}</title></item>" * 20_000).encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = XmlRecords(file=SavedFile(content=content), root="rss", depth=2)
    assert sum(record.name == "item" for record in found) == 20_000
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024 < 20
