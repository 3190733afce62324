"""Whether the mirror shows what the site shows: the text that readers see, page by page."""

import random
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from osce_site.mirror.addresses import Address, is_not_here
from osce_site.mirror.files import SITE
from osce_site.mirror.making import live
from osce_site.mirror.state import State

UNSEEN = "script, style, template, head"


def drifted(state: State, folder: Path, number: int, *, seed: int) -> Iterator[str]:
    """Yield for each of so many pages its address where the texts differ, else an empty text.

    Args:
        state: of the mirror, open.
        folder: of the mirror.
        number: of pages.
        seed: decides which: the same seed chooses the same of the same pages.
    """
    rows = state.database.execute(
        "SELECT address FROM page WHERE kind = 'page' AND file GLOB '*.html' ORDER BY address"
    )
    pages = [address for row in rows if not is_not_here(address := Address.read(row[0]))]
    for address in random.Random(seed).sample(pages, min(number, len(pages))):  # noqa: S311 - a sample, no secret
        path = folder / SITE / address.file
        held = path.read_text(encoding="utf-8") if path.is_file() else ""
        yield "" if visible_text(held) == visible_text(live(address)) else str(address)


def visible_text(html: str) -> str:
    """Return the words that a reader of the page sees, without the space between them."""
    tree = LexborHTMLParser(html)
    for node in tree.css(UNSEEN):
        node.decompose()
    return " ".join(tree.text(separator=" ").split())
