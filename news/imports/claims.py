"""What only one item may have: a former address, a place as the translation of another."""

from collections.abc import Sequence

from news.importers.rows import shown
from news.imports import standing as site
from news.imports.readings import Reading
from news.imports.seen import SeenRows


class Claims:
    """What the items that are here and the rows so far have taken."""

    def __init__(self, readings: Sequence[Reading], seen: SeenRows) -> None:
        """Look up what is taken on the site."""
        self.seen = seen
        self.addresses = site.taken_addresses({path for one in readings for path in one.row.former_addresses})
        self.translations = site.translations_of({one.original.number for one in readings if one.original})

    def claim_addresses(self, reading: Reading) -> None:
        """Take the row's former addresses, or refuse it for one that leads elsewhere."""
        number = reading.decision.item_number
        for path in reading.row.former_addresses:
            owner = self.addresses.setdefault(path, self.seen.planned_address(path) or number)
            if owner != number:
                reading.reject(
                    "former_addresses", f"“{shown(path)}” leads to item {owner} already. Take it out of one of them."
                )

    def claim_original(self, reading: Reading) -> None:
        """Take the place as a translation, or refuse the row: it has no original, or another is there."""
        row, original = reading.row, reading.original
        if row.translation_of is None:
            return
        name = row.translation_of.source_id or row.translation_of.number
        if original is None:
            reading.reject("translation_of", f"“{name}” is not here. Import the original first, or in the same run.")
        elif original.original:
            reading.reject("translation_of", f"“{name}” is a translation itself. Name its original.")
        elif original.language == row.language:
            reading.reject("translation_of", f"“{name}” is in the same language, “{row.language}”.")
        else:
            self._claim_translation(reading, original.number)

    def _claim_translation(self, reading: Reading, original: int) -> None:
        key, number = (original, reading.row.language), reading.decision.item_number
        owner = self.translations.setdefault(key, self.seen.planned_translation(*key) or number)
        if owner != number:
            reading.reject("translation_of", f"item {owner} is the translation into “{key[1]}” already.")
