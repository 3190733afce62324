"""Trees written as outlines: `a(b(c) d) e` is two roots, a with two children and e."""

from itertools import pairwise

from django.db import models

from taxonomy import tree_check
from taxonomy.models import Topic
from tests import builders


def outline() -> str:
    """Return the fields of work as `a(b(c) d) e`."""
    words: list[str] = []

    def write(nodes: models.QuerySet) -> None:
        for node in nodes:
            words.append(node.slug)
            if node.children.exists():
                words.append("(")
                write(node.children.all())
                words.append(")")

    assert tree_check.prove(Topic) == []
    write(Topic.objects.filter(parent=None))
    return " ".join(words).replace("( ", "(").replace(" )", ")").replace(" (", "(")


def plant(text: str) -> dict[str, Topic]:
    """Create fields of work from `a(b(c) d) e`, which is one letter each."""
    nodes: dict[str, Topic] = {}
    path: list[str] = []
    for letter, following in pairwise(text.replace(" ", "") + "."):
        if letter.isalpha():
            nodes[letter] = builders.topic(letter, parent=nodes[path[-1]] if path else None)
        if following == "(":
            path.append(letter)
        if letter == ")":
            path.pop()
    return nodes


def loaded(slug: str) -> Topic:
    """Return a second copy of a field of work, as another process would hold it."""
    return Topic.objects.get(slug=slug)
