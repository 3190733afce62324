"""Trees that concurrent writers cannot break: lock, then read, then write, for every save, move and delete.

django-mptt computes lft and rght from what a process read earlier. Two writers at once corrupt the tree, and a rename
alone is enough, since `save()` writes the stale parent too (docs/decisions/0003-guarded-trees.md has the measurement).
What cannot go through the guard (bulk_create, update() of a position) is refused with a TreeError.
"""

from collections.abc import Collection, Iterator
from typing import Any, Self

from django.apps import apps
from django.db import connections, models, router, transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from mptt.models import MPTTModel

from record.watching import remembered
from taxonomy import tree_check
from taxonomy.tree_manager import (
    NUMBERS,
    POSITION_FIELDS,
    GuardedTreeManager,
    HasChildrenError,
    Place,
    Position,
    TreeError,
    refuse,
)
from taxonomy.writing import taxonomy_writing

__all__ = ["GuardedTreeManager", "HasChildrenError", "Place", "Position", "TreeError", "TreeNode", "guarded_trees"]


class TreeNode(MPTTModel):
    """A node whose position in its tree is read under the lock before it is written."""

    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, related_name="children", on_delete=models.PROTECT
    )

    objects = GuardedTreeManager()

    class Meta:
        abstract = True

    def save(
        self,
        *,
        place: Place | None = None,
        using: str | None = None,
        force_insert: bool = False,
        update_fields: Collection[str] | None = None,
        **options: Any,
    ) -> None:
        """Save under the guard: another writer's move since this node was loaded is kept, never undone.

        A parent that the caller changed is a wish, fulfilled from where the node stands now; `place` is a finer one.

        Raises:
            TreeError: the node or its new parent was deleted meanwhile, or the parent lies below the node.
        """
        if update_fields is not None and not update_fields:
            return
        using = using or router.db_for_write(type(self), instance=self)
        with taxonomy_writing(using), remembered(self, using):
            stored = self._stored_position(using)
            if stored is None or force_insert:
                place = self._take_first_place(place, using)
            else:
                update_fields = self._names_to_write(update_fields)
                place = self._take_place(place or self._wished_place(stored, update_fields), stored, using)
            if update_fields != []:
                super().save(using=using, force_insert=force_insert, update_fields=update_fields, **options)
            place.refresh(using)

    def delete(self, *, using: str | None = None, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete under the guard; a node that another writer has already deleted counts as deleted.

        Raises:
            HasChildrenError: there are nodes below it; a ProtectedError of Django's.
        """
        using = using or router.db_for_write(type(self), instance=self)
        with taxonomy_writing(using):
            stored = self._stored_position(using)
            if stored is None:
                return 0, {}
            self._adopt(stored)
            children = list(type(self).objects.using(using).filter(parent=self.pk))
            if children:
                raise HasChildrenError(self, children)
            return super().delete(using=using, **options)

    def move(self, target: Self | None, position: Position = "last-child") -> None:
        """Move this node and all below it; nothing else of it is written.

        Args:
            target: the node to move to; None makes this a root behind the others.
            position: where, seen from the target: its first or last child, or its neighbour left or right.

        Raises:
            TreeError: the target is this node or lies below it, or one of both was deleted meanwhile.
        """
        self.save(update_fields=["parent"], place=Place(target, position))

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Read anew; the parent that is read is no wish to move there."""
        super().refresh_from_db(using, fields, from_queryset)
        if fields is None or {"parent", "parent_id"} & set(fields):
            self._mptt_cached_fields["parent"] = self.parent_id

    def adopt_position(self, using: str) -> None:
        """Take the position that the database holds now.

        Raises:
            TreeError: it holds none, another writer has deleted the node.
        """
        stored = self._stored_position(using)
        if stored is None:
            raise TreeError(_("“%(node)s” has been deleted by someone else."), code="deleted", params={"node": self})
        self._adopt(stored)

    def _adopt(self, stored: dict[str, Any]) -> None:
        for name, value in stored.items():
            setattr(self, name, value)
        parent = self._meta.get_field("parent")
        if parent.is_cached(self) and getattr(parent.get_cached_value(self), "pk", None) is None:
            parent.delete_cached_value(self)  # a parent never stored: a refused wish, which the number cannot tell
        self._mptt_cached_fields["parent"] = self.parent_id

    def _stored_position(self, using: str) -> dict[str, Any] | None:
        if self.pk is None:
            return None
        return type(self).objects.using(using).filter(pk=self.pk).values(*POSITION_FIELDS).first()

    def _take_first_place(self, wished: Place | None, using: str) -> Place:
        """Make room for a node that the database does not hold; numbers from a copied instance mean nothing."""
        if self.pk is not None and not self._state.adding:
            self.adopt_position(using)  # says that it was deleted: a save must not bring it back
        self._state.adding = True
        place = wished or Place(self._wished_parent())
        place.refresh(using)
        for name in NUMBERS:
            setattr(self, name, None)
        type(self).objects.db_manager(using).make_room(self, place)
        return place

    def _take_place(self, place: Place | None, stored: dict[str, Any], using: str) -> Place:
        """Take the position that the database has, and go on from there to the place, if one is wished."""
        self._state.adding = False
        self._adopt(stored)
        if place is None:
            return Place(None)
        place.refresh(using)
        self._refuse_own_family(place.target)
        type(self).objects.db_manager(using).write_move(self, place)
        return place

    def _refuse_own_family(self, target: "TreeNode | None") -> None:
        if target is None or target.tree_id != self.tree_id or not self.lft <= target.lft <= self.rght:
            return
        message = _("“%(node)s” cannot move below or beside “%(target)s”, which lies below it.")
        if target == self:
            message = _("“%(node)s” cannot move below or beside itself.")
        raise TreeError(message, code="own_family", params={"node": self, "target": target})

    def _wished_place(self, stored: dict[str, Any], names: Collection[str]) -> Place | None:
        """Return the place that a changed parent asks for; an instance that was never loaded means what it says."""
        if "parent" not in names or self.parent_id == stored["parent_id"]:
            return None
        is_wish = self._state.adding or self.parent_id != self._mptt_cached_fields["parent"]
        return Place(self._wished_parent()) if is_wish else None

    def _wished_parent(self) -> "TreeNode | None":
        try:
            return self.parent
        except type(self).DoesNotExist:
            raise TreeError(
                _("The parent of “%(node)s” has been deleted by someone else."), code="deleted", params={"node": self}
            ) from None

    def _names_to_write(self, wanted: Collection[str] | None) -> list[str]:
        """Return the fields to write: never the numbers, which moves write, and nothing that was not loaded."""
        if wanted is None:
            deferred = self.get_deferred_fields()
            wanted = [field.name for field in self._meta.concrete_fields if field.attname not in deferred]
        primary_key = self._meta.pk.name
        names = {"parent" if name == "parent_id" else name for name in wanted}
        return sorted(names - {primary_key, *NUMBERS})


def guarded_trees() -> Iterator[type[TreeNode]]:
    """Yield each model that is a guarded tree."""
    return (model for model in apps.get_models() if issubclass(model, TreeNode))


_loaded: set[tuple[str, type[TreeNode]]] = set()


@receiver(pre_save, dispatch_uid="taxonomy.tree.guard_loaded_rows")
def guard_loaded_rows(*, sender: type[models.Model], raw: bool, using: str, **_signal: Any) -> None:
    """Take the guard for loaddata, which writes rows as they are, and mend what they broke when all are in."""
    if not raw or not issubclass(sender, TreeNode):
        return
    if not connections[using].in_atomic_block:
        refuse(_("Load the rows of %(names)s in one transaction, as loaddata does."), [str(sender._meta.verbose_name)])
    with taxonomy_writing(using):
        _loaded.add((using, sender))
        transaction.on_commit(mend_loaded_trees, using=using)


def mend_loaded_trees() -> None:
    """Put the nodes of loaded trees where their parents imply."""
    while _loaded:
        using, model = _loaded.pop()
        tree_check.repair(model, using=using)
