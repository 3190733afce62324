"""The frame around every page: languages, menu, site map."""

import datetime
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from osce_site.page_addresses import PageAddresses
from osce_site.site_names import SITE_NAME, SITE_SHORT_NAME
from taxonomy.catalogue import catalogue, today
from taxonomy.navigation import Navigation, navigation

register = template.Library()

NEWS = "news"  # the entry that leads the bar though the navigation's tree lacks it


@register.simple_tag(takes_context=True)
def page_addresses(context: template.Context) -> PageAddresses:
    """Return the addresses of this page (`canonical`, `languages`, `versions`)."""
    request = context.get("request")
    if request is None:
        return PageAddresses(path="/")
    return PageAddresses.of(request, context.flatten())


class CaptureNode(template.Node):
    """Renders its content into a variable, so that a block can be shown in two places."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> str:
        """Store the content, without the space around it, and show nothing."""
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - rendered by a template
        return ""


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """Keep what stands up to `endcapture` in the variable that is named: `{% capture page_title %}`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)


class KeptParts:
    """Parts of the frame as HTML, kept in the process as long as the navigation and the day last.

    A page's menu and site map hold some 180 links; drawing them costs more than all the rest of a page.
    """

    def __init__(self) -> None:
        self.kept: tuple[Navigation, datetime.date, dict[tuple[str, ...], SafeString]] | None = None

    def render(self, name: str, *, section: str = "") -> SafeString:
        """Return the component in the active language, drawn once for each section of the site."""
        current, day, kept = navigation(), today(), self.kept
        if kept is None or kept[0] is not current or kept[1] != day:
            self.kept = kept = (current, day, {})
        parts, key = kept[2], (name, get_language() or "", section)
        if key not in parts:  # into what is kept for this navigation, though another thread keeps a newer one by now
            parts[key] = render_to_string(f"components/{name}.html", frame_data(current, day, section))
        return parts[key]


kept_parts = KeptParts()


def frame_data(current: Navigation, day: datetime.date, section: str) -> dict[str, Any]:
    """Return what menu and site map are drawn from."""
    return {
        "tops": current.menu,
        "chair": catalogue().chair_on(day),
        "year": day.year,
        "section": section,
        "language_code": get_language(),
        "site_name": SITE_NAME,
        "site_short_name": SITE_SHORT_NAME,
    }


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> SafeString:
    """Draw the menu, with the current page and the section that it belongs to marked."""
    path = context["addresses"].path
    html: str = kept_parts.render("menu", section=section_of(path))
    for kind in ("all", "link", "head"):  # of the panels; a top entry says which section is the current one
        link = f'menu__{kind}" href="{escape(path)}"'
        html = html.replace(link, f'{link} aria-current="page"')
    return mark_safe(html)  # noqa: S308 - a template's, with escaped addresses


@register.simple_tag
def kept(name: str) -> SafeString:
    """Draw a component that is the same on all pages of a language: `{% kept "masthead" %}`."""
    return kept_parts.render(name)


def section_of(path: str) -> str:
    """Return the key of the entry of the bar under which the page stands."""
    if path.startswith(reverse("news_list")):
        return NEWS
    top = navigation().top_above(path)
    return str(top.pk) if top else ""
