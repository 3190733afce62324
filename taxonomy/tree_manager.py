"""The ways into a tree that django-mptt's manager offers, each led through the guard of taxonomy/tree.py or closed."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from mptt.managers import TreeManager
from mptt.querysets import TreeQuerySet

from taxonomy import tree_check
from taxonomy.writing import GuardedQuerySet

if TYPE_CHECKING:
    from taxonomy.tree import TreeNode

Position = Literal["first-child", "last-child", "left", "right"]
NUMBERS = ("lft", "rght", "level", "tree_id")
POSITION_FIELDS = ("parent_id", *NUMBERS)


class TreeError(ValidationError):
    """A change that would break the tree; its message says which node and why."""


class HasChildrenError(models.ProtectedError):
    """A delete of a node that has others below it."""

    def __init__(self, node: "TreeNode", children: Collection["TreeNode"]) -> None:
        message = _("“%(node)s” has %(count)d below it: %(children)s. Move or delete them first.") % {
            "node": node,
            "count": len(children),
            "children": ", ".join(f"“{child}”" for child in children),
        }
        super().__init__(message, set(children))

    def __str__(self) -> str:
        return str(self.args[0])


class Place(NamedTuple):
    """Where a node is to stand: in or beside the target; without a target as a root behind the others."""

    target: "TreeNode | None"
    position: Position = "last-child"

    def refresh(self, using: str) -> None:
        """Read where the target stands now."""
        if self.target is not None:
            self.target.adopt_position(using)


class GuardedTreeQuerySet(GuardedQuerySet, TreeQuerySet):
    """Rows of a tree; whatever would write around the guard is refused or goes through it."""

    def update(self, **values: Any) -> int:
        """Update under the guard; positions are refused, since one row's position is part of the others'."""
        refused = {"parent", *POSITION_FIELDS} & values.keys()
        if refused:
            refuse(_("update() cannot write %(names)s. Use move(), or save a node with another parent."), refused)
        return super().update(**values)

    update.alters_data = True

    def bulk_create(self, *_nodes: Any, **_options: Any) -> NoReturn:
        """Refuse: it would store nodes without a place in the tree."""
        refuse(_("%(names)s would store nodes without a place in the tree. Save them one by one."), ["bulk_create()"])

    def in_deleting_order(self) -> models.QuerySet:
        """Return the deepest first, so that a parent can be deleted together with all below it."""
        return self.order_by("-level", "tree_id", "-lft")


class GuardedTreeManager(TreeManager):
    """The manager of a guarded tree: django-mptt's, with each way in led through the guard or closed."""

    _queryset_class = GuardedTreeQuerySet

    def insert_node(  # django-mptt's signature
        self,
        node: "TreeNode",
        target: "TreeNode | None",
        position: Position = "last-child",
        save: bool = False,  # noqa: FBT001, FBT002 - django-mptt's
        **_options: Any,
    ) -> "TreeNode":
        """Save a new node at a place; without `save` the room made for it would stay empty, so that is refused."""
        if not save:
            refuse(_("%(names)s must save the node at once: pass save=True."), ["insert_node()"])
        node.save(using=self._db, place=Place(target, position))
        return node

    def move_node(self, node: "TreeNode", target: "TreeNode | None", position: Position = "last-child") -> None:
        """Move as `TreeNode.move` does."""
        node.save(using=self._db, update_fields=["parent"], place=Place(target, position))

    def rebuild(self, **_options: Any) -> None:
        """Compute all positions anew from the parents, under the guard, parent cycles included."""
        tree_check.repair(self.model, using=self.db)

    def partial_rebuild(self, *_arguments: Any, **_options: Any) -> None:
        """Compute all positions anew: trees are small."""
        self.rebuild()

    def build_tree_nodes(self, *_arguments: Any, **_options: Any) -> NoReturn:
        """Refuse: it makes room for nodes that are stored later, outside the guard."""
        refuse(_("%(names)s makes room outside the guard. Save the nodes one by one."), ["build_tree_nodes()"])

    def disable_mptt_updates(self) -> NoReturn:
        """Refuse: the tree would be wrong until somebody rebuilds it."""
        refuse(_("%(names)s would leave the tree wrong. Save the nodes one by one."), ["disable_mptt_updates()"])

    delay_mptt_updates = disable_mptt_updates

    def make_room(self, node: "TreeNode", place: Place) -> None:
        """Move the others aside for a new node, and give it its numbers; the caller holds the guard and saves it."""
        super().insert_node(node, *place, allow_existing_pk=True, refresh_target=False)

    def write_move(self, node: "TreeNode", place: Place) -> None:
        """Write the numbers of a move; the caller holds the guard, has read both, and saves the parent."""
        target, position = place
        if target is None:
            target, position = self.root_nodes().last(), "right"
        if target != node:
            self._move_node(node, target, position, refresh_target=False)

    def _mptt_update(self, queryset: Any = None, **values: Any) -> int:
        """Let django-mptt shift the roots behind a new one: only make_room and write_move come here."""
        rows = self.all() if queryset is None else queryset
        return models.QuerySet.update(rows, **self._translate_lookups(**values))


def refuse(message: Any, names: Collection[str]) -> NoReturn:
    """Raise a TreeError that names what was asked for."""
    raise TreeError(message, code="refused", params={"names": ", ".join(sorted(names))})
