"""The proof that trees are whole, and their repair.

What is trusted is the parent of each node; lft, rght, level and tree_id follow from it and from the order of siblings.
A tree is whole exactly if each node lies inside its parent, siblings do not overlap, and each tree has one root and the
numbers 1 to 2n.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, models, router, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from record.watching import recorded_rows
from taxonomy.writing import taxonomy_changed, taxonomy_writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The position of a node, as the database holds it."""

    pk: int
    parent: int | None
    lft: int
    rght: int
    level: int
    tree_id: int


type Nodes = dict[int, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and with which nodes."""

    pks: tuple[int, ...]
    problem: str


def read_nodes(model: type[models.Model], *, using: str | None = None) -> Nodes:
    """Read the positions of a tree's nodes, in one query and so from one moment."""
    rows = models.QuerySet(model, using=using).order_by("tree_id", "lft", "pk")
    names = ("pk", "parent_id", "lft", "rght", "level", "tree_id")
    return {
        pk: Node(pk=pk, parent=parent, lft=lft, rght=rght, level=level, tree_id=tree_id)
        for pk, parent, lft, rght, level, tree_id in rows.values_list(*names)
    }


def find_faults(nodes: Nodes) -> list[Fault]:
    """Return everything that is wrong; an empty list proves that the trees are whole."""
    return [
        *_lost_nodes(nodes),
        *_misplaced_nodes(nodes),
        *_overlapping_siblings(nodes),
        *_wrong_trees(nodes),
    ]


def parent_cycles(nodes: Nodes) -> list[list[int]]:
    """Return the cycles of parents, each with its lowest number first."""
    cycles = []
    done: set[int] = set()
    for start in sorted(nodes):
        path: dict[int, None] = {}
        here: int | None = start
        while here in nodes and here not in done and here not in path:
            path[here] = None
            here = nodes[here].parent
        if here in path:
            ring = list(path)[list(path).index(here) :]
            lowest = ring.index(min(ring))
            cycles.append(ring[lowest:] + ring[:lowest])
        done |= path.keys()
    return cycles


def whole(nodes: Nodes) -> Nodes:
    """Return the nodes at the positions that their parents imply, in the order of siblings as far as it can be read.

    An orphan becomes a root; of a cycle of parents the node with the lowest number does.
    """
    parents = _sound_parents(nodes)
    children = _children_in_order(nodes, parents)
    roots = children[None]
    placed: Nodes = {}
    for root, tree_id in zip(roots, _tree_ids([nodes[pk] for pk in roots]), strict=True):
        for pk, lft, rght, level in _numbered(root, children):
            placed[pk] = replace(nodes[pk], parent=parents[pk], lft=lft, rght=rght, level=level, tree_id=tree_id)
    return placed


def _sound_parents(nodes: Nodes) -> dict[int, int | None]:
    cut = {cycle[0] for cycle in parent_cycles(nodes)}
    return {pk: node.parent if node.parent in nodes and pk not in cut else None for pk, node in nodes.items()}


def _children_in_order(nodes: Nodes, parents: dict[int, int | None]) -> dict[int | None, list[int]]:
    """Return the children of each node in the order of lft, and the roots, under None, in that of tree_id."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk in sorted(nodes, key=lambda pk: (nodes[pk].lft, pk)):
        children[parents[pk]].append(pk)
    children[None].sort(key=lambda pk: nodes[pk].tree_id)
    return children


def prove(model: type[models.Model], *, using: str | None = None) -> list[Fault]:
    """Read a tree and return its faults."""
    return find_faults(read_nodes(model, using=using))


def repair(model: type[models.Model], *, using: str | None = None) -> list[str]:
    """Put each node where its parent implies, under the guard; say in words what was done, to which nodes."""
    using = using or router.db_for_write(model)
    with taxonomy_writing(using):
        nodes = read_nodes(model, using=using)
        moved = [node for pk, node in whole(nodes).items() if node != nodes[pk]]
        _write_numbers(model, moved, using)
        cut = [node.pk for node in moved if node.parent != nodes[node.pk].parent]
        roots = [_make_root(model, pk, using) for pk in cut]
    return [f"put where their parents imply: {len(moved)}", *roots] if moved else []


def _write_numbers(model: type[models.Model], moved: list[Node], using: str) -> None:
    """Write the numbers of the nodes, and tell the site what changed."""
    for node in moved:
        _write(model(pk=node.pk), using, lft=node.lft, rght=node.rght, level=node.level, tree_id=node.tree_id)
    for subject in {model(pk=node.pk).change_subject() for node in moved}:
        taxonomy_changed.send(model, subject=subject)


def _write(node: models.Model, using: str, **values: Any) -> None:
    """Write columns past the guarded queryset, which refuses them; the guard is held."""
    rows: models.QuerySet = models.QuerySet(type(node), using=using).filter(pk=node.pk)
    with recorded_rows(rows):
        rows.update(**values)


def _make_root(model: type[models.Model], pk: int, using: str) -> str:
    """Take the parent away; where a root has the node's slug already, the number is added to it."""
    node = models.QuerySet(model, using=using).get(pk=pk)
    words = f"{pk} “{node}” is a root now"
    try:
        with transaction.atomic(using=using):
            _write(node, using, parent=None)
    except IntegrityError:
        _write(node, using, parent=None, slug=Concat(F("slug"), Value(f"-{pk}")))
        return f"{words}, and its slug ends in -{pk}, since another root has the slug that it had"
    return words


def _tree_ids(roots: list[Node]) -> list[int]:
    """Keep the numbers of trees if they tell them apart, else count from 1."""
    numbers = [root.tree_id for root in roots]
    is_usable = len(set(numbers)) == len(numbers) and all(root.parent is None for root in roots)
    return numbers if is_usable else list(range(1, len(roots) + 1))


def _numbered(root: int, children: dict[int | None, list[int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (pk, lft, rght, level) for a tree, without recursion: a broken tree may be as deep as it has nodes."""
    number = 1
    opened = {root: 1}
    path = [root]
    waiting = {root: iter(children[root])}
    while path:
        number += 1
        child = next(waiting[path[-1]], None)
        if child is None:
            closed = path.pop()
            yield closed, opened[closed], number, len(path)
        else:
            opened[child] = number
            waiting[child] = iter(children[child])
            path.append(child)


def _lost_nodes(nodes: Nodes) -> Iterator[Fault]:
    for node in nodes.values():
        if node.parent is not None and node.parent not in nodes:
            yield Fault(pks=(node.pk,), problem=f"its parent {node.parent} does not exist")
    for cycle in parent_cycles(nodes):
        way = " → ".join(map(str, [*cycle, cycle[0]]))
        yield Fault(pks=tuple(cycle), problem=f"their parents run in a circle: {way}")


def _misplaced_nodes(nodes: Nodes) -> Iterator[Fault]:
    """Check each node by itself, and compare it with its parent."""
    for node in nodes.values():
        if node.lft >= node.rght:
            yield Fault(pks=(node.pk,), problem=f"it begins at {node.lft} and ends at {node.rght}, not after it")
        if node.parent is None and node.level != 0:
            yield Fault(pks=(node.pk,), problem=f"its level is {node.level}, and should be 0")
        elif node.parent in nodes:
            yield from _outside_parent(node, nodes[node.parent])


def _outside_parent(node: Node, parent: Node) -> Iterator[Fault]:
    if node.level != parent.level + 1:
        yield Fault(pks=(node.pk,), problem=f"its level is {node.level}, and should be {parent.level + 1}")
    if node.tree_id != parent.tree_id:
        problem = f"it is in tree {node.tree_id}, its parent {parent.pk} in tree {parent.tree_id}"
        yield Fault(pks=(node.pk,), problem=problem)
    elif not parent.lft < node.lft < node.rght < parent.rght:
        problem = f"{node.lft}–{node.rght} is not inside its parent {parent.pk}, {parent.lft}–{parent.rght}"
        yield Fault(pks=(node.pk,), problem=problem)


def _overlapping_siblings(nodes: Nodes) -> Iterator[Fault]:
    siblings: dict[Any, list[Node]] = defaultdict(list)
    for node in nodes.values():
        siblings[node.parent, node.tree_id].append(node)
    for family in siblings.values():
        family.sort(key=lambda node: (node.lft, node.pk))
        for left, right in pairwise(family):
            if right.lft <= left.rght:
                problem = f"siblings overlap: {left.lft}–{left.rght} and {right.lft}–{right.rght}"
                yield Fault(pks=(left.pk, right.pk), problem=problem)


def _wrong_trees(nodes: Nodes) -> Iterator[Fault]:
    """Check that each tree has one root, and the numbers from 1 to twice its nodes once each."""
    trees: dict[int, list[Node]] = defaultdict(list)
    for node in nodes.values():
        trees[node.tree_id].append(node)
    for tree_id, members in trees.items():
        roots = [node.pk for node in members if node.parent is None]
        if len(roots) != 1:
            named = roots or [node.pk for node in members]
            yield Fault(pks=tuple(named), problem=f"tree {tree_id} has {len(roots)} roots, and should have one")
        yield from _wrong_numbers(tree_id, members)


def _wrong_numbers(tree_id: int, members: list[Node]) -> Iterator[Fault]:
    last = 2 * len(members)
    counted = Counter(number for node in members for number in (node.lft, node.rght))
    if counted.keys() == set(range(1, last + 1)):
        return
    wrong = {number for number, times in counted.items() if times > 1 or not 1 <= number <= last}
    owners = tuple(node.pk for node in members if {node.lft, node.rght} & wrong)
    yield Fault(pks=owners, problem=f"tree {tree_id} does not use each number from 1 to {last} once")
