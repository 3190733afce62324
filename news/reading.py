"""What the page of a news item shows: the edition, the languages and the history of its text, related items."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from news.addresses import Crumb
from news.cards import LANGUAGE_ORDER, Card, Tags, Tongue, cards, direction, foreign
from news.kinds import PLURALS
from news.models import Edition
from news.question import Question
from taxonomy.dates import day_label

CRUMB_LENGTH = 60  # letters; the whole title stands below it


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEdition:
    """An edition that is or was public."""

    number: int
    visible_from: datetime.datetime | None  # never empty in an approved edition
    visible_until: datetime.datetime | None
    is_minor: bool
    change_note: str
    is_first: bool
    is_current: bool


def item_page(edition: Edition) -> dict[str, Any]:
    """Return what the item's page shows, in two queries beside the edition's own; a draft may lack most of it."""
    record = _public_record(edition)
    tongues, history = _tongues(record), _history(record, edition.item_id)
    kind = Crumb(name=PLURALS[edition.kind], address=f"{reverse('news_list')}{Question(kinds=(edition.kind,)).query()}")
    return {
        "edition": edition,
        "address": edition.get_absolute_url(),
        "tags": Tags(edition=edition),
        "foreign": foreign(edition.language),
        "direction": direction(edition.language),
        "dateline": _dateline(edition),
        "kind": kind,
        "tongues": tongues,
        "history": history,
        "published": history[-1].visible_from if history else None,  # None in a preview
        "updated": next((entry.visible_from for entry in history if not (entry.is_minor or entry.is_first)), None),
        "related": related_cards(edition),
        "trail": [Crumb(name=_("News"), address=reverse("news_list")), *([kind] if edition.kind != "news" else [])],
        "current": Truncator(edition.title).chars(CRUMB_LENGTH).replace(" …", "…"),
    } | _languages(edition, tongues)


def edition_page(edition: Edition) -> dict[str, Any]:
    """Return what the page of one edition shows: the item's page as it was, and where the present one stands."""
    page = item_page(edition)
    past = next(entry for entry in page["history"] if entry.number == edition.number)
    crumb = Crumb(name=edition.title, address=page["address"])
    return page | {
        "past": past,
        "editions": len(page["history"]),
        "has_current": any(entry.is_current for entry in page["history"]),
        "canonical_path": page["address"],
        "page_versions": [],
        "trail": [*page["trail"], crumb],
        "current": _("Edition %(number)s") % {"number": edition.number},
    }


def edition_address(edition: Edition) -> str:
    """Return the address at which this one edition stays readable."""
    return f"{edition.get_absolute_url()}editions/{edition.number}/"


def related_cards(edition: Edition) -> list[Card]:
    """Return cards of the related items that are listed now, in the order in which the edition names them."""
    numbers = edition.tags.get("related")
    if not numbers:
        return []
    listed = Edition.objects.listed().filter(item__in=numbers).for_cards()
    found = {card.edition.item_id: card for card in cards(listed, with_tongues=False)}
    return [found[number] for number in numbers if number in found]


def _public_record(edition: Edition) -> list[Edition]:
    """Return every edition of the story that is or was public, in all its languages, without the texts."""
    rows = Edition.objects.ever_visible().filter(story=edition.story_id).select_related("item")
    columns = ("number", "language", "visible_from", "visible_until", "is_minor", "change_note", "item__slug")
    return list(rows.only("item_id", *columns).order_by("visible_from"))


def _is_current(edition: Edition, now: datetime.datetime) -> bool:
    return edition.visible_until is None or edition.visible_until > now


def _tongues(record: list[Edition]) -> list[Tongue]:
    """Return the languages in which the story can be read now, its own included."""
    now = timezone.now()
    current = [edition for edition in record if _is_current(edition, now)]
    tongues = [Tongue(language=edition.language, item=edition.item_id, slug=edition.item.slug) for edition in current]
    return sorted(tongues, key=lambda tongue: LANGUAGE_ORDER[tongue.language])


def _history(record: list[Edition], item: int) -> list[PastEdition]:
    """Return the item's editions, the newest first."""
    now = timezone.now()
    own = [edition for edition in record if edition.item_id == item]
    return [
        PastEdition(
            number=edition.number,
            visible_from=edition.visible_from,
            visible_until=edition.visible_until,
            is_minor=edition.is_minor,
            change_note=edition.change_note,
            is_first=edition is own[0],
            is_current=_is_current(edition, now),
        )
        for edition in reversed(own)
    ]


def _dateline(edition: Edition) -> str:
    """Return place and day as the text opens with them, in the text's own language."""
    if not edition.dateline or edition.issued_at is None:
        return edition.dateline
    day = day_label(timezone.localdate(edition.issued_at), language=edition.language)
    return f"{edition.dateline}, {day.rstrip('.')}."


def _languages(edition: Edition, tongues: list[Tongue]) -> dict[str, Any]:
    """Return what the frame says of languages: true translations, and the site's start page for the others."""
    versions = [(tongue.language, tongue.name, tongue.address) for tongue in tongues]
    translated = {code: address for code, _name, address in versions}
    return {
        "page_language": edition.language,
        "page_versions": versions,
        "page_languages": [(code, name, translated.get(code) or _home(code)) for code, name in settings.LANGUAGES],
    }


def _home(language: str) -> str:
    with override(language):
        return reverse("home")
