"""The proof of the trees and their repair, by the command that operators run."""

import io
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from taxonomy import tree_check
from taxonomy.models import NavigationItem, Topic
from tests import builders
from tests.taxonomy.outlines import outline, plant

pytestmark = pytest.mark.django_db


def run(*options: str) -> tuple[int, str]:
    """Run the command; return its exit code and all that it wrote."""
    written = io.StringIO()
    try:
        call_command("check_tree", *options, stdout=written, stderr=written)
    except CommandError as error:
        return error.returncode, f"{written.getvalue()}{error}"
    return 0, written.getvalue()


def corrupt(slug: str, **columns: int | None) -> None:
    """Write columns as a script in the database would; keys are not checked until the end of the transaction."""
    rows = models.QuerySet(Topic).filter(slug=slug)
    assert rows.update(**columns) == 1


def number_of(slug: str) -> int:
    """Return a node's number."""
    return Topic.objects.get(slug=slug).pk


def test_whole_trees_give_one_line_and_exit_code_0():
    """The line counts the nodes of each tree."""
    plant("a(b c)")
    builders.institution()
    code, text = run()
    assert code == 0
    assert text == "The trees are whole: 1 institutions, 3 fields of work, 0 navigation.\n"


BROKEN = {
    "a number twice": ("b", {"lft": 4}, "does not use each number from 1 to 8 once", "a(b(c) d) e"),
    "outside its parent": ("b", {"lft": 20, "rght": 21}, "20–21 is not inside its parent", "a(d b(c)) e"),
    "ends before it begins": ("c", {"lft": 4, "rght": 3}, "it begins at 4 and ends at 3, not after it", "a(b(c) d) e"),
    "wrong level": ("c", {"level": 0}, "its level is 0, and should be 2", "a(b(c) d) e"),
    "wrong tree": ("c", {"tree_id": 7}, "it is in tree 7, its parent", "a(b(c) d) e"),
    "a root too many": ("b", {"parent": None}, "has 2 roots, and should have one", "a(d) b(c) e"),
    "two roots in one tree": ("e", {"tree_id": 1}, "tree 1 has 2 roots", "a(b(c) d) e"),
}


@pytest.mark.parametrize(("slug", "columns", "problem", "mended"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_tree_gives_exit_code_1_and_names_the_node_and_what_is_wrong(slug, columns, problem, mended):
    """Then --fix mends it, and keeps parents and order."""
    plant("a(b(c) d) e")
    models.QuerySet(Topic).filter(slug="e").update(tree_id=2)
    models.QuerySet(Topic).exclude(slug="e").update(tree_id=1)
    corrupt(slug, **columns)
    code, text = run()
    assert code == 1
    assert problem in text
    assert f"{number_of(slug)} “{slug}”" in text
    assert "check_tree --fix" in text
    assert run("--fix")[0] == 0
    assert outline() == mended


def test_an_order_that_can_be_read_is_kept_by_the_repair():
    """The order of siblings is that of lft, of roots that of tree_id; gaps don't matter."""
    plant("a(b c d) e")
    corrupt("b", lft=40, rght=41)
    corrupt("a", rght=99)
    corrupt("e", tree_id=0)
    assert run("--fix")[0] == 0
    assert outline() == "e a(c d b)"


def test_a_circle_of_parents_is_cut_at_the_lowest_number():
    """The command says which node became a root."""
    nodes = plant("x(a(b(c)) d)")
    corrupt("a", parent=nodes["c"].pk)
    code, text = run()
    assert code == 1
    assert "their parents run in a circle" in text
    code, text = run("--fix")
    assert code == 0
    assert f"fields of work: {nodes['a'].pk} “a” is a root now" in text
    assert outline() in {"x(d) a(b(c))", "a(b(c)) x(d)"}


def test_a_tree_without_a_root_is_said_with_its_nodes():
    """Nobody can look for “no node”."""
    nodes = plant("a(b)")
    models.QuerySet(Topic).filter(slug="a").update(parent=nodes["b"].pk)
    code, text = run()
    assert code == 1
    assert f"{nodes['a'].pk} “a”, {nodes['b'].pk} “b”: tree {nodes['a'].tree_id} has 0 roots" in text


def test_a_repair_says_how_many_nodes_it_put_in_their_places():
    """And a single fault is one fault."""
    plant("a(b c)")
    corrupt("b", level=5)
    assert "1 fault in the trees" in run()[1]
    assert "fields of work: put where their parents imply: 1" in run("--fix")[1]


def test_a_node_that_is_its_own_parent_becomes_a_root():
    """The shortest circle."""
    nodes = plant("a(b)")
    corrupt("b", parent=nodes["b"].pk)
    assert run("--fix")[0] == 0
    assert outline() == "a b"


def test_an_entry_of_the_navigation_cut_out_of_a_circle_keeps_its_slug_apart_from_a_root_with_the_same():
    """Two roots may not share an address."""
    builders.navigation_item("About")
    top = builders.navigation_item("Top")
    about = builders.navigation_item("About", parent=top)
    below = builders.navigation_item("Below", parent=about)
    models.QuerySet(NavigationItem).filter(pk=about.pk).update(parent=below)
    code, text = run("--fix")
    assert code == 0
    assert f"its slug ends in -{about.pk}" in text
    about.refresh_from_db()
    assert about.slug == f"about-{about.pk}"


def test_an_orphan_becomes_a_root():
    """Foreign keys forbid orphans, but not while they are switched off."""
    nodes = tree_check.read_nodes(Topic) | {
        7: tree_check.Node(pk=7, parent=99, lft=2, rght=3, level=1, tree_id=1),
        8: tree_check.Node(pk=8, parent=7, lft=1, rght=2, level=2, tree_id=1),
    }
    assert tree_check.find_faults(nodes)[0].problem == "its parent 99 does not exist"
    mended = tree_check.whole(nodes)
    assert tree_check.find_faults(mended) == []
    assert (mended[7].parent, mended[8].parent) == (None, 7)


def test_a_repair_writes_only_the_rows_that_were_wrong():
    """Whole trees are left as they are."""
    plant("a(b(c) d) e")
    corrupt("d", level=3)
    with CaptureQueriesContext(connection) as queries:
        tree_check.repair(Topic)
    assert sum(query["sql"].startswith("UPDATE") for query in queries) == 1


def test_a_deep_tree_is_proven_and_mended_without_recursion():
    """5,000 nodes, each inside the one before."""
    nodes = {
        pk: tree_check.Node(pk=pk, parent=pk - 1 if pk > 1 else None, lft=1, rght=2, level=0, tree_id=1)
        for pk in range(1, 5_001)
    }
    mended = tree_check.whole(nodes)
    assert tree_check.find_faults(mended) == []
    assert mended[5_000].level == 4_999


@st.composite
def damaged_trees(draw: st.DrawFn) -> tuple[tree_check.Nodes, tree_check.Nodes]:
    """Draw whole trees, and the same with a few columns overwritten, parents included."""
    parents: dict[int, int | None] = {}
    for pk in range(1, draw(st.integers(1, 12)) + 1):
        parents[pk] = draw(st.none() | st.sampled_from(list(parents))) if parents else None
    empty = {
        pk: tree_check.Node(pk=pk, parent=parent, lft=0, rght=0, level=0, tree_id=0) for pk, parent in parents.items()
    }
    trees = tree_check.whole(empty)
    damaged = dict(trees)
    values = {"parent": st.none() | st.sampled_from(list(parents))} | dict.fromkeys(
        ["lft", "rght", "level", "tree_id"], st.integers(0, 30)
    )
    for _time in range(draw(st.integers(1, 4))):
        pk, column = draw(st.sampled_from(list(parents))), draw(st.sampled_from(list(values)))
        damaged[pk] = replace(damaged[pk], **{column: draw(values[column])})
    return trees, damaged


def is_whole(nodes: tree_check.Nodes) -> bool:
    """Say whether the trees are whole, by walking them: another way than the one under test."""
    roots = [node for node in nodes.values() if node.parent is None]
    reached: list[int] = []

    def walk(node: tree_check.Node, number: int, level: int) -> int:
        reached.append(node.pk)
        assert (node.lft, node.level) == (number, level)
        children = [child for child in nodes.values() if child.parent == node.pk]
        for child in sorted(children, key=lambda child: child.lft):
            assert child.tree_id == node.tree_id
            number = walk(child, number + 1, level + 1)
        assert node.rght == number + 1
        return node.rght

    try:
        for root in roots:
            walk(root, 1, 0)
    except AssertionError:
        return False
    return len({root.tree_id for root in roots}) == len(roots) and len(reached) == len(nodes)


@settings(max_examples=400, deadline=None)
@given(damaged_trees())
def test_any_damage_is_found_and_nothing_else_is_reported(case):
    """The proof agrees with a walk through the trees."""
    trees, damaged = case
    assert is_whole(trees)
    assert tree_check.find_faults(trees) == []
    assert (tree_check.find_faults(damaged) == []) == is_whole(damaged)


@settings(max_examples=400, deadline=None)
@given(damaged_trees())
def test_any_damage_is_mended_with_the_same_nodes_and_the_parents_outside_circles(case):
    """A second repair has nothing to do."""
    _trees, damaged = case
    mended = tree_check.whole(damaged)
    assert is_whole(mended)
    assert tree_check.whole(mended) == mended
    assert mended.keys() == damaged.keys()
    changed = {pk for pk in damaged if mended[pk].parent != damaged[pk].parent}
    assert changed == {cycle[0] for cycle in tree_check.parent_cycles(damaged)}


class TestDamageInTheDatabase(TestCase):
    """The same through the database; a class, since hypothesis rolls back each example."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(damaged_trees())
    def test_the_command_finds_and_mends_what_was_written_past_the_guard(self, case):
        """The nodes are the same afterwards."""
        _trees, damaged = case
        topics = {pk: builders.topic() for pk in damaged}
        for pk, node in damaged.items():
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE taxonomy_topic SET parent_id=%s, lft=%s, rght=%s, level=%s, tree_id=%s WHERE id=%s",
                    [topics[node.parent].pk if node.parent else None, *_numbers(node), topics[pk].pk],
                )
        assert run()[0] == (0 if is_whole(damaged) else 1)
        assert run("--fix")[0] == 0
        assert run()[0] == 0
        assert {topic.pk for topic in topics.values()} == set(Topic.objects.values_list("pk", flat=True))


def _numbers(node: tree_check.Node) -> tuple[int, int, int, int]:
    return node.lft, node.rght, node.level, node.tree_id
