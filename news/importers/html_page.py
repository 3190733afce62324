"""Reads a saved page of another site: its article, and what the page says of itself (docs/import-format-web.md)."""

from collections.abc import Iterable, Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from news.importers.encodings import NotText
from news.importers.html_encoding import text_of_page
from news.importers.mapping import LEFT_OUT
from news.importers.markup import MarkupError, in_order, resolved
from news.importers.refusals import noted, refused
from news.importers.rows import Place, ReadingOptions, Row, shown
from news.importers.structured_data import StructuredData
from news.importers.web_item import WebItem, escaped, host_in, paragraphs, title_of_html
from news.importers.xml_stream import OpenFile

MOST_BYTES = 4_000_000
LINES = ("dateline", "kind", "source_id")
LISTS = ("issued_by", "countries", "topics")
TEXTS = ("[itemprop=articleBody]", "article", "main", "[role=main]")
# Around an article's text, and no part of it.
FURNITURE = "h1, nav, aside, header, footer, form, button, figcaption, dialog"
PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
)


def read(file: OpenFile, options: ReadingOptions) -> Iterator[Row]:
    """Yield the one item that a page holds."""
    try:
        with file.open() as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            yield refused(
                file.name, 1, f"expected a page of at most {MOST_BYTES / 1_000_000:g} MB. Save the article alone."
            )
            return
        text, notice = text_of_page(data)
        row = Page(text, file.name, options).item().row(options)
        yield noted(row, notice)
    except OSError as error:
        yield refused(file.name, 1, f"it cannot be read: {error.strerror or error}")
    except NotText as error:
        yield refused(file.name, error.line, str(error))
    except MarkupError as error:
        yield refused(file.name, 1, str(error))


class Page:
    """A page, from which an item is made: what the mapping names first, then what the page says of itself."""

    def __init__(self, html: str, file: str, options: ReadingOptions) -> None:
        """Parse the page.

        Raises:
            MarkupError: it is too deep or too much.
        """
        markup = in_order(html)
        self.tree = LexborHTMLParser(markup.html)
        self.data = StructuredData(self.tree, markup.data)
        self.selectors: dict[str, Any] = options.selectors
        self.made = WebItem(place=Place(file=file, line=1))
        if count := markup.left_out["control"]:
            self.made.notes.append(f"control characters are left out: {count}")

    def item(self) -> WebItem:
        """Return the item."""
        made = self.made
        made.put_language(self._one("language") or self._language())
        made.put_url(self._address())
        url = str(made.values.get("url", ""))
        made.base = resolved(url, self._attribute("base[href]", "href"))
        made.source = host_in(url)
        article = self._article()
        made.put_line("title", self._one("title") or self._title(article))
        made.put_moment("issued_at", self._one("issued_at") or self._moment(article))
        made.put_summary(escaped(self._one("summary") or self._summary()))
        for name in LINES:
            made.put_line(name, self._one(name))
        for name in LISTS:
            made.put(name, list(filter(None, self._all(name))))
        self._put_body(article)
        return made

    def _language(self) -> str:
        said = self._attribute("html[lang]", "lang")
        return (
            self.data.of_article("inLanguage") or said or self.data.said("og:locale", "content-language", "dc.language")
        )

    def _address(self) -> str:
        """Return the page's one address."""
        said = self._one("url") or self._attribute("link[rel=canonical]", "href")
        return said or self.data.said("og:url") or self.data.of_article("mainEntityOfPage", "url")

    def _summary(self) -> str:
        return self.data.of_article("description") or self.data.said("description", "og:description")

    def _attribute(self, selector: str, name: str) -> str:
        """Return an attribute of the first such element."""
        node = self.tree.css_first(selector)
        return (node.attributes.get(name) or "") if node else ""

    def _title(self, article: list[LexborNode]) -> str:
        """Return the headline; the browser's title, which often names the site too, comes last."""
        own = next((found for node in article if (found := node.css_first("h1"))), None)
        any_one = own or self.tree.css_first("h1")
        title = self.tree.css_first("title")
        headline = title_of_html(self.data.of_article("headline"))
        said = headline or (_text(own) if own else "") or self.data.said("og:title")
        return said or (_text(any_one) if any_one else "") or (_text(title) if title else "")

    def _moment(self, article: list[LexborNode]) -> str:
        if said := self.data.of_article("datePublished") or self.data.said(*PUBLISHED):
            return said
        for node in article:
            if found := node.css_first("time[itemprop=datePublished]") or node.css_first("time[datetime]"):
                return found.attributes.get("datetime") or _text(found)
        return ""

    def _article(self) -> list[LexborNode]:
        """Return the elements that hold the text."""
        if "body_html" in self.selectors:
            return self._nodes("body_html")
        return next(([found] for selector in TEXTS if (found := self.tree.css_first(selector))), [])

    def _put_body(self, article: list[LexborNode]) -> None:
        """Set the text: the article without what stands around it."""
        for node in article:
            for part in [*node.css(FURNITURE), *self._nodes(LEFT_OUT, within=node)]:
                part.decompose()
        html = "".join(node.inner_html or "" for node in article)
        html = html or paragraphs(escaped(self.data.of_article("articleBody")))
        if html.strip():
            self.made.put_body(html)
            return
        expected = "expected an <article>, a <main> or a text in the page's JSON-LD, found none"
        if "body_html" in self.selectors:
            expected = f"nothing in the page is “{shown(_selector(self.selectors['body_html'])[0])}”"
        self.made.faults.append(("", f"{expected}. Name the text's element in a mapping file (body_html)."))

    def _one(self, name: str) -> str:
        """Return what the mapping names for a field, "" where it names nothing or nothing is there."""
        return next(iter(self._all(name)), "")

    def _all(self, name: str) -> Iterable[str]:
        attribute = _selector(self.selectors.get(name, ""))[1]
        nodes = self._nodes(name)
        texts = [(node.attributes.get(attribute) or "") if attribute else _text(node) for node in nodes]
        return [" ".join(text.split()) for text in texts]

    def _nodes(self, name: str, *, within: LexborNode | None = None) -> list[LexborNode]:
        """Return the elements that the mapping names."""
        if name not in self.selectors:
            return []
        selector = _selector(self.selectors[name])[0]
        try:
            return (within or self.tree).css(selector)
        except (SelectolaxError, ValueError):
            self.made.faults.append(
                ("", f"{name}: “{shown(selector)}” is no CSS selector that can be read. Mend the mapping.")
            )
            return []


def _selector(entry: Any) -> tuple[str, str]:
    """Return the selector and the attribute that an entry of the mapping names; "" for the text."""
    if isinstance(entry, dict):
        return str(entry.get("selector", "")), str(entry.get("attribute", ""))
    return str(entry), ""


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split()) if node.css_first("br, p, div") else " ".join(node.text().split())
