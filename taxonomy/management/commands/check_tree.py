"""Prove that the trees are whole, and repair them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from taxonomy import tree_check
from taxonomy.tree import TreeNode, guarded_trees
from taxonomy.tree_check import Fault
from taxonomy.writing import taxonomy_writing


class Command(BaseCommand):
    """Check each tree: exit 0 if all are whole, 1 with the names of the nodes if one is not."""

    help = "Prove that navigation, institutions and fields of work are whole trees; --fix repairs them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--fix`."""
        parser.add_argument(
            "--fix",
            action="store_true",
            help=(
                "repair, trusting each node's parent; an orphan, and of a circle of parents the node with the lowest "
                "number, becomes a root"
            ),
        )

    def handle(self, *_arguments: Any, fix: bool, **_options: Any) -> None:
        """Report the faults, repair them if asked to, and prove again."""
        faults = self.report()
        if faults and fix:
            faults = self.repair()
        if faults:
            counted = "1 fault" if faults == 1 else f"{faults} faults"
            raise CommandError(f"{counted} in the trees. Repair with: manage.py check_tree --fix")
        counts = ", ".join(f"{model.objects.count()} {name_of(model)}" for model in guarded_trees())
        self.stdout.write(f"The trees are whole: {counts}.")

    def report(self) -> int:
        """Write each fault with the names of its nodes; return how many there are."""
        count = 0
        for model in guarded_trees():
            for fault in tree_check.prove(model):
                count += 1
                self.stderr.write(f"{name_of(model)}: {named(model, fault)}: {fault.problem}")
        return count

    def repair(self) -> int:
        """Repair all trees in one transaction and prove them again; return the faults that are left: none."""
        with taxonomy_writing():
            for model in guarded_trees():
                for words in tree_check.repair(model):
                    self.stdout.write(f"{name_of(model)}: {words}")
            if self.report():
                raise CommandError("The repair left faults and was undone: please report this.")
        return 0


def name_of(model: type[TreeNode]) -> str:
    """Return what a tree holds, in the plural."""
    return str(model._meta.verbose_name_plural)


def named(model: type[TreeNode], fault: Fault) -> str:
    """Return the nodes of a fault as `7 “Arms control”, 9 “Borders”`."""
    nodes = model.objects.in_bulk(fault.pks)
    return ", ".join(f"{pk} “{nodes[pk]}”" for pk in fault.pks)
