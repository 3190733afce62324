"""Moves in the tree's list: what a button or a drop asks for, whether it still fits, and where the node went."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from taxonomy.tree import Position, TreeError, TreeNode
from taxonomy.writing import taxonomy_writing

POSITIONS: tuple[Position, ...] = ("first-child", "last-child", "left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A wish to move, with the parents that the editor saw; 0 is the top of the tree."""

    node: int
    parent: int
    position: Position
    target: int
    target_parent: int

    def __str__(self) -> str:
        return f"{self.node},{self.parent},{self.position},{self.target},{self.target_parent}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `node,parent,position,target,parent of the target`; the number of a node alone asks for the impossible.

        Raises:
            TreeError: the text is no wish that the list writes.
        """
        match text.split(","):
            case [node, parent, position, target, target_parent] if position in POSITIONS:
                numbers = [node, parent, target, target_parent]
                if all(number.isdecimal() and len(number) < 19 for number in numbers):  # noqa: PLR2004 - a bigint's digits
                    return cls(
                        node=int(node),
                        parent=int(parent),
                        position=position,
                        target=int(target),
                        target_parent=int(target_parent),
                    )
            case [_node]:
                raise TreeError(_("It cannot go further that way."))
        raise TreeError(_("This is no move that the list knows. Nothing was moved."))


def make_move[Node: TreeNode](model: type[Node], move: Move) -> Node:
    """Move a node if both it and its target still stand where the editor saw them.

    Raises:
        TreeError: one of both was moved or deleted meanwhile, or the target lies below the node.
    """
    with taxonomy_writing():
        found = model.objects.in_bulk([move.node, move.target])
        node, target = found.get(move.node), found.get(move.target)
        if node is None or target is None:
            raise TreeError(_("Someone else has deleted what you wanted to move, or where to. Nothing was moved."))
        for seen, stands in ((move.parent, node), (move.target_parent, target)):
            if seen != (stands.parent_id or 0):
                message = _(
                    "Someone else has moved “%(node)s” meanwhile. The list is up to date now; nothing was moved."
                )
                raise TreeError(message, params={"node": stands})
        node.move(target, move.position)
        return node


def place_in_words(node: TreeNode) -> str:
    """Say where a node stands: below which one, and after which."""
    before = node.get_previous_sibling()
    names = {"node": node, "parent": node.parent, "before": before}
    if node.parent is None:
        words = _("“%(node)s” is now first at the top.")
        if before:
            words = _("“%(node)s” now stands at the top, after “%(before)s”.")
    else:
        words = _("“%(node)s” is now first below “%(parent)s”.")
        if before:
            words = _("“%(node)s” now stands below “%(parent)s”, after “%(before)s”.")
    return words % names
