"""One item as data: as it stands, as it stood at a moment, one edition of it; or what became of it."""

import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from news.api.files import attachments_of, images_of
from news.api.lists import item_address, row_data, tongue_data
from news.api.refusals import Refusal, unknown_value
from news.api.schemas import EditionRow, NewsText, NoticeData, RelatedItem
from news.asked import moment_asked
from news.destinations import address_of, follow
from news.models import Edition, Removal
from news.moments import moment_text
from news.public_record import PastEdition, PublicRecord
from news.reading import edition_address, related_cards
from news.removed import GONE, Notice, notice_for
from news.rows import Row
from taxonomy.api import full

ITEM = "news_item "  # what a removal that leads to an item begins with


def moment_of(request: HttpRequest) -> datetime.datetime | None:
    """Return the past moment that the address asks for.

    Raises:
        Refusal: it is none, or has not come.
    """
    try:
        return moment_asked(request)
    except Http404 as error:
        raise unknown_value("at", request.GET["at"]) from error


def present(number: int, *, at: datetime.datetime | None) -> NewsText | HttpResponsePermanentRedirect:
    """Return what stands at the item's address, now or at the moment, or where its readers are led.

    Raises:
        Refusal: it was published in error.
        Http404: nothing stands there.
    """
    edition = Edition.objects.visible(at=at).select_related("item").filter(item=number).first()
    if edition is None:
        return lead_on(number, is_present=at is None)
    removal = notice_for(edition, at=at) if at or edition.listed_until else None
    return _text(edition, removal, at=at, query=f"?at={moment_text(at)}" if at else "")


def past(number: int, edition: int) -> NewsText | HttpResponsePermanentRedirect:
    """Return one edition that is or was public, or where its readers are led.

    Raises:
        Refusal: it was published in error.
        Http404: nothing stands there.
    """
    public = Edition.objects.ever_visible().select_related("item")
    found = public.filter(item=number, number=edition).first()
    if found is None:
        return lead_on(number, is_present=False)
    return _text(found, notice_for(found))


def lead_on(number: int, *, is_present: bool) -> HttpResponsePermanentRedirect:
    """Redirect to what took the place of a removed item; only its present page is closed where it was consolidated.

    Raises:
        Refusal: it was published in error, and leads nowhere.
        Http404: it was not removed, or never there.
    """
    gone = Removal.objects.standing().exclude(kind=Removal.Kind.WITHDRAWN).filter(item=number)
    removal = gone.select_related("item").first()
    if removal is None or (removal.kind == Removal.Kind.CONSOLIDATED and not is_present):
        raise Http404(_("No news has the number %(number)s.") % {"number": number})
    end, closed = follow(removal.leads_to)
    address = "" if closed or not end else _address_at(end)
    if not address:
        raise _published_in_error(closed or removal)
    return HttpResponsePermanentRedirect(address)


def _address_at(end: str) -> str:
    """Return the address of the data where there is an item, else that of the page."""
    if end.startswith(ITEM):
        return item_address(int(end.removeprefix(ITEM)))
    return full(address_of(end))


def _published_in_error(removal: Removal) -> Refusal:
    """Return that it is gone, and why; nothing of it is named."""
    detail = removal.explanation or _("It was published in error and has been removed.")
    return Refusal(GONE, "published-in-error", title=_("Published in error"), detail=detail)


def _text(
    edition: Edition, removal: Notice | None, *, at: datetime.datetime | None = None, query: str = ""
) -> NewsText:
    record = PublicRecord(edition.story_id, at=at)
    history = record.history(edition.item_id)
    own = next((entry for entry in history if entry.number == edition.number), None)
    if own is None:  # retracted a moment ago
        raise Http404
    tongues = [tongue for tongue in record.tongues(edition.item_id) if tongue.item != edition.item_id]
    row = row_data(_row(edition, history), [tongue_data(tongue, query=query) for tongue in tongues], query=query)
    return NewsText(
        **row.model_dump(),
        dateline=edition.dateline,
        body_html=edition.body,
        images=images_of(edition),
        attachments=attachments_of(edition),
        edition=edition.number,
        visible_from=_start(own),
        visible_until=_end(own),
        notice=_notice(removal) if removal else None,
        related=_related(edition, at=at, query=query),
        editions=[_edition_row(edition, entry) for entry in history],
    )


def _row(edition: Edition, history: list[PastEdition]) -> Row:
    """Return the item with the moments of its editions, the newest first in `history`."""
    published = _start(history[-1])
    updated = next((_start(entry) for entry in history if not entry.is_minor), published)
    return Row(edition=edition, published_at=published, updated_at=updated, tongues=())


def _edition_row(edition: Edition, entry: PastEdition) -> EditionRow:
    page = edition_address(edition).removesuffix(f"{edition.number}/")
    return EditionRow(
        number=entry.number,
        visible_from=_start(entry),
        visible_until=_end(entry),
        is_minor=entry.is_minor,
        change_note=entry.change_note,
        address=full(f"{page}{entry.number}/"),
        api_address=full(reverse("api:api_edition", args=[edition.item_id, entry.number])),
    )


def _start(entry: PastEdition) -> datetime.datetime:
    return cast("datetime.datetime", entry.visible_from)  # what was approved has it


def _end(entry: PastEdition) -> datetime.datetime | None:
    """Return when the edition ended; one that is still to end would tell of what is not public yet."""
    return None if entry.is_current else entry.visible_until


def _notice(removal: Notice) -> NoticeData:
    return NoticeData(
        kind=Removal.Kind.WITHDRAWN if removal.is_withdrawal else Removal.Kind.CONSOLIDATED,
        explanation=removal.explanation,
        removed_at=removal.removed_at,
        undone_at=removal.undone_at,
        leads_to=full(removal.leads_to) or None,
    )


def _related(edition: Edition, *, at: datetime.datetime | None, query: str) -> list[RelatedItem]:
    return [
        RelatedItem(
            id=card.edition.item_id,
            language=card.edition.language,
            title=card.edition.title,
            address=full(card.address) + query,
            api_address=item_address(card.edition.item_id) + query,
        )
        for card in related_cards(edition, at=at)
    ]
