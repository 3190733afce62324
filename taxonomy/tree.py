"""Trees that concurrent writers cannot break: lock, then read, then write, for every save, move and delete.

django-mptt computes lft and rght from what a process read earlier. Two writers at once corrupt the tree, and a rename
alone is enough, since `save()` writes the stale parent too (docs/decisions/0003-guarded-trees.md has the measurement).
"""

from typing import Any, Literal, Self

from django.core.exceptions import ValidationError
from django.db import models, router
from django.utils.translation import gettext_lazy as _
from mptt.managers import TreeManager
from mptt.models import MPTTModel
from mptt.querysets import TreeQuerySet

from taxonomy.writing import taxonomy_writing

Position = Literal["first-child", "last-child", "left", "right"]
POSITION_FIELDS = ("parent_id", "lft", "rght", "level", "tree_id")


class TreeError(ValidationError):
    """A change that would break the tree; its message says which node and why."""


class GuardedTreeQuerySet(TreeQuerySet):
    """Rows of a tree; whatever would write around the guard is refused or goes through it."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete node by node, deepest first, so that each gap in lft and rght is closed."""
        total, counts = 0, {}
        with taxonomy_writing(self.db):
            for node in list(self.order_by("-level", "tree_id", "-lft")):
                deleted, by_model = node.delete(using=self.db)
                total += deleted
                for name, count in by_model.items():
                    counts[name] = counts.get(name, 0) + count
        return total, counts


class GuardedTreeManager(TreeManager.from_queryset(GuardedTreeQuerySet)):
    """The manager of a guarded tree."""

    def move_node(self, node: "TreeNode", target: "TreeNode | None", position: Position = "last-child") -> None:
        """Move as django-mptt does, under the guard."""
        with taxonomy_writing(self.db):
            super().move_node(node, target, position)


class TreeNode(MPTTModel):
    """A node whose position in its tree is read under the lock before it is written."""

    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, related_name="children", on_delete=models.PROTECT
    )

    objects = GuardedTreeManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under the guard: another writer's move since this node was loaded is kept, never undone."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with taxonomy_writing(using):
            if not self._state.adding:
                self._adopt_stored_position(using)
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete under the guard; a node that another writer has already deleted counts as deleted."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with taxonomy_writing(using):
            if not type(self)._base_manager.using(using).filter(pk=self.pk).exists():
                return 0, {}
            self._adopt_stored_position(using)
            return super().delete(*args, **kwargs)

    def move(self, target: Self | None, position: Position = "last-child") -> None:
        """Move this node and all below it.

        Args:
            target: the node to move to; None makes this a root behind the others.
            position: where, seen from the target: its first or last child, or its neighbour left or right.

        Raises:
            TreeError: the target is this node or lies below it.
        """
        type(self).objects.move_node(self, target, position)

    def _adopt_stored_position(self, using: str) -> None:
        """Take the position that the database holds now; a parent that the caller changed stays the wish."""
        stored = type(self)._base_manager.using(using).filter(pk=self.pk).values(*POSITION_FIELDS).first()
        if stored is None:
            return
        known_parent = self._mptt_cached_fields["parent"]
        if self.parent_id == known_parent:
            self.parent_id = stored["parent_id"]
        self._mptt_cached_fields["parent"] = stored["parent_id"]
        for field in ("lft", "rght", "level", "tree_id"):
            setattr(self, field, stored[field])
