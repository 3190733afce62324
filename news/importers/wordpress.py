"""Reads an export of WordPress (WXR): its posts, with Polylang's or WPML's languages (docs/import-format-web.md)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from news.importers.feeds import put_text
from news.importers.refusals import refused
from news.importers.rows import ItemRow, ReadingOptions, Row
from news.importers.web_item import BLOCK, WebItem, host_in, paragraphs, rows_of, title_of_html
from news.importers.xml_stream import OpenFile, XmlElement, XmlRecords

STATES = {
    "publish": "approved",
    "future": "approved",
    "pending": "submitted",
    "draft": "draft",
    "private": "draft",
}
# WordPress names kinds of records; these are the ones whose plural people know.
PLURALS = {"nav_menu_item": "menu items", "attachment": "attachments", "page": "pages", "revision": "revisions"}
NO_DATE = "0000-00-00"
LANGUAGE_KEYS = ("_wpml_language", "wpml_language", "_language")
# A group of translations, as PHP writes it: a:2:{s:2:"en";i:12;s:2:"fr";i:15;}
TRANSLATION = re.compile(r's:\d+:"([A-Za-z_-]{2,10})";i:(\d+)')
BLOCK_COMMENT = re.compile(r"<!--\s{0,5}/?wp:[^<>]*-->")
CAPTION = re.compile(r"\[caption[^\[\]]*\]((?:(?!\[caption).)*?)\[/caption\]", re.DOTALL)
SHORTCODE = re.compile(r"\[(/?)([a-z][a-z0-9_-]{1,40})((?:\s[^\[\]]*)?/?)\]")
ALONE = frozenset({"gallery", "playlist"})  # shortcodes that need neither values nor an end
MOST_TERMS = 200_000  # groups of translations that are remembered


@dataclass(slots=True)
class Blog:
    """What an export says before its posts, and what of it is not read."""

    link: str = ""
    language: str = ""
    groups: dict[str, str] = field(default_factory=dict)  # of translations: the number of the original
    left_out: Counter[str] = field(default_factory=Counter)

    def take(self, element: XmlElement) -> WebItem | None:
        """Return a post; keep what the export says itself, and count what is no post."""
        match element.name:
            case "link":
                self.link = element.text
            case "language":
                self.language = element.text
            case "wp:term":
                self._remember_group(element)
            case "item":
                return self._item(element)
        return None

    def _remember_group(self, element: XmlElement) -> None:
        """Remember which of some translations is the original: the one in the blog's language, else the first."""
        if element.text_of("wp:term_taxonomy") != "post_translations" or len(self.groups) >= MOST_TERMS:
            return
        numbers = {code.lower(): number for code, number in TRANSLATION.findall(element.text_of("wp:term_description"))}
        if numbers:
            own = self.language.lower().replace("_", "-").partition("-")[0]
            self.groups[element.text_of("wp:term_slug")] = numbers.get(own) or min(numbers.values(), key=int)

    def _item(self, element: XmlElement) -> WebItem | None:
        kind, status = element.text_of("wp:post_type") or "post", element.text_of("wp:status") or "publish"
        if kind != "post":
            self.left_out[PLURALS.get(kind, f"records of the kind “{kind[:30]}”")] += 1
            return None
        if status not in STATES:
            self.left_out[f"posts with the status “{status[:30]}”"] += 1
            return None
        return self._post(element, status)

    def _post(self, element: XmlElement, status: str) -> WebItem:
        link = element.first("link")
        url = link.text if link else ""
        item = WebItem(place=element.place, base=url or self.link, source=host_in(self.link) or host_in(url))
        put_text(item, "source_id", element.first("wp:post_id", "guid"))
        self._put_language(item, element)
        title = element.first("title")
        item.put_line("title", title_of_html(title.text) if title else "", title.place if title else None)
        item.put_url(url, link.place if link else None)
        _put_date(item, element)
        _put_state(item, element, status)
        _put_texts(item, element)
        _put_categories(item, element)
        return item

    def _put_language(self, item: WebItem, element: XmlElement) -> None:
        """Set the language that Polylang or WPML gives, else the blog's, and the original."""
        terms = {each.attributes.get("domain"): each.attributes.get("nicename", "") for each in element.all("category")}
        metas = {each.text_of("wp:meta_key"): each.text_of("wp:meta_value") for each in element.all("wp:postmeta")}
        said = [metas[key] for key in LANGUAGE_KEYS if metas.get(key)]
        item.put_language(terms.get("language", "").removeprefix("pll_") or "".join(said[:1]) or self.language)
        original = self.groups.get(terms.get("post_translations") or "")
        if original and original != item.values.get("source_id"):
            item.put("translation_of", {"source_id": original})


def read(file: OpenFile, options: ReadingOptions) -> Iterator[Row]:
    """Yield the posts of an export; the last of them says what else there is."""
    records, blog = XmlRecords(file=file, root="rss", depth=2), Blog()
    waiting: Row | None = None
    is_empty = True
    for row in rows_of(records, blog.take, options):
        if waiting:
            yield waiting
        waiting, is_empty = row, False
        if not isinstance(row, ItemRow):
            yield row
            waiting = None
    yield from _last(waiting, blog, file, is_empty=is_empty)


def _last(row: Row | None, blog: Blog, file: OpenFile, *, is_empty: bool) -> Iterator[Row]:
    """Yield the last row with what is to be said of the whole file."""
    counted = ", ".join(f"{name}: {count}" for name, count in sorted(blog.left_out.items()))
    if isinstance(row, ItemRow):
        note = (f"left out of {file.name}, for only posts are read: {counted}",) if counted else ()
        yield replace(row, notes=(*row.notes, *note))
    elif is_empty:
        found = f"found {counted}" if counted else "found none"
        yield refused(file.name, 1, f"expected posts of WordPress, {found}. Export “Posts” or “All content”.")


def _put_date(item: WebItem, element: XmlElement) -> None:
    """Set the date of issue: in UTC where it is known, else as the blog's clock showed it, taken for Vienna's."""
    for name, zone in (("wp:post_date_gmt", "+00:00"), ("wp:post_date", "")):
        found = element.first(name)
        if found and not found.text.startswith(NO_DATE):
            item.put_moment("issued_at", found.text.replace(" ", "T") + zone, found.place)
            return
    published = element.first("pubDate")
    if published and "-0001" not in published.text:  # what WordPress makes of a date that is none
        item.put_moment("issued_at", published.text, published.place)


def _put_state(item: WebItem, element: XmlElement, status: str) -> None:
    """Set the state; nothing becomes public that was not, or that has no date."""
    state = STATES[status]
    if element.text_of("wp:post_password"):
        state, reason = "draft", "it is protected by a password"
    elif status == "private":
        reason = "it is private"
    elif state == "approved" and "issued_at" not in item.values:
        state, reason = "draft", "it has no date"
    else:
        reason = ""
    item.put("state", state, element.place)
    if reason:
        item.notes.append(f"state: it comes as a draft, for {reason}")


def _put_texts(item: WebItem, element: XmlElement) -> None:
    content, excerpt = element.first("content:encoded"), element.first("excerpt:encoded")
    if content:
        html = CAPTION.sub(_picture_of, BLOCK_COMMENT.sub("", content.text))
        html, codes = _without_shortcodes(html)
        item.put_body(_in_paragraphs(html), content.place)
        item.leave_out_names(codes, "shortcodes")
    if excerpt:
        item.put_summary(excerpt.text, excerpt.place)


def _in_paragraphs(html: str) -> str:
    """Write what WordPress keeps without paragraphs as it shows it: a blank line parts two of them."""
    if "<p" in html.lower() or not BLOCK.search(html):
        return html
    runs = re.split(r"\n\s*\n", html.replace("\r\n", "\n"))
    return "".join(run if BLOCK.match(run.strip()) else paragraphs(run) for run in runs)


def _picture_of(caption: re.Match[str]) -> str:
    """Return the picture alone, to be counted: without it nobody needs what is written below it."""
    return "<img>" if "<img" in caption[1] else ""


def _without_shortcodes(html: str) -> tuple[str, list[str]]:
    """Return the text without `[gallery ids="1,2"]`, and the names of what was taken; “[sic]” is text."""
    closed = {code[2] for code in SHORTCODE.finditer(html) if code[1]}
    taken: list[str] = []

    def take(code: re.Match[str]) -> str:
        if code[2] not in closed and "=" not in code[3] and code[2] not in ALONE:
            return code[0]
        taken.append(code[2])
        return ""

    return SHORTCODE.sub(take, html), taken


def _put_categories(item: WebItem, element: XmlElement) -> None:
    """Set the topics from the categories; WordPress' own for what has none is none."""
    categories = element.all("category")
    topics = [each for each in categories if each.attributes.get("domain") == "category"]
    names = [each.text for each in topics if each.text and each.attributes.get("nicename") != "uncategorized"]
    item.put("topics", list(dict.fromkeys(names)), topics[0].place if topics else None)
    tags = [each.text for each in categories if each.attributes.get("domain") == "post_tag"]
    item.leave_out_names(tags, "tags")
