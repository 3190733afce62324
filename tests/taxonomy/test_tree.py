"""Trees: what each way of writing does, alone and after another writer."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from mptt.models import MPTTModel

from taxonomy.models import Topic
from taxonomy.tree import HasChildrenError, TreeError, TreeNode
from tests import builders
from tests.taxonomy.outlines import loaded, outline, plant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("moved", "target", "position", "expected"),
    [
        ("c", "a", "first-child", "a(c b d) e(f)"),
        ("c", "e", "last-child", "a(b d) e(f c)"),
        ("c", "f", "left", "a(b d) e(c f)"),
        ("c", "b", "right", "a(b c d) e(f)"),
        ("b", "a", "left", "b(c) a(d) e(f)"),
        ("b", None, "last-child", "a(d) e(f) b(c)"),
        ("a", None, "last-child", "e(f) a(b(c) d)"),
        ("e", None, "last-child", "a(b(c) d) e(f)"),
        ("e", "a", "left", "e(f) a(b(c) d)"),
        ("a", "e", "right", "e(f) a(b(c) d)"),
        ("a", "e", "left", "a(b(c) d) e(f)"),
        ("e", "b", "last-child", "a(b(c e(f)) d)"),
    ],
)
def test_a_move_takes_a_node_and_all_below_it_to_the_place(moved, target, position, expected):
    """Inside a tree, to another, to the top and among the roots."""
    nodes = plant("a(b(c) d) e(f)")
    nodes[moved].move(nodes[target] if target else None, position)
    assert outline() == expected


def test_a_rename_keeps_the_move_that_another_writer_made_meanwhile():
    """The renamed copy was loaded before the move."""
    nodes = plant("a(b) c")
    stale = loaded("b")
    nodes["b"].move(nodes["c"])
    stale.name = "Renamed"
    stale.save()
    assert outline() == "a c(b)"
    assert loaded("b").name == "Renamed"


def test_a_move_keeps_the_rename_that_another_writer_made_meanwhile():
    """A move writes the position and nothing else."""
    nodes = plant("a(b) c")
    stale = loaded("b")
    nodes["b"].name = "Renamed"
    nodes["b"].save()
    stale.move(nodes["c"])
    assert outline() == "a c(b)"
    assert loaded("b").name == "Renamed"


def test_another_parent_is_taken_from_where_the_node_stands_now():
    """The copy with the wish was loaded before the other writer's move."""
    nodes = plant("a(b(c)) d e")
    stale = loaded("b")
    nodes["b"].move(nodes["d"])
    nodes["a"].move(None)
    stale.parent = loaded("e")
    stale.save()
    assert outline() == "d e(b(c)) a"


def test_saving_with_a_stale_parent_object_puts_the_node_inside_it():
    """The parent's numbers in memory are of another time."""
    nodes = plant("a b")
    stale_parent = loaded("b")
    builders.topic("c", parent=nodes["a"])
    nodes["b"].move(nodes["a"], "left")
    builders.topic("d", parent=stale_parent)
    assert outline() == "b(d) a(c)"


def test_an_instance_that_was_read_anew_wishes_no_move():
    """What refresh_from_db read is not what the caller asked for."""
    nodes = plant("a(b) c d")
    stale = loaded("b")
    nodes["b"].move(nodes["c"])
    stale.refresh_from_db()
    nodes["b"].move(nodes["d"])
    stale.save()
    assert outline() == "a c d(b)"


@pytest.mark.parametrize("target", ["a", "b", "c"])
@pytest.mark.parametrize("position", ["first-child", "last-child", "left", "right"])
def test_a_node_cannot_move_into_its_own_family(target, position):
    """The words name it, and nothing is written."""
    nodes = plant("x(a(b(c)) d)")
    with pytest.raises(TreeError, match="“a” cannot move below or beside"):
        nodes["a"].move(nodes[target], position)
    assert outline() == "x(a(b(c)) d)"


def test_a_target_that_another_writer_moved_below_the_node_is_refused():
    """In memory the target still stands elsewhere."""
    nodes = plant("a b")
    stale = loaded("b")
    nodes["b"].move(nodes["a"])
    mover = loaded("a")
    with pytest.raises(TreeError, match="which lies below it"):
        mover.move(stale)
    mover.parent = stale
    with pytest.raises(TreeError, match="which lies below it"):
        mover.save()
    assert outline() == "a(b)"


def test_a_node_with_others_below_it_is_not_deleted_and_the_words_name_them():
    """A ProtectedError, which the admin knows too."""
    nodes = plant("a(b c)")
    with pytest.raises(HasChildrenError, match=r"“a” has 2 below it: “b”, “c”\. Move or delete them first\."):
        nodes["a"].delete()
    assert outline() == "a(b c)"


def test_deleting_what_another_writer_deleted_is_no_error_and_breaks_nothing():
    """The gap is closed once."""
    nodes = plant("a(b c)")
    stale = loaded("b")
    nodes["b"].delete()
    assert stale.delete() == (0, {})
    assert outline() == "a(c)"


def test_a_save_does_not_bring_back_what_another_writer_deleted():
    """The words say so."""
    nodes = plant("a(b)")
    stale = loaded("b")
    nodes["b"].delete()
    with pytest.raises(TreeError, match="“b” has been deleted by someone else"):
        stale.save()
    assert outline() == "a"


def _wish(node: Topic, parent: Topic) -> None:
    node.parent = parent
    node.save()


@pytest.mark.parametrize("write", [_wish, Topic.move, lambda _node, parent: builders.topic("c", parent=parent)])
def test_a_parent_that_another_writer_deleted_is_refused(write):
    """By save, by move and for a new node."""
    nodes = plant("a b")
    parent = loaded("a")
    nodes["a"].delete()
    with pytest.raises(TreeError, match="deleted by someone else"):
        write(nodes["b"], parent)
    assert outline() == "b"


def test_a_copy_of_an_instance_gets_a_place_of_its_own():
    """Its numbers in memory are those of the original."""
    nodes = plant("a(b c)")
    copy = nodes["b"]
    copy.pk = None
    copy.slug = "d"
    copy.save()
    assert outline() == "a(b c d)"


def test_an_instance_built_with_a_stored_number_updates_that_row():
    """Django's `save()` means insert or update."""
    nodes = plant("a(b) c")
    Topic(pk=nodes["b"].pk, name="b", slug="b", parent=nodes["c"], lft=7, rght=8, tree_id=9, level=0).save()
    assert outline() == "a c(b)"


def test_partly_loaded_nodes_are_saved_where_they_stand():
    """Neither `only` nor `update_fields` writes a position."""
    nodes = plant("a(b) c")
    partly = Topic.objects.only("pk", "slug").get(slug="b")
    named = loaded("b")
    nodes["b"].move(nodes["c"])
    partly.save()
    named.name, named.parent = "Renamed", None
    named.save(update_fields=["name", "name_en"])
    assert outline() == "a c(b)"
    assert loaded("b").name == "Renamed"


def test_every_tree_of_the_site_is_guarded():
    """A model that django-mptt writes without the guard would be found here."""
    trees = [model for model in apps.get_models() if issubclass(model, MPTTModel)]
    assert trees
    assert all(issubclass(model, TreeNode) for model in trees)


@pytest.mark.django_db(transaction=True)
def test_loaded_rows_are_whole_trees_when_the_load_is_done(tmp_path):
    """A dump goes in as it is; where its numbers meet others', the trees are mended at its end."""
    plant("a(b c)")
    dump = tmp_path / "topics.json"
    call_command("dumpdata", "taxonomy.topic", output=str(dump))
    Topic.objects.all().delete()
    plant("x(y)")
    call_command("loaddata", str(dump), stdout=io.StringIO())
    assert outline() in {"x(y) a(b c)", "a(b c) x(y)"}


@pytest.mark.django_db(transaction=True)
def test_rows_are_not_loaded_outside_a_transaction():
    """The guard would end before the row is written."""
    with pytest.raises(TreeError, match="one transaction"):
        models.Model.save_base(Topic(name="a", slug="a", lft=1, rght=2, tree_id=1, level=0), raw=True)
    assert not Topic.objects.exists()
