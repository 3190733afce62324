"""Institutions and fields of work that a file names and the site does not know: created, but only where that is asked.

They are created before the step whose rows name them, in a transaction of their own: taxonomy's lock comes first. A
country is never created: which States there are is no import's to say.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from news.importers.rows import ItemRow, Row, shown
from news.imports.versions import Names
from news.workflow import readable_slug
from record.actors import on_occasion
from taxonomy.models import Institution, Topic
from taxonomy.names import key
from taxonomy.writing import taxonomy_writing

CREATED: dict[str, tuple[type[Any], str, dict[str, Any]]] = {  # by field: the model, its word, what else it needs
    "issued_by": (Institution, "institution", {"kind": Institution.Kind.DEPARTMENT}),
    "topics": (Topic, "field of work", {}),
}


class MissingNames:
    """Creates what is missing, for an import of a number; a plan, which has none, only pretends to."""

    def __init__(self, names: Names, batch: int | None) -> None:
        """Begin with nothing created."""
        self.names, self.batch = names, batch
        self.pretended: set[tuple[str, str]] = set()  # field and slug
        self.notes: dict[int, tuple[str, ...]] = {}  # by the number of the row that named it first

    def create_for(self, rows: Sequence[tuple[int, Row]]) -> None:
        """Create what some rows name, each with its number; the name of a row's first mention becomes its note."""
        found = [(number, *missing) for number, row in rows for missing in self._missing(row)]
        if not found:
            return
        if self.batch is None:
            self._take(found)
        else:
            with taxonomy_writing(), on_occasion(**{"import": self.batch}):
                self._take(found)

    def _missing(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield field and text of what is not known; what may be any of several is no missing name."""
        editions = row.editions if isinstance(row, ItemRow) else ()
        for edition, name in product(editions, CREATED):
            longest = CREATED[name][0]._meta.get_field("name").max_length
            texts = [text for text in getattr(edition, name) if key(text) and len(text) <= longest]
            yield from ((name, text) for text in texts if self.names.is_unknown(name, text))

    def _take(self, found: Sequence[tuple[int, str, str]]) -> None:
        for number, name, text in found:
            if not self.names.is_unknown(name, text):
                continue  # the row before has named it too
            model, word, more = CREATED[name]
            slug = self._free_slug(name, model, text)
            pk = 0 if self.batch is None else model.objects.create(name=text, slug=slug, **more).pk
            self.names.add(name, text, slug, pk)
            note = f"creates the {word} “{shown(text)}” ({slug})"
            self.notes[number] = (*self.notes.get(number, ()), note)

    def _free_slug(self, name: str, model: Any, text: str) -> str:
        """Return an address that no record of the kind has, or had."""
        slug = wanted = readable_slug(text)
        count = 1
        while (name, slug) in self.pretended or _is_taken(model, slug):
            count += 1
            slug = f"{wanted}-{count}"
        self.pretended.add((name, slug))
        return slug


def _is_taken(model: Any, slug: str) -> bool:
    is_former: bool = model.former_slug_model.objects.filter(slug=slug).exists()
    return is_former or model.objects.filter(slug=slug).exists()
