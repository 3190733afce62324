"""The publishing verbs: each checks its rule under the publishing lock, writes, and leaves a row in the log."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from news.changes import publishing, record_change
from news.models import (
    Edition,
    EditionCountry,
    EditionInstitution,
    EditionRelatedItem,
    EditionTopic,
    NewsItem,
)

SLUG_LENGTH = 100  # letters; longer addresses break in mails


class WorkflowError(ValidationError):
    """An act that the rules refuse; its messages are for the person who tried."""


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
    is_minor: bool = False
    change_note: str = ""

    def tags(self) -> dict[str, list[int]]:
        """Return the tags as the edition keeps them."""
        return {name: list(getattr(self, name)) for name in ("issued_by", "countries", "topics", "related")}

    def fields(self) -> dict[str, Any]:
        """Return the columns of the edition, without the tags."""
        return {name: value for name, value in asdict(self).items() if name not in self.tags()}


def content_of(edition: Edition) -> Content:
    """Return what the edition holds."""
    names = [name for name in Content.__dataclass_fields__ if name not in edition.tags]
    return Content(**{name: getattr(edition, name) for name in names if hasattr(edition, name)}, **edition.tags)


def readable_slug(title: str) -> str:
    """Make the readable end of an address from a title in any script, in Latin letters without accents."""
    slug = slugify(anyascii(title)) or "item"
    return slug if len(slug) <= SLUG_LENGTH else slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]


@transaction.atomic
def create_item(
    content: Content, *, language: str = "en", slug: str = "", translation_of: NewsItem | None = None, **origin: Any
) -> Edition:
    """Create an item with its first draft, and return that.

    Args:
        content: what the draft holds.
        language: the item's language.
        slug: the readable end of its address; made from the title when empty.
        translation_of: the original that it translates.
        origin: `source`, `source_id`, `imported_at`, `import_digest` of an imported item.
    """
    item = NewsItem(
        language=language, slug=slug or readable_slug(content.title), translation_of=translation_of, **origin
    )
    item.full_clean(exclude=["slug"])
    item.save()
    return save_draft(Edition(item=item, language=language, story_id=item.story_id), content)


@transaction.atomic
def save_draft(edition: Edition, content: Content) -> Edition:
    """Store the content in an open edition, new or existing.

    Raises:
        ValidationError: the edition is approved.
    """
    for name, value in content.fields().items():
        setattr(edition, name, value)
    edition.tags = content.tags()
    is_new = edition.pk is None
    edition.save()
    _write_tags(edition, is_new=is_new)
    return edition


def open_edition(item: NewsItem) -> Edition:
    """Open the next edition of an item, with the content of the newest approved one.

    Raises:
        WorkflowError: an edition is open already, or nothing was approved yet.
    """
    with publishing():
        newest = item.editions.order_by("-number").first()
        if newest is None or newest.is_open:
            raise WorkflowError(_("This item has an open draft already. Finish that one first."))
        copy = Edition(item=item, number=newest.number + 1, language=item.language, story_id=item.story_id)
        copy.renders = newest.renders
        return save_draft(copy, content_of(newest))


def missing_from(content: Content) -> dict[str, str]:
    """Name everything that the content lacks before it can be approved, by the field that lacks it."""
    lacks = {
        "title": (_("a title"), not content.title.strip()),
        "summary": (_("a summary"), not content.summary.strip()),
        "body": (_("a text"), not content.body.strip()),
        "issued_at": (_("the date of issue"), content.issued_at is None),
        "issued_by": (_("an issuing institution"), not content.issued_by),
    }
    return {field: str(name) for field, (name, is_missing) in lacks.items() if is_missing}


def missing(edition: Edition) -> list[str]:
    """Name everything that the edition lacks before it can be approved."""
    return list(missing_from(content_of(edition)).values())


def discard(edition: Edition) -> None:
    """Delete an open edition, and with it its item when that was never approved.

    Raises:
        WorkflowError: the edition is approved or gone, or another item points to the one that would go.
    """
    with publishing():
        stored = Edition.objects.select_related("item").filter(pk=edition.pk).first()
        if stored is None or not stored.is_open:
            raise WorkflowError(_("There is no draft to discard: it was approved or discarded meanwhile."))
        item, title = stored.item, stored.title
        try:
            with transaction.atomic():
                stored.delete()
                if not item.editions.exists():
                    item.delete()
        except ProtectedError as error:
            others = ", ".join(sorted({str(record) for record in error.protected_objects}))
            raise WorkflowError(
                _("“%(title)s” cannot be discarded, since others refer to it: %(others)s."),
                params={"title": title, "others": others},
            ) from error


def approve(
    edition: Edition,
    *,
    visible_from: datetime.datetime | None = None,
    from_archive: bool = False,
    now: datetime.datetime | None = None,
) -> Edition:
    """Approve an open edition: it is visible from a moment on, and the edition before it until then.

    Args:
        edition: the open edition; what it stores is read again under the lock.
        visible_from: the moment, by default now.
        from_archive: allow a past moment, for an import of what was published elsewhere.
        now: the moment of the act, for tests.

    Raises:
        WorkflowError: something is missing, the moment lies in the past, or another edition is scheduled.
    """
    now = now or timezone.now()
    moment = visible_from or now
    with publishing():
        edition = Edition.objects.select_related("item").get(pk=edition.pk)
        previous = edition.item.editions.filter(visible_from__isnull=False).order_by("-visible_from").first()
        _refuse_approval(edition, previous, moment=moment, now=now, from_archive=from_archive)
        _make_visible(edition, previous, moment=moment)
    return edition


def _make_visible(edition: Edition, previous: Edition | None, *, moment: datetime.datetime) -> None:
    """Let the one interval end where the other begins, and write it into the log."""
    if previous is not None:
        previous.visible_until = moment
        previous.save(update_fields=["visible_until"])
    edition.state = Edition.State.APPROVED
    edition.visible_from = moment
    edition.save()
    record_change(f"news item {edition.item_id}", old=previous, new=edition, matters_at=[moment])


def _refuse_approval(
    edition: Edition,
    previous: Edition | None,
    *,
    moment: datetime.datetime,
    now: datetime.datetime,
    from_archive: bool,
) -> None:
    """Raise what speaks against an approval, everything at once."""
    if not edition.is_open:
        raise WorkflowError(_("Edition %(number)s is approved already."), params={"number": edition.number})
    refusals = {
        _("Before it can be approved, it needs: %(what)s.") % {"what": ", ".join(missing(edition))}: missing(edition),
        _("The moment from which it is visible lies in the past."): moment < now and not from_archive,
        _("The date of issue lies after the moment from which it is visible."): (edition.issued_at or moment) > moment,
    } | _against_previous(previous, moment=moment, now=now)
    if problems := [text for text, applies in refusals.items() if applies]:
        raise WorkflowError(problems)


def _against_previous(
    previous: Edition | None, *, moment: datetime.datetime, now: datetime.datetime
) -> dict[str, bool]:
    """Say what the edition before has against the moment."""
    if previous is None or previous.visible_from is None:
        return {}
    number = {"number": previous.number}
    return {
        _("Edition %(number)s is scheduled already.") % number: previous.visible_from > now,
        _("Edition %(number)s was visible later than that.") % number: previous.visible_from >= moment,
    }


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
