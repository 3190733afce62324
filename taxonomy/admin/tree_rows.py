"""The rows of a tree's list, made from one query: the order, the indentation and what each button asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from taxonomy.admin.moves import Move
from taxonomy.tree import Position, TreeNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A button of a row: up, down, in or out, and what it sends."""

    name: str
    sends: str
    is_open: bool


@dataclass(slots=True, kw_only=True)
class Row:
    """A node in the list."""

    node: TreeNode
    notes: list[str]
    is_faint: bool
    ways: list[Way] = field(default_factory=list)
    has_children: bool = False
    closes: str = ""  # one letter for each list that ends after this row


def link_rows(rows: Iterable[Row]) -> list[Row]:
    """Tell each row, in the tree's order, its ways to move and which lists begin and end with it."""
    rows = list(rows)
    by_number = {row.node.pk: row for row in rows}
    siblings: dict[int | None, list[TreeNode]] = {}
    for row in rows:
        siblings.setdefault(row.node.parent_id, []).append(row.node)
    for number, family in siblings.items():
        parent = by_number[number].node if number in by_number else None
        for before, node, after in zip([None, *family], family, [*family[1:], None], strict=False):
            by_number[node.pk].ways = ways_of(node, before=before, after=after, parent=parent)
    _link_lists(rows)
    return rows


def _link_lists(rows: list[Row]) -> None:
    for row, following in zip_longest(rows, rows[1:]):
        level = following.node.level if following else 0
        row.has_children = level > row.node.level
        row.closes = "x" * (row.node.level - level)


def ways_of(node: TreeNode, *, before: TreeNode | None, after: TreeNode | None, parent: TreeNode | None) -> list[Way]:
    """Return the buttons: before the one above, behind the one below, into the one above, behind the parent."""
    wishes: dict[str, tuple[Position, TreeNode | None]] = {
        "up": ("left", before),
        "down": ("right", after),
        "in": ("last-child", before),
        "out": ("right", parent),
    }
    return [
        Way(name=name, sends=wish(node, position, target) if target else str(node.pk), is_open=target is not None)
        for name, (position, target) in wishes.items()
    ]


def wish(node: TreeNode, position: Position, target: TreeNode) -> str:
    """Write a move as the list sends it."""
    move = Move(
        node=node.pk,
        parent=node.parent_id or 0,
        position=position,
        target=target.pk,
        target_parent=target.parent_id or 0,
    )
    return str(move)
