"""What the pages of a news item show: as it stands, as it stood at a moment, one edition of it, two compared."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from library.shown import Shown
from news.addresses import Crumb
from news.cards import Card, Tags, cards, direction, foreign
from news.comparison import compare
from news.kinds import PLURALS
from news.models import Edition
from news.moments import moment_text
from news.public_record import PastEdition, PublicRecord
from news.question import Question
from news.removed import notice_for
from news.start_pages import start_pages
from taxonomy.dates import day_label

CRUMB_LENGTH = 60  # letters; the whole title stands below it


def item_page(edition: Edition) -> dict[str, Any]:
    """Return what the item's page shows, in two queries beside the edition's own; a draft may lack most of it.

    One more tells why it was withdrawn, where it was.
    """
    page = _page(edition, PublicRecord(edition.story_id))
    return page | {"removal": notice_for(edition) if edition.listed_until else None}


def as_of_page(edition: Edition, at: datetime.datetime) -> dict[str, Any]:
    """Return what stood on the item's page at the moment, and where the present one stands."""
    question = f"?at={moment_text(at)}"
    page = _page(edition, PublicRecord(edition.story_id, at=at), question=question)
    imported_at = edition.item.imported_at
    return _beside_the_present(page, f"{page['address']}{question}") | {
        "at": at,
        "past": page["history"][0],
        "removal": notice_for(edition, at=at),
        "imported_at": imported_at if imported_at and imported_at > at else None,
        "current": _("As it stood"),
    }


def edition_page(edition: Edition) -> dict[str, Any]:
    """Return what the page of one edition shows: the item's page as it was, and where the present one stands."""
    page = _page(edition, PublicRecord(edition.story_id))
    return _beside_the_present(page, edition_address(edition)) | {
        "past": next(entry for entry in page["history"] if entry.number == edition.number),
        "editions": len(page["history"]),
        "removal": notice_for(edition),
        "current": _("Edition %(number)s") % {"number": edition.number},
    }


def comparison_page(old: Edition, new: Edition) -> dict[str, Any]:
    """Return what the page of a comparison shows: both editions, what differs, and the form that asks for others."""
    record = PublicRecord(new.story_id)
    page = _frame(new, record) | {"history": record.history(new.item_id)}
    by_number = {entry.number: entry for entry in page["history"]}
    address = comparison_address(old, new)
    return _beside_the_present(page, address) | {
        "canonical_path": address,
        "old": by_number[old.number],
        "new": by_number[new.number],
        "pair": [by_number[old.number], by_number[new.number]],
        "comparison": compare(old, new, titles=_titles(old, new)),
        "removal": notice_for(new),
        "current": _("What has changed"),
    }


def edition_address(edition: Edition) -> str:
    """Return the address at which this one edition stays readable."""
    return f"{edition.get_absolute_url()}editions/{edition.number}/"


def comparison_address(old: Edition, new: Edition) -> str:
    """Return the address at which two editions of an item are compared."""
    return f"{new.get_absolute_url()}editions/compare/?{_pair(old, new)}"


def related_cards(edition: Edition, *, at: datetime.datetime | None = None) -> list[Card]:
    """Return cards of the related items that are listed at the moment, in the order in which the edition names them."""
    numbers = edition.tags.get("related")
    if not numbers:
        return []
    listed = Edition.objects.listed(at=at).filter(item__in=numbers).for_cards()
    found = {card.edition.item_id: card for card in cards(listed, with_tongues=False)}
    return [found[number] for number in numbers if number in found]


def _page(edition: Edition, record: PublicRecord, *, question: str = "") -> dict[str, Any]:
    """Return what every page that shows an edition holds, as of the record's moment."""
    history = record.history(edition.item_id)
    return _frame(edition, record, question=question) | {
        "tags": Tags(edition=edition),
        "shown": Shown(edition.files, is_past=not history),  # a preview leads to the very versions that it holds
        "dateline": _dateline(edition),
        "history": history,
        "published": history[-1].visible_from if history else None,  # None in a preview
        "updated": _updated(history),
        "related": related_cards(edition, at=record.at),
    }


def _frame(edition: Edition, record: PublicRecord, *, question: str = "") -> dict[str, Any]:
    """Return what stands around the text: where it stands, and in which languages it can be read.

    The `question` is what asks for the same moment in another language.
    """
    kind = Crumb(name=PLURALS[edition.kind], address=reverse("news_list") + Question(kinds=(edition.kind,)).query())
    address, tongues = edition.get_absolute_url(), record.tongues(edition.item_id)
    versions = [(tongue.language, tongue.name, tongue.address + question) for tongue in tongues]
    translated = {code: address for code, _name, address in versions}
    return {
        "edition": edition,
        "address": address,
        "own_address": address,
        "question": question,
        "has_current": edition.item_id in record.items_now,
        "foreign": foreign(edition.language),
        "direction": direction(edition.language),
        "kind": kind,
        "tongues": tongues,
        "trail": [Crumb(name=_("News"), address=reverse("news_list")), *([kind] if edition.kind != "news" else [])],
        "current": Truncator(edition.title).chars(CRUMB_LENGTH).replace(" …", "…"),
        "page_language": edition.language,
        "page_versions": versions,
        "page_languages": [(code, name, translated.get(code) or home) for code, name, home in start_pages()],
    }


def _beside_the_present(page: dict[str, Any], own_address: str) -> dict[str, Any]:
    """Return the page as one beside the item's present page, to which it leads."""
    return page | {
        "shown": Shown(page["edition"].files, is_past=True),
        "own_address": own_address,
        "canonical_path": page["address"],
        "page_versions": [],
        "trail": [*page["trail"], Crumb(name=page["edition"].title, address=page["address"])],
    }


def _dateline(edition: Edition) -> str:
    """Return place and day as the text opens with them, in the text's own language."""
    if not edition.dateline or edition.issued_at is None:
        return edition.dateline
    day = day_label(timezone.localdate(edition.issued_at), language=edition.language)
    return f"{edition.dateline}, {day.rstrip('.')}."


def _updated(history: list[PastEdition]) -> datetime.datetime | None:
    """Return when the last change came that readers were told of."""
    return next((entry.visible_from for entry in history if not (entry.is_minor or entry.is_first)), None)


def _pair(old: Edition, new: Edition) -> str:
    return f"from={old.number}&to={new.number}"


def _titles(*editions: Edition) -> dict[int, str]:
    """Return the titles of the related items that readers can open."""
    numbers = {number for edition in editions for number in edition.tags.get("related", ())}
    return dict(Edition.objects.visible().filter(item__in=numbers).values_list("item", "title")) if numbers else {}
