"""The other ways into a tree: querysets and django-mptt's manager."""

import pytest
from django.db import models, transaction

from taxonomy.models import Topic
from taxonomy.tree import TreeError
from tests.taxonomy.outlines import loaded, outline, plant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("first-child", "a(d b(c)) e"),
        ("last-child", "a(b(c) d) e"),
        ("left", "d a(b(c)) e"),
        ("right", "a(b(c)) d e"),
    ],
)
def test_a_new_node_stands_where_insert_node_puts_it(position, expected):
    """The place is said by a target and a side of it."""
    nodes = plant("a(b(c)) e")
    Topic.objects.insert_node(Topic(name="d", slug="d"), nodes["a"], position, save=True)
    assert outline() == expected


def test_a_queryset_deletes_from_the_deepest_up_and_closes_the_gaps():
    """Parents and children in one go."""
    plant("a(b(c) d) e")
    deleted, by_model = Topic.objects.filter(slug__in="abcd").delete()
    assert (deleted, by_model["taxonomy.Topic"]) == (4, 4)
    assert outline() == "e"


def _write_position():
    Topic.objects.filter(slug="b").update(parent=None)


def _write_number():
    Topic.objects.update(lft=models.F("lft") + 1)


def _bulk_update():
    node = loaded("b")
    node.level = 5
    Topic.objects.bulk_update([node], ["level"])


def _clear_children():
    loaded("a").children.clear()


REFUSED = {
    "update of a parent": _write_position,
    "update of a number": _write_number,
    "bulk_update": _bulk_update,
    "bulk_create": lambda: Topic.objects.bulk_create([Topic(name="d", slug="d")]),
    "children.add": lambda: loaded("a").children.add(loaded("c")),
    "children.clear": _clear_children,
    "insert_node without save": lambda: Topic.objects.insert_node(Topic(name="d", slug="d"), loaded("a")),
    "insert_at without save": lambda: Topic(name="d", slug="d").insert_at(loaded("a")),
    "build_tree_nodes": lambda: Topic.objects.build_tree_nodes({"name": "d"}, target=loaded("a")),
    "disable_mptt_updates": Topic.objects.disable_mptt_updates,
    "delay_mptt_updates": Topic.objects.delay_mptt_updates,
}


@pytest.mark.parametrize("write", REFUSED.values(), ids=REFUSED.keys())
def test_what_would_write_around_the_guard_is_refused(write):
    """Nothing is written, and the words name the way that is closed."""
    plant("a(b) c")
    with pytest.raises(TreeError), transaction.atomic():
        write()
    assert outline() == "a(b) c"


def test_rebuild_and_the_moves_of_django_mptt_go_through_the_guard():
    """They are inherited ways in."""
    nodes = plant("a(b) c")
    nodes["b"].move_to(nodes["c"])
    assert outline() == "a c(b)"
    models.QuerySet(Topic).update(lft=1, rght=2)
    Topic.objects.rebuild()
    assert outline() == "a c(b)"


def test_other_columns_are_updated_at_once():
    """An update of names touches no position."""
    plant("a(b)")
    assert Topic.objects.filter(slug="b").update(name="Renamed") == 1
    assert loaded("b").name == "Renamed"
    assert outline() == "a(b)"
