"""Reads feeds: RSS 2.0 and Atom (docs/import-format-web.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

from news.importers.markup import resolved
from news.importers.rows import Place, ReadingOptions, Row
from news.importers.web_item import WebItem, escaped, host_in, rows_of, title_of_html
from news.importers.xml_stream import OpenFile, XmlElement, XmlRecords


def read_rss(file: OpenFile, options: ReadingOptions) -> Iterator[Row]:
    """Yield the items of an RSS feed."""
    records = XmlRecords(file=file, root="rss", depth=2)
    return rows_of(records, RssFeed().take, options)


def read_atom(file: OpenFile, options: ReadingOptions) -> Iterator[Row]:
    """Yield the entries of an Atom feed."""
    records = XmlRecords(file=file, root="atom:feed", depth=1)
    return rows_of(records, AtomFeed().take, options)


@dataclass(slots=True)
class RssFeed:
    """What a channel says of all its items, as far as it was read."""

    link: str = ""
    language: str = ""

    def take(self, element: XmlElement) -> WebItem | None:
        """Return an item; keep what the channel says itself."""
        match element.name:
            case "link":
                self.link = element.text
            case "language":
                self.language = element.text
            case "item":
                return self._item(element)
        return None

    def _item(self, element: XmlElement) -> WebItem:
        url, guid = element.text_of("link"), element.text_of("guid")
        if not url and element.all("guid") and element.all("guid")[0].attributes.get("isPermaLink") != "false":
            url = guid if guid.startswith("http") else ""
        url = resolved(self.link, url) if url else ""
        base = "".join(element.base[-1:])
        item = WebItem(place=element.place, base=base or url or self.link, source=host_in(self.link) or host_in(url))
        item.put_language(element.text_of("dc:language") or element.language or self.language)
        put_text(item, "title", element.first("title"), is_html=True)
        put_text(item, "source_id", element.first("guid"))
        item.put_url(url, place_of(element.first("link", "guid")))
        put_moment(item, element.first("pubDate", "dc:date", "dcterms:issued"))
        _put_texts(item, element.first("content:encoded"), element.first("description"))
        item.leave_out_names([each.text for each in element.all("category")], "categories")
        _leave_out_files(item, element.all("enclosure"))
        return item


@dataclass(slots=True)
class AtomFeed:
    """What a feed says of all its entries, as far as it was read."""

    link: str = ""

    def take(self, element: XmlElement) -> WebItem | None:
        """Return an entry; keep what the feed says itself."""
        if element.name == "atom:link" and _is_alternate(element):
            self.link = _resolved_all((*element.base, element.attributes.get("href", "")))
        return self._entry(element) if element.name == "atom:entry" else None

    def _entry(self, element: XmlElement) -> WebItem:
        base = _resolved_all((self.link, *element.base))
        link = next(filter(_is_alternate, element.all("atom:link")), None)
        url = _resolved_all((base, *link.base, link.attributes.get("href", ""))) if link else ""
        item = WebItem(place=element.place, base=base or url, source=host_in(self.link) or host_in(url))
        content, summary = (_first(element, name) for name in ("atom:content", "atom:summary"))
        item.put_language((content.language if content else "") or element.language)
        if title := _first(element, "atom:title"):
            item.put_line("title", title_of_html(_html_of(title)), title.place)
        put_text(item, "source_id", element.first("atom:id"))
        item.put_url(url, link.place if link else None)
        put_moment(item, element.first("atom:published", "atom:updated"))
        _put_atom_texts(item, content, summary)
        item.leave_out_names([_label(each) for each in element.all("atom:category")], "categories")
        _leave_out_files(item, [each for each in element.all("atom:link") if each.attributes.get("rel") == "enclosure"])
        return item


def _is_alternate(link: XmlElement) -> bool:
    """Say whether a link leads to the page of what has it: one without a relation does."""
    return link.attributes.get("rel", "alternate") == "alternate"


def _put_atom_texts(item: WebItem, content: XmlElement | None, summary: XmlElement | None) -> None:
    """Set the text and the summary; a content that stands elsewhere is not fetched."""
    if content and (
        content.attributes.get("src") or "/" in content.attributes.get("type", "").replace("text/html", "")
    ):
        what = content.attributes.get("src") or content.attributes["type"]
        item.notes.append(f"its content is left out, for it is no text of the feed: “{what[:100]}”")
        content = None
    if content:
        item.base = _resolved_all((item.base, *content.base))
        item.put_body(_html_of(content), content.place)
    if summary and content:
        item.put_summary(_html_of(summary), summary.place)
    elif summary:
        item.put_body(_html_of(summary), summary.place)


def _put_texts(item: WebItem, content: XmlElement | None, description: XmlElement | None) -> None:
    """Set the text and the summary: a description beside a content is the summary, alone it is the text."""
    if content:
        item.put_body(content.text, content.place)
    if description and content:
        item.put_summary(description.text, description.place)
    elif description:
        item.put_body(description.text, description.place)


def _html_of(element: XmlElement) -> str:
    """Return an Atom text as HTML, whichever of the three ways it is written in."""
    match element.attributes.get("type", "text"):
        case "xhtml":
            inner = element.all("xhtml:div")
            return inner[0].inner_html() if inner else element.inner_html()
        case "html" | "text/html":
            return element.text
    return escaped(element.text)


def _first(element: XmlElement, name: str) -> XmlElement | None:
    """Return the first child of that name; of a content its own text may be none, as XHTML is."""
    return next(iter(element.all(name)), None)


def _label(category: XmlElement) -> str:
    return category.attributes.get("label") or category.attributes.get("term", "")


def _resolved_all(addresses: tuple[str, ...]) -> str:
    """Return the last of some addresses in full, each meant from the one before."""
    found = ""
    for address in addresses:
        found = resolved(found, address) if address else found
    return found


def _leave_out_files(item: WebItem, links: list[XmlElement]) -> None:
    """Say that what the links lead to is left out."""
    pictures = sum(link.attributes.get("type", "").startswith("image/") for link in links)
    item.leave_out(pictures, "image")
    item.leave_out(len(links) - pictures, "attachment")


def put_text(item: WebItem, name: str, element: XmlElement | None, *, is_html: bool = False) -> None:
    """Set a field of one line from an element."""
    if element:
        item.put_line(name, title_of_html(element.text) if is_html else element.text, element.place)


def put_moment(item: WebItem, element: XmlElement | None) -> None:
    """Set the date of issue from an element."""
    if element:
        item.put_moment("issued_at", element.text, element.place)


def place_of(element: XmlElement | None) -> Place | None:
    """Return where an element stands."""
    return element.place if element else None
