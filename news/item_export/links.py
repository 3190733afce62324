"""Other items and pages that an item names, as an export names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import override

from news.destinations import address_of
from news.importers.rows import Reference, RemovalRow
from news.models import Edition, NewsItem

TO_AN_ITEM = "news_item "  # what a removal that leads to an item begins with


@dataclass(frozen=True, slots=True)
class Links:
    """The items that a portion names, by number."""

    references: dict[int, Reference]

    @classmethod
    def read(cls, numbers: Iterable[int], *, is_public: bool) -> Self:
        """Read them in one query; of the public record only those that belong to it."""
        items = NewsItem.objects.filter(pk__in=numbers)
        if is_public:
            items = items.filter(Exists(Edition.objects.ever_visible().filter(item=OuterRef("pk"))))
        return cls({row["pk"]: _reference(**row) for row in items.values("pk", "source", "source_id", "language")})

    def to(self, number: int) -> Reference | None:
        """Return how an item is named; None where it may not be named."""
        return self.references.get(number)

    def removal(self, row: dict[str, Any]) -> RemovalRow:
        """Return the row of a removal."""
        return RemovalRow(
            kind=row["kind"],
            explanation=row["explanation"],
            leads_to=self._destination(row["leads_to"]),
            removed_at=row["removed_at"],
            undone_at=row["undone_at"],
        )

    def _destination(self, kept: str) -> str | Reference:
        """Return an item by reference, any other page by its English address, which tells which one it is."""
        if kept.startswith(TO_AN_ITEM):
            return self.to(_number(kept)) or ""
        if not kept:
            return ""
        with override(settings.LANGUAGE_CODE):
            return address_of(kept)


def numbers_in(destinations: Iterable[str]) -> set[int]:
    """Return the numbers of the items among destinations."""
    return {_number(kept) for kept in destinations if kept.startswith(TO_AN_ITEM)}


def _number(kept: str) -> int:
    return int(kept.removeprefix(TO_AN_ITEM))


def _reference(*, pk: int, source: str, source_id: str, language: str) -> Reference:
    """Name an item by its number at its source, else by the one that it has here."""
    is_numbered = bool(source and source_id)
    return Reference(source=source, source_id=source_id, language=language) if is_numbered else Reference(number=pk)
