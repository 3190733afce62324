"""Storing the sample archive in bulk, with every invariant that the publishing verbs keep.

An edition goes in as a draft with its tags and is then approved, number by number, since an item has one open draft and
one open interval at most. Removals come last.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from typing import Any

from django.db.models import F
from django.utils import timezone

from news.archive.telling import SOURCE
from news.changes import publishing, record_changes
from news.importers.rows import EditionRow, ItemRow, Reference
from news.models import Edition, EditionCountry, EditionInstitution, EditionRelatedItem, EditionTopic, NewsItem, Removal
from news.search.documents import refresh_documents
from news.workflow import readable_slug
from record.acts import act_on, record_acts
from record.models import Act
from taxonomy.catalogue import Entry, catalogue

STORIES_AT_ONCE = 150  # some 350 editions: the publishing lock is held for about half a second


@dataclass(slots=True)
class StoredText:
    """A text on its way into the database, with its rows so far."""

    row: ItemRow
    item: NewsItem
    editions: list[Edition] = field(default_factory=list)


@dataclass(slots=True)
class Numbers:
    """The numbers of what rows name: of originals by their source's number, of taxonomy by slug."""

    originals: dict[str, int]
    institutions: dict[str, int]
    countries: dict[str, int]
    topics: dict[str, int]

    def tags(self, row: EditionRow) -> dict[str, list[int]]:
        """Return the tags as an edition keeps them."""
        return {
            "issued_by": [self.institutions[slug] for slug in row.issued_by],
            "countries": [self.countries[slug] for slug in row.countries],
            "topics": [self.topics[slug] for slug in row.topics],
            "related": [self.originals[reference.source_id] for reference in row.related],
        }


def store(rows: Iterable[ItemRow]) -> Iterator[int]:
    """Store the items story by story, some in each transaction, and yield how many items each has made."""
    known = catalogue()
    numbers = Numbers({}, _by_slug(known.institutions), _by_slug(known.countries), _by_slug(known.topics))
    stories = (list(texts) for _number, texts in groupby(rows, key=lambda row: row.source_id))
    while chunk := list(islice(stories, STORIES_AT_ONCE)):
        with publishing():
            yield _store_chunk(chunk, numbers)


def _by_slug(entries: Mapping[int, Entry]) -> dict[str, int]:
    return {entry.slug: number for number, entry in entries.items()}


def _store_chunk(chunk: list[list[ItemRow]], numbers: Numbers) -> int:
    """Store some stories; the numbers of originals grow by these."""
    stored = _store_items(chunk)
    numbers.originals |= {texts[0].row.source_id: texts[0].item.pk for texts in stored}
    firsts, translations = [texts[0] for texts in stored], list(chain.from_iterable(texts[1:] for texts in stored))
    everything = [*firsts, *translations]
    _store_all_editions(firsts, translations, numbers)
    _store_removals(everything, numbers)
    refresh_documents([text.item.pk for text in everything])
    record_changes({text.item.pk: _moments_to_come(text) for text in everything})
    record_acts(map(_creation, everything))
    return len(everything)


def _store_all_editions(firsts: list[StoredText], translations: list[StoredText], numbers: Numbers) -> None:
    """Store them number by number, originals before translations: a translation names the edition that it renders."""
    for place in range(max(len(first.row.editions) for first in firsts)):
        _store_editions(firsts, place, numbers, renders={})
        renders = {first.item.pk: first.editions[-1] for first in firsts}
        _store_editions(translations, place, numbers, renders=renders)


def _creation(text: StoredText) -> Act:
    """Make the act of an item's creation; one for all its editions."""
    approved = sum(1 for edition in text.row.editions if edition.visible_from)
    told = {"title": text.editions[-1].title, "language": text.item.language, "source": SOURCE}
    return act_on("create", text.item, after=told | {"editions": len(text.editions), "approved editions": approved})


def _moments_to_come(text: StoredText) -> list[datetime.datetime]:
    """Return the moments at which scheduled editions begin."""
    now = timezone.now()
    moments = {edition.visible_from for edition in text.row.editions}
    return sorted(moment for moment in moments if moment and moment > now)


def _store_items(chunk: list[list[ItemRow]]) -> list[list[StoredText]]:
    """Create the items, originals first, and return the texts by story."""
    now = timezone.now()
    stored = [[StoredText(row, _item(row, now)) for row in story] for story in chunk]
    NewsItem.objects.bulk_create([texts[0].item for texts in stored])
    translations = [(text.item, texts[0].item) for texts in stored for text in texts[1:]]
    for translation, original in translations:
        translation.translation_of = original
    NewsItem.objects.bulk_create([translation for translation, _original in translations])
    return stored


def _item(row: ItemRow, now: datetime.datetime) -> NewsItem:
    return NewsItem(language=row.language, slug=readable_slug(row.newest.title), imported_at=now, source=SOURCE)


def _store_editions(texts: list[StoredText], place: int, numbers: Numbers, *, renders: dict[int, Edition]) -> None:
    """Store the editions at the place (from 0), as drafts with their tags, then approve them."""
    texts = [text for text in texts if place < len(text.row.editions)]
    for text in texts:
        edition = _edition(text, place, numbers)
        edition.renders = renders.get(edition.story_id)
        text.editions.append(edition)
    editions = [text.editions[-1] for text in texts]
    Edition.objects.bulk_create(editions)
    _store_tags(editions)
    _approve(texts, place)


def _edition(text: StoredText, place: int, numbers: Numbers) -> Edition:
    """Make the draft of an edition, its tags as the edition keeps them."""
    row = text.row.editions[place]
    return Edition(
        item=text.item,
        number=place + 1,
        language=text.item.language,
        story_id=text.item.story_id,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        dateline=row.dateline,
        body=row.body,
        issued_at=row.issued_at,
        is_minor=row.is_minor,
        change_note=row.change_note,
        tags=numbers.tags(row),
    )


def _store_tags(editions: list[Edition]) -> None:
    """Write the rows of the tags that the editions keep."""
    rows: dict[Any, list[Any]] = defaultdict(list)
    for row in chain.from_iterable(_tag_rows(edition) for edition in editions):
        rows[type(row)].append(row)
    for model, created in rows.items():
        model.objects.bulk_create(created)


def _tag_rows(edition: Edition) -> Iterator[Any]:
    """Yield a row for each tag, as yet unsaved."""
    tags = edition.tags
    for position, pk in enumerate(tags["issued_by"]):
        yield EditionInstitution(edition=edition, institution_id=pk, position=position)
    for position, pk in enumerate(tags["related"]):
        yield EditionRelatedItem(edition=edition, item_id=pk, position=position)
    yield from (EditionCountry(edition=edition, country_id=pk) for pk in tags["countries"])
    yield from (EditionTopic(edition=edition, topic_id=pk) for pk in tags["topics"])


def _approve(texts: list[StoredText], place: int) -> None:
    """Approve the editions at the place, and end the ones before them."""
    approved = [(text, row) for text in texts if (row := text.row.editions[place]).visible_from]
    at_issue = {text.editions[-1].pk for text, row in approved if place == 0 and row.visible_from == row.issued_at}
    Edition.objects.filter(pk__in=at_issue).update(state=Edition.State.APPROVED, visible_from=F("issued_at"))
    for text, row in approved:
        if place > 0:
            Edition.objects.filter(pk=text.editions[-2].pk).update(visible_until=row.visible_from)
        if (number := text.editions[-1].pk) not in at_issue:
            Edition.objects.filter(pk=number).update(state=Edition.State.APPROVED, visible_from=row.visible_from)


def _store_removals(texts: list[StoredText], numbers: Numbers) -> None:
    """Store why items were removed, and let their editions end as each kind asks."""
    removed = [(text, removal) for text in texts for removal in text.row.removals]
    Removal.objects.bulk_create(
        Removal(
            item=text.item,
            kind=removal.kind,
            explanation=removal.explanation,
            leads_to=_destination(removal.leads_to, numbers),
            removed_at=removal.removed_at or timezone.now(),
        )
        for text, removal in removed
    )
    for text, removal in removed:
        row, newest = text.row.newest, Edition.objects.filter(pk=text.editions[-1].pk)
        newest.update(visible_until=row.visible_until, listed_until=row.listed_until)
        if removal.kind == Removal.Kind.ERROR:
            text.item.editions.update(is_retracted=True)


def _destination(leads_to: str | Reference, numbers: Numbers) -> str:
    return f"news_item {numbers.originals[leads_to.source_id]}" if isinstance(leads_to, Reference) else leads_to
