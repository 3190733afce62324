"""A kept page while the database is away: under a notice that says of when it is."""

import re
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.translation import override

from news.index.versions import moment_of
from osce_site.page_cache.pages import Page, compressed, name_of

MAIN = re.compile(rb'<main class="main"[^>]*>')
LANGUAGE = re.compile(rb'<html lang="([-a-zA-Z]+)"')


def dated(page: Page, *, as_of: int) -> Page:
    """Return the page with the notice above its content; a feed has no place for one, and goes as it is.

    Args:
        page: the page, as it was kept.
        as_of: the instant at which it was right, in microseconds.
    """
    text = page.text
    main, language = MAIN.search(text), LANGUAGE.search(text)
    if main is None or language is None:
        return page
    with override(language[1].decode()):
        notice = render_to_string("osce_site/_copy_notice.html", {"moment": moment_of(as_of)}).encode()
    told = text[: main.end()] + b"\n" + notice + text[main.end() :]
    return replace(page, bodies=compressed(told), etag=name_of(told))
