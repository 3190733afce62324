"""The verbs of an open edition: create, write, open the next, submit, return, discard."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from news import access
from news.changes import publishing
from news.models import Contribution, Edition, NewsItem
from news.notices import tell
from news.workflow.content import Content, content_of, differences, missing, readable_slug, store
from news.workflow.transitions import (
    State,
    WorkflowError,
    acting_on,
    newest_edition,
    note_part,
    permit,
    refuse_removed,
)
from record.acts import record_act


@transaction.atomic
def create_item(
    content: Content,
    *,
    by: Any,
    language: str = "en",
    slug: str = "",
    translation_of: NewsItem | None = None,
    **origin: Any,
) -> Edition:
    """Create an item with its first draft, and return that.

    Args:
        content: what the draft holds.
        by: the user who writes; None for an import.
        language: the item's language.
        slug: the readable end of its address; made from the title when empty.
        translation_of: the original that it translates.
        origin: `source`, `source_id`, `imported_at`, `import_digest` of an imported item.

    Raises:
        ValidationError: the item contradicts another, or would be issued by institutions that are not the user's.
        PermissionDenied: the user may not create items.
    """
    permit("create", None, by)
    refuse_foreign(content, by)
    item = NewsItem(
        language=language, slug=slug or readable_slug(content.title), translation_of=translation_of, **origin
    )
    item.full_clean(exclude=["slug"])
    item.save()
    edition = Edition(item=item, language=language, story_id=item.story_id)
    store(edition, content)
    note_part(edition, by, Contribution.Part.WROTE)
    record_act("create", edition, after=content.plain() | {"language": language, "slug": item.slug}, concerns=item)
    return edition


def save_draft(edition: Edition, content: Content, *, by: Any) -> Edition:
    """Store the content in an open edition; what was returned is a draft again.

    Raises:
        WorkflowError: the edition is approved or gone, or would be issued by institutions that are not the user's.
        PermissionDenied: the user may not write it.
    """
    with acting_on(edition, "write", by) as stored:
        refuse_foreign(content, by)
        before, after = differences(content_of(stored).plain(), content.plain())
        if stored.state == State.RETURNED:
            stored.state = State.DRAFT
        store(stored, content)
        note_part(stored, by, Contribution.Part.WROTE)
        if after:
            record_act("write", stored, before=before, after=after, concerns=stored.item)
        return stored


def open_edition(item: NewsItem, *, by: Any) -> Edition:
    """Open the next edition of an item, with the content of the newest approved one.

    Raises:
        WorkflowError: an edition is open already, nothing was approved yet, or the item is removed.
        PermissionDenied: the user may not write the item.
    """
    with publishing():
        newest = newest_edition(item)
        permit("write", newest, by)
        if newest is None or newest.is_open:
            raise WorkflowError(_("This item has an open draft already. Finish that one first."))
        refuse_removed(item)
        opened = copy_of(newest)
        note_part(opened, by, Contribution.Part.WROTE)
        record_act("open", opened, after={"number": opened.number}, concerns=item)
        return opened


def copy_of(newest: Edition, **changed: Any) -> Edition:
    """Store the next edition as a draft with the content of this one, but for its change note and what is `changed`."""
    copy = Edition(item=newest.item, number=newest.number + 1, language=newest.language, story_id=newest.story_id)
    copy.renders = newest.renders
    values = content_of(newest).fields() | newest.tags | {"is_minor": False, "change_note": ""} | changed
    store(copy, Content(**values))
    return copy


def submit(edition: Edition, *, by: Any) -> Edition:
    """Hand an edition over to someone else's eyes.

    Raises:
        WorkflowError: something is missing (all of it is named), or it is submitted or approved already.
        PermissionDenied: the user may not submit it.
    """
    with acting_on(edition, "submit", by) as stored:
        if lacks := missing(stored):
            raise WorkflowError(
                _("Before it can be submitted, it needs: %(what)s."), params={"what": ", ".join(lacks)}, code="missing"
            )
        _move(stored, State.SUBMITTED, verb="submit", remark="")
        note_part(stored, by, Contribution.Part.SUBMITTED)
        tell("submit", stored, by=by)
        return stored


def send_back(edition: Edition, *, by: Any, remark: str) -> Edition:
    """Return a submitted edition to its writers, with a remark on what to mend.

    Raises:
        WorkflowError: there is no remark, or the edition is not submitted.
        PermissionDenied: the user may not return it.
    """
    with acting_on(edition, "return", by) as stored:
        if not remark.strip():
            raise WorkflowError(_("Say in a sentence what has to be mended."), code="no_remark")
        _move(stored, State.RETURNED, verb="return", remark=remark.strip())
        tell("return", stored, by=by, words=stored.remark)
        return stored


def discard(edition: Edition, *, by: Any) -> None:
    """Delete an open edition, and with it its item when that was never approved.

    Raises:
        WorkflowError: the edition is approved or gone, or another item points to the one that would go.
        PermissionDenied: the user may not discard it.
    """
    with acting_on(edition, "discard", by) as stored:
        item, title = stored.item, stored.title
        record_act("discard", stored, before=content_of(stored).plain(), concerns=item)
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


def refuse_foreign(content: Content, by: Any) -> None:
    """Refuse content that only institutions would issue to which the user does not belong.

    Raises:
        WorkflowError: none of the issuing institutions is the user's.
    """
    if by is None or not content.issued_by or access.works_everywhere(by):
        return
    if access.home_of(by).isdisjoint(content.issued_by):
        raise WorkflowError(
            {"issued_by": _("Name at least one institution that you work for among those that issue it.")}
        )


def _move(edition: Edition, state: str, *, verb: str, remark: str) -> None:
    """Bring an open edition into another state, and write it into the record."""
    before = {"state": edition.state, "remark": edition.remark}
    edition.state, edition.remark = state, remark
    edition.save(update_fields=["state", "remark", "saved_at"])
    was, became = differences(before, {"state": state, "remark": remark})
    record_act(verb, edition, before=was, after=became, concerns=edition.item)
