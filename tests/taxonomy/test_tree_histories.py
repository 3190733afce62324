"""Trees after any history of writes."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from taxonomy import tree_check
from taxonomy.models import Topic
from taxonomy.tree import HasChildrenError, TreeError

ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "move", "wish", "rename", "delete"]),
        st.integers(0, 30),
        st.none() | st.integers(0, 30),
        st.sampled_from(["first-child", "last-child", "left", "right"]),
    ),
    max_size=25,
)


class TestRandomHistories(TestCase):
    """What holds after any history of writes; a class, since hypothesis rolls back each example."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(actions=ACTIONS)
    def test_trees_stay_whole_under_any_inserts_moves_renames_and_deletes(self, actions):
        """The copies that write are as old as the node itself, so nearly all of them are stale."""
        copies: list[Topic] = []
        for number, (action, first, second, position) in enumerate(actions):
            if action == "insert" or not copies:
                copies.append(Topic(name=f"n{number}", slug=f"n{number}"))
            node = copies[-1] if action == "insert" else copies[first % len(copies)]
            target = None if second is None else copies[second % len(copies)]
            try_to_write(action, node, target, position)
            assert tree_check.prove(Topic) == []


def try_to_write(action: str, node: Topic, target: Topic | None, position: str) -> None:
    """Write through the model; what the guard refuses must leave the trees as they were."""
    try:
        with transaction.atomic():
            if action == "delete":
                Topic.objects.filter(pk=node.pk).delete()
            elif action == "move":
                node.move(target, position)
            else:
                node.parent = target if action != "rename" else node.parent
                node.save()
    except (TreeError, HasChildrenError, ValueError):
        pass
