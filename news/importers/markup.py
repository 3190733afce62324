"""HTML from outside, put in order before any parser or sanitiser sees it.

Both take time with the square of the depth (100,000 elements in each other: 14 s), and what is left open multiplies
what follows. So one pass with a memory of its own closes what is open and refuses what is too deep or too much; what
it hands on is harmless in this respect, and in no other: the sanitiser comes after it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from itertools import islice
from urllib.parse import urljoin

MOST_LETTERS = 4_000_000
MOST_TAGS = 60_000
MOST_DEPTH = 250
MOST_FORMATTING = 8  # of it in each other; a parser repeats what is open in each paragraph
MOST_ATTRIBUTES = 30

# Each alternative ends at the end of the text too, so that nothing is looked at twice.
TOKEN = re.compile(
    r"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)
      (?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+|))?+)*+)
      (?:>|\Z)
    | <[!?/][^>]*+>?
    """,
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(
    r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^\s>"'][^\s>]*+)))?+""", re.DOTALL
)
NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
# Neither a letter nor a space; a lone surrogate could not even be written to the database.
UNSEEMLY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"})
# What is in them is no text of the page.
LEFT_OUT = frozenset({"svg", "math", "select", "template", "object", "audio", "video", "canvas", "map", "noscript"})
FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "dl", "li", "dt", "dd"})
REGIONS = frozenset({"address", "article", "aside", "details", "footer", "form", "header", "main", "nav", "section"})
BOXES = frozenset({"blockquote", "center", "div", "fieldset", "figure", "hr", "p", "pre", "table"})
END_A_PARAGRAPH = HEADINGS | LISTS | REGIONS | BOXES
CELLS = frozenset({"td", "th"})
# What the opening of an element closes, where it stands innermost.
CLOSED_BY = {
    "li": frozenset({"li"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
    **dict.fromkeys(CELLS, CELLS),
    "tr": CELLS | {"tr"},
    **dict.fromkeys(("tbody", "thead", "tfoot"), CELLS | {"tr", "tbody", "thead", "tfoot"}),
}
WALLS = CELLS | {"table", "caption"}  # what is in a cell closes nothing outside it
IN_FULL = ("https://", "http://", "mailto:")
ADDRESSES = frozenset({"href", "src", "cite"})


class MarkupError(Exception):
    """The HTML is too deep or too much; the text is a sentence for whoever imports."""


@dataclass(slots=True, kw_only=True)
class Markup:
    """HTML in order.

    Attributes:
        html: every element closed, at most MOST_DEPTH in each other; no scripts, styles, drawings and comments.
        left_out: how many of which elements are not in it; as "control" how many control characters.
        data: the JSON of its scripts for machines (JSON-LD).
    """

    html: str
    left_out: Counter[str]
    data: list[str]


def in_order(html: str, *, base: str = "", without: frozenset[str] = frozenset()) -> Markup:
    """Put HTML in order.

    Args:
        html: as it came.
        base: the address that relative ones in it are meant from; "" to leave them.
        without: elements that are counted and left out, such as pictures.

    Raises:
        MarkupError: see there.
    """
    _refuse_long(html)
    return _Pass(html, base=base, without=without | LEFT_OUT).run()


def _refuse_long(html: str) -> None:
    if len(html) > MOST_LETTERS:
        raise MarkupError(f"the HTML has more than {MOST_LETTERS // 1_000_000} million letters. Shorten it.")


@dataclass(slots=True)
class _Pass:
    """One pass over the text: what stands where, what is open, what has been written."""

    text: str
    base: str = field(kw_only=True)
    without: frozenset[str] = field(kw_only=True)
    position: int = 0
    tags: int = 0
    open: list[str] = field(default_factory=list)
    formatting: int = 0
    written: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    data: list[str] = field(default_factory=list)
    endless: set[str] = field(default_factory=set)

    def run(self) -> Markup:
        """Go through the text once."""
        while token := TOKEN.search(self.text, self.position):
            self._write_text(self.text[self.position : token.start()])
            self.position = token.end()
            if token["name"]:
                self._take(token)
        self._write_text(self.text[self.position :])
        self._close(0)
        html = "".join(self.written)
        _refuse_long(html)
        return Markup(html=html, left_out=self.left_out, data=self.data)

    def _take(self, tag: re.Match[str]) -> None:
        self._count()
        name = tag["name"].lower()
        name = name if NAME.fullmatch(name) else "span"  # what only a mistake makes: <b<i>
        if tag["end"]:
            self._end(name)
        else:
            self._start(name, tag["attributes"])

    def _count(self) -> None:
        self.tags += 1
        if self.tags > MOST_TAGS:
            raise MarkupError(f"the HTML has more than {MOST_TAGS:,} tags. Shorten it.")

    def _write_text(self, text: str) -> None:
        if text:
            text, count = UNSEEMLY.subn("", text)
            self.left_out["control"] += count
            self.written.append(text.replace("<", "&lt;").replace(">", "&gt;"))

    def _start(self, name: str, attributes: str) -> None:
        if name in RAW:
            self._raw(name, attributes)
        elif name in self.without:
            self.left_out[name] += 1
            if name not in VOID:
                self._skip(name)
        elif name in VOID:
            self._make_room(name)
            self._write_tag(name, attributes)
        elif name not in FORMATTING or self.formatting < MOST_FORMATTING:
            self._open(name, attributes)

    def _open(self, name: str, attributes: str) -> None:
        self._make_room(name)
        self._write_tag(name, attributes)
        self.open.append(name)
        self.formatting += name in FORMATTING
        if len(self.open) > MOST_DEPTH:
            raise MarkupError(f"more than {MOST_DEPTH} elements of the HTML stand in each other. Simplify it.")

    def _make_room(self, name: str) -> None:
        """Close what ends where this element begins."""
        closed = CLOSED_BY.get(name, frozenset())
        if name in END_A_PARAGRAPH:
            closed |= {"p"}
        while self.open and self.open[-1] in closed:
            self._close(len(self.open) - 1)

    def _end(self, name: str) -> None:
        """Close the innermost element of that name, if one is open that may be closed from here."""
        for position in range(len(self.open) - 1, -1, -1) if name in self.open else ():
            if self.open[position] == name:
                self._close(position)
                return
            if self.open[position] in WALLS and name not in {*WALLS, "tr", "tbody", "thead", "tfoot"}:
                return

    def _close(self, position: int) -> None:
        while len(self.open) > position:
            name = self.open.pop()
            self.formatting -= name in FORMATTING
            self.written.append(f"</{name}>")

    def _raw(self, name: str, attributes: str) -> None:
        """Pass over an element whose content is no HTML; keep a page's title and its data."""
        end = re.compile(rf"</{name}(?=[\s/>])|\Z", re.IGNORECASE).search(self.text, self.position)
        content = self.text[self.position : end.start()] if end else ""
        self.position += len(content)
        if name == "title" and "title" not in self.left_out:
            self.written.append(f"<title>{escape(UNSEEMLY.sub('', unescape(content)))}</title>")
        if name == "script" and "ld+json" in attributes.lower():
            self.data.append(content)
        self.left_out[name] += 1

    def _skip(self, name: str) -> None:
        """Pass over an element with all that is in it; one that is not closed ends nowhere and is passed over alone."""
        depth = 1
        if name in self.endless:
            return
        for tag in re.compile(rf"<(/?){name}(?=[\s/>])", re.IGNORECASE).finditer(self.text, self.position):
            self._count()
            depth += -1 if tag[1] else 1
            if depth == 0:
                self.position = tag.start()
                return
        self.endless.add(name)

    def _write_tag(self, name: str, attributes: str) -> None:
        found = _attributes(attributes) if attributes.strip() else {}
        parts = [f' {key}="{escape(self._resolved(key, value))}"' for key, value in found.items()]
        self.written.append(f"<{name}{''.join(parts)}>")

    def _resolved(self, key: str, value: str) -> str:
        """Return an attribute's value, an address in full."""
        if key in ADDRESSES and self.base and value and not value.startswith("#"):
            return resolved(self.base, value)
        return value


@lru_cache(maxsize=1000)
def resolved(base: str, address: str) -> str:
    """Return an address in full; as it is where it is none."""
    if base and address.startswith(IN_FULL):
        return address  # most are, and joining is slow
    try:
        return urljoin(base, address.strip())
    except ValueError:  # brackets that hold no number of a machine
        return address


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag by their names, the first of each name, as a browser does."""
    found: dict[str, str] = {}
    for attribute in islice(ATTRIBUTE.finditer(text), MOST_ATTRIBUTES):
        name = attribute[1].lower()
        if re.fullmatch(r"[a-z_][a-z0-9_:.-]*", name):
            value = attribute[2] or attribute[3] or attribute[4] or ""
            found.setdefault(name, UNSEEMLY.sub("", unescape(value)))
    return found
