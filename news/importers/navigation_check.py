"""Holds the menu of a page against the navigation of this site, and says in lines what either lacks."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import override

from news.importers.rows import MenuEntry
from taxonomy.catalogue import catalogue
from taxonomy.navigation import NavigationEntry, navigation

MARK = re.compile(r"(?P<country>.+\S) [–—-] OSCE Chairpersonship (?P<year>\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The labels of a menu, without plain links to what stands in it already, and who bears the mark of the chair."""

    labels: tuple[str, ...]
    mark: str


def check_navigation(entries: Iterable[MenuEntry], *, language: str, today: datetime.date) -> list[str]:
    """Return the differences as lines to print; none where the menus agree.

    Args:
        entries: the menu of the page.
        language: the language of the page.
        today: the day that decides which State bears the mark of the chair.
    """
    with override(language):
        here = site_menu(today=today)
    page = page_menu(list(entries))
    lines = []
    if page.mark != here.mark:
        lines.append(
            f"The mark of the chair: {page.mark or 'nowhere'} on the page, {here.mark or 'nowhere'} on the site"
        )
    lines += _listed("On the page, not on the site:", page.labels, here.labels)
    lines += _listed("On the site, not on the page:", here.labels, page.labels)
    return lines


def page_menu(entries: list[MenuEntry]) -> Menu:
    """Return the menu of a page; a branch without entries that was there before is a plain link to the first."""
    labels, mark, seen = [], "", set()
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        label, is_empty = entry.label, entry.is_branch and (following is None or following.is_branch)
        if marked := MARK.fullmatch(label):
            label, mark = marked["country"], f"{marked['country']} ({marked['year']})"
        if not (is_empty and label in seen):
            labels.append(label)
        seen.add(label)
    return Menu(labels=tuple(labels), mark=mark)


def site_menu(*, today: datetime.date) -> Menu:
    """Return the menu of this site in the active language, as it stands on the day."""
    chair = catalogue().chair_on(today)
    labels, mark, addresses = [], "", set()
    for entry in _shown(navigation().menu):
        if not (entry.address in addresses and not entry.shown_children and entry.name in labels):
            labels.append(entry.name)
        addresses.add(entry.address)
        if chair and entry.country == chair.pk:
            mark = f"{entry.name} ({today.year})"
    return Menu(labels=tuple(labels), mark=mark)


def _shown(entries: Iterable[NavigationEntry]) -> Iterator[NavigationEntry]:
    for entry in entries:
        yield entry
        yield from _shown(entry.shown_children)


def _listed(heading: str, these: Iterable[str], others: Iterable[str]) -> list[str]:
    lacking = list((Counter(these) - Counter(others)).elements())
    return [heading, *(f"  {label}" for label in lacking)] if lacking else []
