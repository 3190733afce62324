"""How the menu lays out its panels, and pages what stands below them."""

from dataclasses import dataclass, replace

from django import template

from taxonomy.catalogue import TreeEntry, in_reading_order
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
def below(entry: TreeEntry, tree: dict[int, TreeEntry]) -> list[TreeEntry]:
    """Return the entries of the tree that stand directly below this one."""
    return in_reading_order(tree[pk] for pk in entry.children)


@register.filter
def branches(entry: NavigationEntry) -> list[NavigationEntry]:
    """Return the shown children below which something stands."""
    return [child for child in entry.shown_children if child.shown_children]


@register.filter
def leaves(entry: NavigationEntry) -> list[NavigationEntry]:
    """Return the shown children below which nothing stands."""
    return [child for child in entry.shown_children if not child.shown_children]


@register.filter
def groups(top: NavigationEntry) -> list[Group]:
    """Arrange what stands below a top entry: branches first, as wide as they need, then single entries together."""
    single = leaves(top)
    arranged, used = [], 0
    for entry in branches(top):
        variant, width = _width(len(entry.shown_children))
        arranged.append(Group(heads=[entry], children=entry.shown_children, variant=variant))
        used += width
    if arranged and used == COLUMNS - 1 and arranged[0].variant == "four":
        arranged[0] = replace(arranged[0], variant="five")
    if single:
        arranged.append(Group(heads=single, variant="two" if arranged and used <= COLUMNS - 2 else "row"))
    return arranged


def _width(children: int) -> tuple[str, int]:
    return next((variant, columns) for least, variant, columns in WIDTHS if children >= least)
