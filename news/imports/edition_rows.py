"""The rows of new editions and of their tags, collected for one insert each."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from news import bulk
from news.imports.search_words import Listed
from news.imports.versions import Version
from news.models import (
    Edition,
    EditionAttachment,
    EditionCountry,
    EditionImage,
    EditionInstitution,
    EditionRelatedItem,
    EditionTopic,
)
from news.words.all_words import Text
from news.workflow import held_by

EDITION = (
    "id",
    "item_id",
    "number",
    "state",
    "language",
    "story_id",
    "kind",
    "title",
    "summary",
    "dateline",
    "body",
    "issued_at",
    "tags",
    "files",
    "renders_id",
    "remark",
    "is_minor",
    "change_note",
    "visible_from",
    "visible_until",
    "listed_until",
    "is_retracted",
    "saved_at",
)


class EditionRows:
    """New editions of several items; those of an item are added together, oldest first."""

    def __init__(self, now: datetime.datetime) -> None:
        """Begin without any."""
        self.now = now
        self.versions: list[tuple[int, str, int, Version]] = []  # item, language, original or 0
        self.by_item: dict[int, list[Version]] = {}

    def add(self, item: int, language: str, original: int, versions: list[Version]) -> None:
        """Add the editions of an item."""
        self.versions += [(item, language, original, version) for version in versions]
        self.by_item[item] = versions

    def insert(self) -> None:
        """Write the tags, then the editions."""
        for (_item, _language, _original, version), number in zip(
            self.versions, bulk.next_numbers(Edition, len(self.versions)), strict=True
        ):
            version.pk = number
        self._insert_tags()
        renders = self._rendered()
        rows = [
            _row(item, language, original, version, renders.get((original, version.renders)), self.now)
            for item, language, original, version in self.versions
        ]
        bulk.insert(Edition, EDITION, rows)

    def listed_or_later(self) -> Iterator[Listed]:
        """Yield what search has to hold: what is listed now or will be."""
        for _item, language, _original, version in self.versions:
            if version.visible_from and not version.is_retracted and self._lasts(version):
                content = version.content
                yield Listed(version.pk, Text(language, content.title, content.summary, content.body), version.words)

    def _lasts(self, version: Version) -> bool:
        ends = (version.visible_until, version.listed_until)
        return all(moment is None or moment > self.now for moment in ends)

    def _insert_tags(self) -> None:
        contents = [(version.pk, version.content) for _item, _language, _original, version in self.versions]
        institutions = _ordered((pk, content.issued_by) for pk, content in contents)
        countries = [(pk, number) for pk, content in contents for number in content.countries]
        topics = [(pk, number) for pk, content in contents for number in content.topics]
        related = _ordered((pk, content.related) for pk, content in contents)
        bulk.insert(EditionInstitution, ("edition_id", "institution_id", "position"), institutions)
        bulk.insert(EditionCountry, ("edition_id", "country_id"), countries)
        bulk.insert(EditionTopic, ("edition_id", "topic_id"), topics)
        bulk.insert(EditionRelatedItem, ("edition_id", "item_id", "position"), related)
        self._insert_files()

    def _insert_files(self) -> None:
        """Write which images and attachments the editions hold: what an editor has added to items that follow."""
        for _item, language, _original, version in self.versions:
            version.held = held_by(version.content, language)
        images = [(version.pk, number) for *_of, version in self.versions for number in version.held.images]
        files = [(version.pk, number) for *_of, version in self.versions for number in version.held.versions]
        bulk.insert(EditionImage, ("edition_id", "image_id"), images)
        bulk.insert(EditionAttachment, ("edition_id", "version_id"), files)

    def _rendered(self) -> dict[tuple[int, int], int]:
        """Return the originals' editions by item and number; under 0 the newest approved one."""
        originals = {original for _item, _language, original, _version in self.versions if original}
        stored = Edition.objects.filter(item__in=originals - self.by_item.keys(), visible_from__isnull=False)
        found = dict(_by_number(stored.order_by("number").values_list("item", "number", "pk")))
        for original in originals & self.by_item.keys():
            approved = [version for version in self.by_item[original] if version.visible_from]
            found |= dict(_by_number((original, version.number, version.pk) for version in approved))
        return found


def _ordered(tags: Iterable[tuple[int, Sequence[int]]]) -> list[tuple[Any, ...]]:
    return [(pk, number, position) for pk, numbers in tags for position, number in enumerate(numbers)]


def _by_number(editions: Any) -> Iterator[tuple[tuple[int, int], int]]:
    for item, number, pk in editions:
        yield (item, number), pk
        yield (item, 0), pk


def _row(
    item: int, language: str, original: int, version: Version, renders: int | None, now: datetime.datetime
) -> tuple[Any, ...]:
    content = version.content
    return (
        version.pk,
        item,
        version.number,
        version.state,
        language,
        original or item,
        content.kind,
        content.title,
        content.summary,
        content.dateline,
        content.body,
        content.issued_at,
        bulk.as_json(content.tags()),
        bulk.as_json(version.held.files),
        renders,
        version.remark,
        content.is_minor,
        content.change_note,
        version.visible_from,
        version.visible_until,
        version.listed_until,
        version.is_retracted,
        now,
    )
