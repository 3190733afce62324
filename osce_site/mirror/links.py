"""The links of a page as the mirror's copy has them, and what the mirror has to hold because of them."""

import re
from collections.abc import Callable
from html import escape, unescape

from osce_site.mirror.addresses import led, not_here

# A tag that leads somewhere or brings something, whole: quoted values may hold anything.
TAG = re.compile(
    r"""<(?:a|area|link|form|img|source|video|audio|track|script)\b(?:[^"'<>]|"[^"]*"|'[^']*')*+>""", re.IGNORECASE
)
LEADS = re.compile(r'(\s(?:href|src|poster)=")([^"]*)"')
SOURCES = re.compile(r'\ssrcset="([^"]*)"')
ACTION = re.compile(r'(<form\b[^>]*?\saction=")([^"]*)"')


def copied(html: str, *, path: str, pages: int) -> tuple[str, set[str]]:
    """Return a page with the mirror's links, and what these lead to.

    Args:
        html: as the site made it.
        path: of the page.
        pages: how many pages of each list the mirror holds.
    """
    found: set[str] = set()

    def lead(match: re.Match[str]) -> str:
        leads = led(unescape(match[2]), pages=pages)
        if leads.address:
            found.add(leads.address)
        return match[0] if leads.link == unescape(match[2]) else f'{match[1]}{escape(leads.link)}"'

    html = TAG.sub(_tag(lead, path, pages, found), html)
    return html, found


def _tag(
    lead: Callable[[re.Match[str]], str], path: str, pages: int, found: set[str]
) -> Callable[[re.Match[str]], str]:
    """Return what rewrites one tag; every form of the site asks something that only the site can answer."""
    away = not_here(path)

    def rewritten(match: re.Match[str]) -> str:
        tag = match[0]
        if tag[:5].lower() == "<form":
            found.add(str(away))
            return ACTION.sub(lambda action: f'{action[1]}{escape(away.link)}"', tag)
        for sources in SOURCES.findall(tag):
            found.update(_of_sources(unescape(sources), pages))
        return LEADS.sub(lead, tag)

    return rewritten


def _of_sources(sources: str, pages: int) -> set[str]:
    """Return what a `srcset` brings: addresses with their widths, between commas."""
    brought = (source.split()[0] for source in sources.split(",") if source.strip())
    return {leads.address for one in brought if (leads := led(one, pages=pages)).address is not None}
