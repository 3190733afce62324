"""How the menu lays out its panels."""

from dataclasses import dataclass

from django import template

from taxonomy.navigation import NavigationEntry

register = template.Library()

COLUMNS = 12
# From how many children on a group is how wide: the name of its variant, and its part of the twelve columns.
WIDTHS = ((40, "full", 10), (20, "wide", 6), (12, "four", 4), (1, "", 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of a panel: one entry with its children, or the entries that have none."""

    heads: list[NavigationEntry]
    children: tuple[NavigationEntry, ...] = ()
    variant: str = ""


@register.filter
def groups(top: NavigationEntry) -> list[Group]:
    """Arrange what stands below a top entry: branches first, as wide as they need, then single entries together."""
    single = [entry for entry in top.shown_children if not entry.shown_children]
    arranged, used = [], 0
    for entry in top.shown_children:
        if entry.shown_children:
            variant, width = _width(len(entry.shown_children))
            arranged.append(Group(heads=[entry], children=entry.shown_children, variant=variant))
            used += width
    if single:
        arranged.append(Group(heads=single, variant="two" if used and used <= COLUMNS - 2 else "row"))
    return arranged


def _width(children: int) -> tuple[str, int]:
    return next((variant, columns) for least, variant, columns in WIDTHS if children >= least)
