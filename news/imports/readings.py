"""A row that has to be held against the site, with what it refers to."""

from dataclasses import dataclass, field, replace

from news.importers.rows import ItemRow, Problem, Reference
from news.imports.decisions import Act, Decision
from news.imports.references import References, Target
from news.imports.versions import Version


@dataclass(slots=True, kw_only=True, eq=False)
class Reading:
    """A row on its way to a decision.

    Attributes:
        here: the number of its item, 0 where that is new.
        notes: what is told of the row whatever becomes of it.
        original: what it translates, where that is known.
    """

    row: ItemRow
    decision: Decision
    versions: list[Version] = field(default_factory=list)
    here: int = 0
    notes: tuple[str, ...] = ()
    original: Target | None = None

    def begin_again(self) -> None:
        """Forget what was decided, but for what the row itself says."""
        self.decision.begin_again(self.here, self.notes)
        self.original = None

    def take_number(self, number: int, *, wished: int) -> None:
        """Have the number of a new item; tell where it is another than the row's own."""
        self.decision.item_number = number
        if wished and wished != number:
            self.note(f"the number {wished} is taken here: it gets another")

    def free_number(self) -> None:
        """Have no number where no item is created after all."""
        if not self.here and self.decision.act != Act.CREATE:
            self.decision.item_number = 0

    def resolve(self, references: References) -> None:
        """Put numbers in the place of references; what is nowhere is left out of the related items, with a note."""
        if self.row.translation_of:
            self.original = references.find(self.row.translation_of, self.row)
        for version in self.versions:
            if version.related:
                version.content = replace(version.content, related=self._related(version, references))

    def _related(self, version: Version, references: References) -> tuple[int, ...]:
        """Return the numbers of what an edition relates to, each once, and never its own."""
        numbers = dict.fromkeys(self._number(reference, references) for reference in version.related)
        return tuple(number for number in numbers if number not in {0, self.decision.item_number})

    def _number(self, reference: Reference, references: References) -> int:
        target = references.find(reference, self.row)
        if target is None:
            name = reference.source_id or reference.number
            text = f"the related item “{name}” is not here: it is left out"
            if text not in self.decision.notes:
                self.note(text)
        return target.number if target else 0

    def note(self, text: str) -> None:
        """Add a sentence for whoever imports."""
        self.decision.notes = (*self.decision.notes, text)

    def reject(self, name: str, text: str) -> None:
        """Refuse the row for a field."""
        where = self.row.whereabouts.place(name)
        self.decision.problems = (*self.decision.problems, Problem(place=where, text=f"{name}: {text}"))
        self.decision.act, self.decision.work = Act.REJECTED, None
