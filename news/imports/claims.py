"""What only one item may have: a former address, a place as the translation of another."""

from collections.abc import Sequence

from news.importers.rows import shown
from news.imports import standing as site
from news.imports.decisions import Act, NewItem
from news.imports.readings import Reading
from news.imports.seen import SeenRows


class Claims:
    """What the items that are here and the rows so far have taken; a row that is refused takes nothing."""

    def __init__(self, readings: Sequence[Reading], seen: SeenRows) -> None:
        """Look up what is taken on the site."""
        self.seen = seen
        self.addresses = site.taken_addresses({path for one in readings for path in one.row.former_addresses})
        self.leads: dict[int, str] = {}
        self.translations = site.translations_of({one.original.number for one in readings if one.original})

    def claim_addresses(self, reading: Reading) -> None:
        """Refuse the row for a former address that leads elsewhere."""
        number = reading.decision.item_number
        for path in reading.row.former_addresses:
            owner = self.addresses.get(path) or self.seen.planned_address(path) or number
            if owner != number:
                reading.reject(
                    "former_addresses", f"“{shown(path)}” leads to item {owner} already. Take it out of one of them."
                )

    def claim_original(self, reading: Reading) -> None:
        """Refuse a translation that has no original, or where another one is."""
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
        owner = self.translations.get(key) or self.seen.planned_translation(*key) or number
        if owner != number:
            reading.reject("translation_of", f"item {owner} is the translation into “{key[1]}” already.")

    def keep(self, reading: Reading) -> None:
        """Let later rows know what this one has taken."""
        number = reading.decision.item_number
        if reading.decision.act == Act.REJECTED:
            return
        self.addresses |= dict.fromkeys(reading.row.former_addresses, number)
        if reading.original and not reading.here:
            self.translations[reading.original.number, reading.row.language] = number
        work = reading.decision.work
        standing = work.standing_removal if isinstance(work, NewItem) else None
        if standing:
            self.leads[number] = standing.leads_to

    def leads_back(self, number: int, destination: str) -> bool:
        """Say whether a removed item's destination leads back to it, through the rows so far."""
        passed: set[str] = set()
        while destination.startswith("news_item ") and destination not in passed:
            passed.add(destination)
            if destination == f"news_item {number}":
                return True
            destination = self.leads.get(int(destination.partition(" ")[2]), "")
        return False
