"""XML from outside, record by record: however long the file is, one record is in memory, and nothing is fetched.

Documents with a DTD are refused before anything of it is read, and with it every entity and external reference.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any, BinaryIO, Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from news.importers.rows import Place, ReadingError, shown

CHUNK = 65_536  # bytes that are read at once
MOST_LETTERS = 4_000_000  # of a record; and bytes of one tag or comment
MOST_ELEMENTS = 20_000  # of a record
MOST_DEPTH = 256
HEAD = 200  # bytes among which the declaration of the encoding stands
DECLARED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
# Who declares these means Windows-1252 as a rule: its quotation marks stand where ISO 8859-1 has control characters.
MEANS_WINDOWS_1252 = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii"}
PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/2005/Atom": "atom",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}
WORDPRESS = re.compile(r"https?://wordpress\.org/export/[0-9.]+/(?P<excerpt>excerpt/)?")


class OpenFile(Protocol):
    """A file that can be read from its beginning."""

    @property
    def name(self) -> str:
        """Return it as errors show it."""

    def open(self) -> BinaryIO:
        """Open it."""


@dataclass(slots=True, kw_only=True)
class XmlElement:
    """An element with what is in it.

    Attributes:
        name: with the prefix that its namespace has here, whatever the file's: "item", "atom:entry", "wp:post_id".
        language: the one in force (`xml:lang`), "" where none is said.
        base: the address in force (`xml:base`), as it is written from the outermost to this one.
    """

    name: str
    place: Place
    attributes: dict[str, str]
    language: str
    base: tuple[str, ...]
    parts: list["str | XmlElement"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its own text, without that of the elements in it."""
        return "".join(part for part in self.parts if isinstance(part, str)).strip()

    def all(self, name: str) -> list["XmlElement"]:
        """Return the children of that name."""
        return [part for part in self.parts if isinstance(part, XmlElement) and part.name == name]

    def first(self, *names: str) -> "XmlElement | None":
        """Return the first child with a text of the first name for which there is one."""
        found = (each for name in names for each in self.all(name) if each.text)
        return next(found, None)

    def text_of(self, *names: str) -> str:
        """Return the text of that child, "" where there is none."""
        found = self.first(*names)
        return found.text if found else ""

    def inner_html(self) -> str:
        """Return what is in it as HTML, without its namespaces."""
        return "".join(escape(part) if isinstance(part, str) else part.outer_html() for part in self.parts)

    def outer_html(self) -> str:
        """Return it as HTML, "" where it is neither that nor a feed's that forgot to say so: a drawing, a formula."""
        space, _colon, name = self.name.rpartition(":")
        if space not in {"", "xhtml", "atom"}:
            return ""
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in self.attributes.items() if ":" not in key)
        return f"<{name}{attributes}>{self.inner_html()}</{name}>"


class Collector:
    """What the parser tells: puts together the elements `depth` levels below the root, and forgets all others."""

    def __init__(self, file: str, root: str, depth: int) -> None:
        """Expect that root; `parser` is set once there is one."""
        self.file, self.root, self.depth = file, root, depth
        self.parser: Any = None
        self.stack: list[XmlElement] = []
        self.done: list[XmlElement] = []
        self.letters = self.elements = self.silent_bytes = 0

    def place(self) -> Place:
        """Return where the parser stands."""
        return Place(file=self.file, line=self.parser.CurrentLineNumber, column=self.parser.CurrentColumnNumber + 1)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if not self.stack and _short(tag) != self.root:
            expected = f"expected <{_written(self.root)}>, found <{shown(_written(_short(tag)))}>"
            raise ReadingError(self.place(), f"{expected}: the file has another format. Name it with --format.")
        outer = self.stack[-1] if self.stack else None
        given = {_short(name): value for name, value in attributes.items()}
        base = outer.base if outer else ()
        self.stack.append(
            XmlElement(
                name=_short(tag),
                place=self.place(),
                attributes=given,
                language=given.get("xml:lang", outer.language if outer else ""),
                base=(*base, given["xml:base"]) if "xml:base" in given else base,
            )
        )
        self._count(sum(map(len, given.values())), elements=1)
        if len(self.stack) > MOST_DEPTH:
            raise ReadingError(
                self.place(), f"more than {MOST_DEPTH} elements stand in each other. Nothing behind was read."
            )

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self.silent_bytes = 0
        if len(self.stack) > self.depth:
            self.stack[-1].parts.append(text)
            self._count(len(text))

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser names what the stack knows
        """Close an element."""
        element = self.stack.pop()
        self.silent_bytes = 0
        if len(self.stack) > self.depth:
            self.stack[-1].parts.append(element)
        elif len(self.stack) == self.depth:
            self.done.append(element)
            self.letters = self.elements = 0

    def _count(self, letters: int, *, elements: int = 0) -> None:
        self.silent_bytes = 0
        self.letters += letters
        self.elements += elements
        if self.letters > MOST_LETTERS or self.elements > MOST_ELEMENTS:
            at = self.stack[min(self.depth, len(self.stack) - 1)]
            limits = f"more than {MOST_LETTERS // 1_000_000} million letters or {MOST_ELEMENTS:,} elements"
            raise ReadingError(
                at.place, f"<{_written(at.name)}> has {limits}. Take it out of the file; nothing behind it was read."
            )


@dataclass(slots=True, kw_only=True)
class XmlRecords:
    """The records of a file: the elements `depth` levels below the root, in their order.

    Attributes:
        notes: once reading has begun, what is to be said of the file.
    """

    file: OpenFile
    root: str
    depth: int
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[XmlElement]:
        """Yield them.

        Raises:
            ReadingError: the file breaks off, or has what is refused; what stands before it has been yielded.
        """
        collector = Collector(self.file.name, self.root, self.depth)
        problem: ReadingError | None = None
        chunks = self._chunks(collector)
        while problem is None:
            try:
                is_open = next(chunks, None)
            except ReadingError as error:
                problem, is_open = error, True
            yield from collector.done
            collector.done.clear()
            if is_open is None:
                return
        raise problem

    def _chunks(self, collector: Collector) -> Iterator[bool]:
        """Feed the parser, and stop after each portion.

        Raises:
            ReadingError: see above.
        """
        try:
            with self.file.open() as stream:
                head = stream.read(CHUNK)
                parser = DefusedXMLParser(encoding=self._encoding(head), target=collector, forbid_dtd=True)
                collector.parser = parser.parser
                while chunk := head or stream.read(CHUNK):
                    head = b""
                    _feed(parser, collector, chunk)
                    yield True
                parser.close()
        except (OSError, EOFError, zlib.error) as error:
            line = collector.place().line if collector.parser else 1
            raise ReadingError(Place(file=self.file.name, line=line), f"it cannot be read: {error}") from error
        except ParseError as error:
            raise _broken(collector, error) from None
        except DefusedXmlException:
            refused = "it has a DTD (<!DOCTYPE …>), which can hide what it loads. Take it out and try again."
            raise ReadingError(collector.place(), refused) from None
        except (ValueError, LookupError) as error:  # an encoding that Python or expat does not know
            found = f"its encoding cannot be read: {shown(error)}. Save it as UTF-8 and try again."
            raise ReadingError(Place(file=self.file.name, line=1), found) from None

    def _encoding(self, head: bytes) -> str | None:
        """Return the encoding to read in where that is another than the parser would choose, and say so."""
        declared = DECLARED.search(head[:HEAD])
        name = declared[1].decode().lower() if declared else ""
        if name not in MEANS_WINDOWS_1252:
            return None
        self.notes.append(f"the file was read as Windows-1252, for it declares {name}")
        return "windows-1252"


def _feed(parser: Any, collector: Collector, chunk: bytes) -> None:
    """Feed the parser; refuse a tag or a comment that does not end, which it would hold in memory."""
    collector.silent_bytes += len(chunk)
    if collector.silent_bytes > MOST_LETTERS:
        found = f"a tag or a comment of more than {MOST_LETTERS // 1_000_000} MB begins here. Nothing behind was read."
        raise ReadingError(collector.place(), found)
    parser.feed(chunk)


def _broken(collector: Collector, error: ParseError) -> ReadingError:
    """Return what to tell whoever has a file that is no XML from some place on."""
    line, column = getattr(error, "position", (1, 0))
    what = str(error).partition(":")[0]
    remedies = {
        "not well-formed (invalid token)": "Write “&amp;” for “&” and “&lt;” for “<”, or save the file as UTF-8.",
        "undefined entity": "Write the letter itself, or its number such as “&#160;”.",
        "mismatched tag": "Close what is open.",
        "no element found": "The file breaks off: get it again.",
        "unclosed token": "The file breaks off: get it again.",
        "unclosed CDATA section": "The file breaks off: get it again.",
        "unbound prefix": "Declare the prefix in the outermost element (xmlns:…).",
        "unknown encoding": "Save it as UTF-8 and try again.",
    }
    remedy = remedies.get(what.partition(" &")[0], "Export the file again.")
    place = Place(file=collector.file, line=line, column=column + 1)
    return ReadingError(place, f"it is no XML from here on ({what}). {remedy} Nothing behind was read.")


@lru_cache(maxsize=200)
def _prefix(namespace: str) -> str:
    if found := WORDPRESS.fullmatch(namespace):
        return "excerpt" if found["excerpt"] else "wp"
    return PREFIXES.get(namespace, "other")


def _short(name: str) -> str:
    """Return a name with the prefix that its namespace has here: "{http://www.w3.org/2005/Atom}feed" is "atom:feed"."""
    if not name.startswith("{"):
        return name
    namespace, _brace, local = name[1:].partition("}")
    return f"{_prefix(namespace)}:{local}"


def _written(name: str) -> str:
    return name.removeprefix("atom:").removeprefix("xhtml:").removeprefix("other:")
