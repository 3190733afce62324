"""What an editor writes: as one value, compared, copied, stored in an open edition, and asked what it lacks."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from library.models import Attachment, Image
from library.models.attachment import newest
from news.models import (
    Edition,
    EditionCountry,
    EditionInstitution,
    EditionRelatedItem,
    EditionTopic,
)
from news.workflow.held import held_by, undescribed, write_rows
from taxonomy.models import Country, Institution, Topic

SLUG_LENGTH = 100  # letters; longer addresses break in mails
TAGS = ("issued_by", "countries", "topics", "related", "pictures", "attachments")
NAMED: dict[str, tuple[Any, Any]] = {  # the model, and what holds the name: a field, or where one is found
    "issued_by": (Institution, "name_en"),
    "countries": (Country, "name_en"),
    "topics": (Topic, "name_en"),
    "pictures": (Image, "name"),
    "attachments": (Attachment, newest("title")),
}


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an editor writes; tags are primary keys, in the order in which the page names them."""

    title: str
    kind: str = Edition.Kind.NEWS
    summary: str = ""
    dateline: str = ""
    body: str = ""
    issued_at: datetime.datetime | None = None
    issued_by: Sequence[int] = ()
    countries: Sequence[int] = ()
    topics: Sequence[int] = ()
    related: Sequence[int] = ()
    pictures: Sequence[int] = ()  # the first one leads, the others are its gallery
    attachments: Sequence[int] = ()
    is_minor: bool = False
    change_note: str = ""

    def tags(self) -> dict[str, list[int]]:
        """Return the tags as the edition keeps them."""
        return {name: list(getattr(self, name)) for name in TAGS}

    def fields(self) -> dict[str, Any]:
        """Return the columns of the edition, without the tags."""
        return {name: value for name, value in asdict(self).items() if name not in self.tags()}

    def plain(self) -> dict[str, Any]:
        """Return all of it as plain values, to be compared: moments in UTC, records by number."""
        moment = self.issued_at and self.issued_at.astimezone(datetime.UTC).isoformat()
        return self.fields() | self.tags() | {"issued_at": moment}


def in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values as the record keeps them: what a text is tagged with by name and number."""
    return dict(values) | {name: _named(*NAMED[name], values[name]) for name in NAMED if values.get(name)}


def _named(model: Any, name: Any, numbers: Sequence[int]) -> list[str]:
    """Name records in one language for all readers of the record."""
    names = dict(model.objects.filter(pk__in=numbers).values_list("pk", name))
    return [f"{names.get(number) or ''} ({number})" for number in numbers]


def content_of(edition: Edition) -> Content:
    """Return what the edition holds."""
    names = [name for name in Content.__dataclass_fields__ if name not in edition.tags]
    return Content(**{name: getattr(edition, name) for name in names if hasattr(edition, name)}, **edition.tags)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return of both only what is not the same in the other."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def readable_slug(title: str) -> str:
    """Make the readable end of an address from a title in any script, in Latin letters without accents."""
    latin = title if title.isascii() else anyascii(title)
    slug = slugify(latin.replace("/", "-")) or "item"  # 36/2026 is two numbers
    return slug if len(slug) <= SLUG_LENGTH else slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


def missing_from(content: Content, *, needs_note: bool) -> dict[str, str]:
    """Name everything that the content lacks before it can be submitted or approved, by the field that lacks it.

    Args:
        content: what is written so far.
        needs_note: whether readers are to be told what has changed, unless it is minor: from the second edition on.
    """
    lacks = {
        "title": (_("a title"), not content.title.strip()),
        "summary": (_("a summary"), not content.summary.strip()),
        "body": (_("a text"), not content.body.strip()),
        "issued_at": (_("the date of issue"), content.issued_at is None),
        "issued_by": (_("an issuing institution"), not content.issued_by),
        "change_note": (
            _("a sentence for readers on what has changed, or the mark “minor change”"),
            needs_note and not content.is_minor and not content.change_note.strip(),
        ),
    }
    return {field: str(name) for field, (name, is_missing) in lacks.items() if is_missing}


def missing(edition: Edition, *, is_import: bool = False) -> list[str]:
    """Name everything that the edition lacks before it can be submitted or approved.

    An import needs no note on what has changed: nobody is there to write it.
    """
    needs_note = edition.number > 1 and not is_import
    content = content_of(edition)
    lacks = missing_from(content, needs_note=needs_note) | undescribed(content, edition.language)
    return list(lacks.values())


def store(edition: Edition, content: Content) -> None:
    """Write the content into an open edition, new or existing; the caller holds a transaction.

    Raises:
        ValidationError: the edition is approved.
    """
    for name, value in content.fields().items():
        setattr(edition, name, value)
    edition.tags = content.tags()
    held = held_by(content, edition.language)
    edition.files = held.files
    is_new = edition.pk is None
    edition.save()
    _write_tags(edition, is_new=is_new)
    write_rows(edition, held, is_new=is_new)


def _write_tags(edition: Edition, *, is_new: bool) -> None:
    """Write the tags' rows anew; they are what lists ask."""
    tags = edition.tags
    rows: dict[Any, list[Any]] = {  # by model
        EditionInstitution: [
            EditionInstitution(edition=edition, institution_id=pk, position=n) for n, pk in enumerate(tags["issued_by"])
        ],
        EditionCountry: [EditionCountry(edition=edition, country_id=pk) for pk in tags["countries"]],
        EditionTopic: [EditionTopic(edition=edition, topic_id=pk) for pk in tags["topics"]],
        EditionRelatedItem: [
            EditionRelatedItem(edition=edition, item_id=pk, position=n) for n, pk in enumerate(tags["related"])
        ],
    }
    for model, wanted in rows.items():
        if not is_new:
            model.objects.filter(edition=edition).delete()
        model.objects.bulk_create(wanted)
