"""Which format a file is in, told by its first bytes and its name, and the reader for each."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath

from news.importers.edition_fields import KINDS
from news.importers.encodings import NotText, encoding_of
from news.importers.native_form import ITEM_CHECKS
from news.importers.packed import GZIP_MARK, ZIP_MARKS
from news.importers.refusals import refused
from news.importers.rows import ReadingOptions, Row, shown
from news.importers.sources import SourceFile

HEAD = 16_000  # bytes by which the format is told
READERS = {
    "json-lines": "news.importers.json_lines.read",
    "csv": "news.importers.csv_table.read",
    "rss": "news.importers.feeds.read_rss",
    "atom": "news.importers.feeds.read_atom",
    "wxr": "news.importers.wordpress.read",
    "html": "news.importers.html_page.read",
    "page-text": "news.importers.page_text.read",
}
SUFFIXES = {
    ".jsonl": "json-lines",
    ".ndjson": "json-lines",
    ".csv": "csv",
    ".tsv": "csv",
    ".rss": "rss",
    ".atom": "atom",
    ".wxr": "wxr",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "page-text",
}
ROOTS = {"rss": "rss", "feed": "atom", "html": "html", "head": "html", "body": "html", "article": "html"}
WORDPRESS = "wordpress.org/export/"
BEFORE_THE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
ROOT = re.compile(r"\s*<(?:\w+:)?([\w-]+)")
CELLS = re.compile(r"[,;\t]")

type Reader = Callable[[SourceFile, ReadingOptions], Iterator[Row]]


class NotRecognised(Exception):  # noqa: N818 - a finding, not a failure
    """The format cannot be told: a sentence with what was seen and what to do."""


def reader(name: str) -> Reader:
    """Return the reader of a format; its module is imported only then."""
    module, _dot, function = READERS[name].rpartition(".")
    found: Reader = getattr(import_module(module), function)
    return found


def read(file: SourceFile, options: ReadingOptions, *, form: str = "") -> Iterator[Row]:
    """Yield the rows of a file; where it breaks, what is wrong with it is the last one.

    Args:
        file: what to read.
        options: what whoever imports says of it.
        form: the name of its format; "" to tell it by its beginning.
    """
    try:
        yield from reader(form or recognise(file))(file, options)
    except NotRecognised as error:
        yield refused(file.name, 1, str(error))
    except OSError as error:
        yield refused(file.name, 1, error.strerror or str(error))


def recognise(file: SourceFile) -> str:
    """Return the name of the file's format.

    Raises:
        NotRecognised: it is none that can be read.
        OSError: the file cannot be read.
    """
    with file.open() as stream:
        head = stream.read(HEAD)
    suffix = PurePath(file.name.removesuffix(".gz")).suffix.lower()
    if head.startswith((GZIP_MARK, *ZIP_MARKS)):
        raise NotRecognised("it is packed twice. Unpack it once and try again.")
    text = _text(head)
    found = _by_beginning(text) or SUFFIXES.get(suffix, "")
    if not found:
        seen = f"found “{shown(text.strip().partition('\n')[0].strip())}”" if text.strip() else "the file is empty"
        raise NotRecognised(f"expected news in one of the formats {', '.join(READERS)}: {seen}. Name it with --format.")
    return found


def _text(head: bytes) -> str:
    """Return the beginning as text; what is none is said by the reader."""
    try:
        codec = encoding_of(head, is_whole=len(head) < HEAD).codec
    except NotText as error:
        raise NotRecognised(str(error)) from None
    return head.decode(codec, errors="ignore")


def _by_beginning(text: str) -> str:
    """Return the format that a text begins like; "" for none."""
    start = text.lstrip()
    if start.startswith(("{", "[")):
        return "json-lines"
    if start.startswith("<"):
        return _by_root(start)
    line = start.partition("\n")[0].strip()
    if line.startswith("-") or " ".join(line.casefold().split()) in KINDS:
        return "page-text"
    cells = [cell.strip().strip('"').casefold() for cell in CELLS.split(line)]
    is_table = line.casefold().startswith("sep=") or len(ITEM_CHECKS.keys() & cells) > 1
    return "csv" if is_table else ""


def _by_root(text: str) -> str:
    """Return the format whose root element the text begins with; "" for none."""
    at = 0
    while before := BEFORE_THE_ROOT.match(text, at):
        at = before.end()
        if before[0].lstrip().casefold().startswith("<!doctype html"):
            return "html"
    root = ROOT.match(text, at)
    found = ROOTS.get(root[1].casefold(), "") if root else ""
    return "wxr" if found == "rss" and WORDPRESS in text else found
