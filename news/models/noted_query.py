"""Questions to the database that say what they were narrowed to, so that an answer can be kept until that changes.

What the question doesn't name narrows nothing: what is forgotten costs precision, never freshness.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import sql
from django.db.models.lookups import Exact, In
from django.db.models.sql.where import AND

from taxonomy.dependencies import ALL_NEWS, depends_on, is_recording

MOST_VALUES = 200  # a question about more is one about everything


class NotedQuery(sql.Query):
    """A question about editions or removals; `tag_names` says of which columns its answer is known to be narrowed."""

    tag_names = {"item_id": "item", "story_id": "story", "id": "edition"}  # by column

    def get_compiler(self, *using: Any, **options: Any) -> Any:
        """Note what is asked: each execution passes here, and so do counts, aggregates and subqueries."""
        if is_recording():
            depends_on(self._tags())
        return super().get_compiler(*using, **options)

    def _tags(self) -> list[str]:
        """Return the tags of the condition that narrows the question most, or the tag of all news."""
        found = [tags for condition in self._conditions() if (tags := self._tags_of(condition)) is not None]
        return min(found, key=len, default=[ALL_NEWS])

    def _conditions(self) -> Iterator[Any]:
        """Yield what must all be true of a row."""
        waiting: list[Any] = [self.where]
        while waiting:
            node = waiting.pop()
            if not hasattr(node, "children"):
                yield node
            elif node.connector == AND and not node.negated:
                waiting += node.children

    def _tags_of(self, condition: Any) -> list[str] | None:
        """Return a tag for each value that the condition allows; None where it says nothing of that kind."""
        column = getattr(condition, "lhs", None)
        target = getattr(column, "target", None)
        name = self.tag_names.get(getattr(target, "attname", ""))
        if name is None or not isinstance(condition, (Exact, In)):
            return None
        if getattr(column, "alias", None) != self.model._meta.db_table:  # a joined row's, not the row's own
            return None
        values = list(condition.rhs) if isinstance(condition.rhs, (list, tuple, set, frozenset)) else [condition.rhs]
        if len(values) > MOST_VALUES or not all(isinstance(value, int) for value in values):
            return None
        return [f"{name}={value}" for value in values]


class NotedRemovalQuery(NotedQuery):
    """A question about removals; each act on one is an act on its item."""

    tag_names = {"item_id": "item"}
