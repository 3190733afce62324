"""What a page says of itself for machines: JSON-LD (schema.org), Open Graph, Dublin Core and plain meta data."""

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

ARTICLES = frozenset(
    {
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "BlogPosting",
        "Report",
        "PressRelease",
        "WebPage",
        "SpeechArticle",
    }
)
DEEPEST = 4  # levels at which an article is looked for
MOST_META = 500


class StructuredData:
    """The data of a page."""

    def __init__(self, tree: LexborHTMLParser, scripts: list[str]) -> None:
        """Read the meta elements of the tree, and the JSON of the scripts."""
        self.meta: dict[str, str] = {}
        for node in tree.css("meta")[:MOST_META]:
            self._take(node.attributes)
        articles = [found for script in scripts for found in _articles(_parsed(script))]
        # A page describes itself too; its article says more.
        self.article = min(articles, key=lambda article: "WebPage" in _types(article), default={})

    def _take(self, attributes: dict[str, str | None]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        name = name or attributes.get("http-equiv")
        content = attributes.get("content")
        if name and content:
            self.meta.setdefault(name.lower(), content)

    def said(self, *names: str) -> str:
        """Return what the first meta element of these names says."""
        return next((self.meta[name] for name in names if name in self.meta), "")

    def of_article(self, *names: str) -> str:
        """Return what JSON-LD says of the article; of an object its `@id`, of a list the first."""
        return next((text for name in names if (text := _text(self.article.get(name)))), "")


def _parsed(script: str) -> Any:
    try:
        return json.loads(script)
    except (ValueError, RecursionError):  # other sites' mistakes are theirs: the page says the rest
        return None


def _articles(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the articles among the objects, those of `@graph` too."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _articles(each, depth + 1)
    elif isinstance(data, dict):
        if _types(data) & ARTICLES:
            yield data
        yield from _articles(data.get("@graph"), depth + 1)


def _types(data: dict[str, Any]) -> set[str]:
    found = data.get("@type")
    return {each for each in (found if isinstance(found, list) else [found]) if isinstance(each, str)}


def _text(value: Any) -> str:
    match value:
        case str():
            # A half of a letter cannot even be shown.
            return value.encode("utf-8", "ignore").decode().strip()
        case [first, *_]:
            return first.strip() if isinstance(first, str) else ""
        case {"@id": str(address)}:
            return address
    return ""
