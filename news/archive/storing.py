"""Storing the sample archive in bulk, with every invariant that the publishing verbs keep.

An edition goes in as a draft with its tags and is then approved by one UPDATE, number by number, since an item has one
open draft and one open interval at most.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.db.models import F
from django.utils import timezone

from news.archive.composition import SampleEdition, SampleStory, SampleText
from news.changes import publishing, record_changes
from news.models import Edition, EditionCountry, EditionInstitution, EditionRelatedItem, EditionTopic, NewsItem
from news.search.documents import refresh_documents
from news.workflow import readable_slug
from record.acts import act_on, record_acts
from record.models import Act

SOURCE = "sample archive"
STORIES_AT_ONCE = 150  # some 350 editions: the publishing lock is held for about half a second


@dataclass(slots=True)
class StoredText:
    """A text on its way into the database, with its rows so far."""

    story: SampleStory
    text: SampleText
    item: NewsItem
    editions: list[Edition]


def store(samples: Iterable[SampleStory]) -> Iterator[int]:
    """Store the stories chunk by chunk, each in its transaction, and yield how many items each has made."""
    originals: list[int] = []
    remaining = iter(samples)
    while chunk := list(islice(remaining, STORIES_AT_ONCE)):
        with publishing():
            yield _store_chunk(chunk, originals)


def _store_chunk(chunk: list[SampleStory], originals: list[int]) -> int:
    """Store some stories; `originals` are the numbers of all originals so far, and grows by these."""
    stored = _store_items(chunk)
    originals.extend(texts[0].item.pk for texts in stored)
    firsts, translations = [texts[0] for texts in stored], list(chain.from_iterable(texts[1:] for texts in stored))
    everything = [*firsts, *translations]
    _store_all_editions(firsts, translations, originals)
    refresh_documents([text.item.pk for text in everything])
    record_changes({text.item.pk: _moments_to_come(text) for text in everything})
    record_acts(map(_creation, everything))
    return len(everything)


def _store_all_editions(firsts: list[StoredText], translations: list[StoredText], originals: list[int]) -> None:
    """Store them number by number, originals before translations: a translation names the edition that it renders."""
    for number in range(max(len(first.text.editions) for first in firsts)):
        _store_editions(firsts, number, originals, renders={})
        renders = {first.item.pk: first.editions[-1] for first in firsts}
        _store_editions(translations, number, originals, renders=renders)


def _creation(text: StoredText) -> Act:
    """Make the act of an item's creation; one for all its editions."""
    approved = sum(1 for edition in text.text.editions if edition.visible_from)
    told = {"title": text.editions[-1].title, "language": text.item.language, "source": SOURCE}
    return act_on("create", text.item, after=told | {"editions": len(text.editions), "approved editions": approved})


def _moments_to_come(text: StoredText) -> list[datetime.datetime]:
    """Return the moments at which scheduled editions begin."""
    now = timezone.now()
    moments = {edition.visible_from for edition in text.text.editions}
    return sorted(moment for moment in moments if moment and moment > now)


def _store_items(chunk: list[SampleStory]) -> list[list[StoredText]]:
    """Create the items, originals first, and return the texts by story."""
    now = timezone.now()
    stored = [[StoredText(story, text, _item(text, now), []) for text in story.texts] for story in chunk]
    NewsItem.objects.bulk_create([texts[0].item for texts in stored])
    translations = [(text.item, texts[0].item) for texts in stored for text in texts[1:]]
    for translation, original in translations:
        translation.translation_of = original
    NewsItem.objects.bulk_create([translation for translation, _original in translations])
    return stored


def _item(text: SampleText, now: datetime.datetime) -> NewsItem:
    return NewsItem(language=text.language, slug=readable_slug(text.editions[-1].title), imported_at=now, source=SOURCE)


def _store_editions(texts: list[StoredText], number: int, originals: list[int], *, renders: dict[int, Edition]) -> None:
    """Store the editions with the number (from 0), as drafts with their tags, then approve them."""
    texts = [text for text in texts if number < len(text.text.editions)]
    for text in texts:
        edition = _edition(text, number, originals)
        edition.renders = renders.get(edition.story_id)
        text.editions.append(edition)
    editions = [text.editions[-1] for text in texts]
    Edition.objects.bulk_create(editions)
    _store_tags(editions)
    _approve(texts, number)


def _edition(text: StoredText, number: int, originals: list[int]) -> Edition:
    """Make the draft of an edition, its tags as the edition keeps them."""
    sample, story = text.text.editions[number], text.story
    return Edition(
        item=text.item,
        number=number + 1,
        language=text.item.language,
        story_id=text.item.story_id,
        kind=story.kind,
        title=sample.title,
        summary=sample.summary,
        dateline=text.text.dateline,
        body=sample.body,
        issued_at=sample.issued_at,
        change_note=sample.change_note,
        tags={
            "issued_by": list(story.issued_by),
            "countries": list(story.countries),
            "topics": list(story.topics),
            "related": [originals[index] for index in story.related],
        },
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


def _approve(texts: list[StoredText], number: int) -> None:
    """Approve the editions with the number, and end the ones before them."""
    approved = [(text, sample) for text in texts if (sample := text.text.editions[number]).visible_from]
    if number == 0:
        _approve_at_issue([text.editions[0].pk for text, _sample in approved])
        return
    for text, sample in approved:
        _approve_after(text.editions[-2], text.editions[-1], sample)


def _approve_at_issue(numbers: list[int]) -> None:
    """Approve first editions: they are visible from the moment they were issued."""
    Edition.objects.filter(pk__in=numbers).update(state=Edition.State.APPROVED, visible_from=F("issued_at"))


def _approve_after(previous: Edition, edition: Edition, sample: SampleEdition) -> None:
    """Approve a corrected edition: the one before ends when it begins."""
    Edition.objects.filter(pk=previous.pk).update(visible_until=sample.visible_from)
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.APPROVED, visible_from=sample.visible_from)
