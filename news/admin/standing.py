"""What an item's page says of it: its editions, which of them is public, and what the newest holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from library.admin.shown import Shown, shown_attachments, shown_images
from news.admin.item_fields import item_texts
from news.admin.moments import clocks, zones_of
from news.admin.next_acts import next_acts
from news.admin.states import edition_state, is_ahead, item_state, newest_first, standing_removal, unreviewed
from news.comparison import Comparison, compare
from news.destinations import address_of, follow
from news.models import Edition, NewsItem, Removal
from record.models import Act
from taxonomy.catalogue import Entry, catalogue
from taxonomy.dates import moment_label, vienna_label

State = Edition.State
CARD = (
    '<span class="chosen__row">{}<span class="chosen__words"><a class="chosen__name" href="{}">{}</a>'
    '<span class="chosen__text">{}</span><span class="chosen__problem">{}</span></span></span>'
)
THUMBNAIL = '<img class="chosen__thumbnail" src="{}" width="72" height="72" alt="">'
TOLD = ("approve", "force", "remove", "restore")  # what may have brought an approved item to where it stands


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    """One row of the table of editions; `address` is empty unless visitors could once read it."""

    edition: Edition
    state: str
    address: str


def standing(item: NewsItem, user: Any) -> dict[str, Any]:
    """Return the editions of an item, the newest first, with their states, and what the user can do next."""
    now = timezone.now()
    editions, removal = newest_first(item), standing_removal(item)
    ahead = next((edition for edition in editions if is_ahead(edition, now)), None)
    return {
        "edition": editions[0],
        "public_edition": next(filter(is_public, editions), None),
        "state_text": item_state(editions, removal=removal, now=now),
        "editions": [
            EditionRow(edition=edition, state=edition_state(edition, now=now), address=edition_address(item, edition))
            for edition in editions
        ],
        "removal": removal,
        "removal_leads_to": end_of(removal) if removal else "",
        "forced": list(filter(unreviewed, editions)),
        "ahead": ahead,
        "ahead_clocks": _shown(ahead, user),
        "last_act": _last_act(item, editions[0]),
        "next": next_acts(user, item, editions),
    }


def end_of(removal: Removal) -> str:
    """Return the address at which the readers of a removed item arrive, or an empty text."""
    return address_of(follow(removal.leads_to)[0]) if removal.leads_to else ""


def is_public(edition: Edition) -> bool:
    """Say whether visitors read this edition now."""
    now = timezone.now()
    is_over = edition.visible_until is not None and edition.visible_until <= now
    return bool(edition.visible_from and edition.visible_from <= now and not is_over and not edition.is_retracted)


def edition_address(item: NewsItem, edition: Edition) -> str:
    """Return where visitors can read an edition that is or was public, or an empty text."""
    if edition.visible_from is None or edition.visible_from > timezone.now() or edition.is_retracted:
        return ""
    return item.get_absolute_url() if is_public(edition) else f"{item.get_absolute_url()}editions/{edition.number}/"


def facts(item: NewsItem, edition: Edition, user: Any) -> list[tuple[str, str]]:
    """Return label and text of everything that the edition holds but its body."""
    records = catalogue()
    related = item_texts(edition.tags.get("related", ()), user)
    return [
        (_("kind"), edition.get_kind_display()),
        (_("title"), edition.title),
        (_("summary"), edition.summary),
        (_("dateline"), edition.dateline),
        (_("issued on"), moment_label(edition.issued_at) if edition.issued_at else ""),
        (_("issued by"), _names(records.institutions, edition.tags.get("issued_by"))),
        (_("countries"), _names(records.countries, edition.tags.get("countries"))),
        (_("fields of work"), _names(records.topics, edition.tags.get("topics"))),
        (_("related items"), "; ".join(related.values())),
        (_("pictures"), _cards(shown_images(edition.tags.get("pictures", ()), edition.language))),
        (_("attachments"), _cards(shown_attachments(edition.tags.get("attachments", ())))),
        (_("language"), item.get_language_display()),
        *([(_("what has changed"), _change(edition))] if edition.number > 1 else []),
    ]


def _cards(cards: Mapping[int, Shown]) -> str:
    """Return images or attachments as the form shows them."""
    return format_html_join(
        "", CARD, ((_thumbnail(card), card.address, card.name, card.text, card.problem) for card in cards.values())
    )


def _thumbnail(card: Shown) -> str:
    return format_html(THUMBNAIL, card.thumbnail) if card.thumbnail else ""


def compared(old: Edition, new: Edition, user: Any) -> Comparison:
    """Return what differs between two editions, related items by the titles that the user may know, else by number."""
    numbers = {number for edition in (old, new) for number in edition.tags.get("related", ())}
    return compare(old, new, titles={number: f"[{number}]" for number in numbers} | item_texts(numbers, user))


def _change(edition: Edition) -> str:
    return _("Minor change") if edition.is_minor else edition.change_note


def _names(entries: Mapping[int, Entry], numbers: list[int] | None) -> str:
    return ", ".join(entries[number].name for number in numbers or () if number in entries)


def _shown(ahead: Edition | None, user: Any) -> list[tuple[str, str, str]]:
    """Return the moment of a scheduled edition by every clock that the user compares."""
    if ahead is None or ahead.visible_from is None:
        return []
    return [(clock.zone, clock.place, clock.text) for clock in clocks(ahead.visible_from, zones_of(user))]


def _last_act(item: NewsItem, newest: Edition) -> str:
    """Say who did last what brought the item to where it stands, and when; empty while it is being written."""
    verbs = {State.DRAFT: (), State.SUBMITTED: ("submit",), State.RETURNED: ("return",)}.get(State(newest.state), TOLD)
    found = Act.objects.on(item).filter(verb__in=verbs).newest_first().first()
    if found is None:
        return ""
    texts = {
        "submit": _("Submitted by %(person)s on %(moment)s."),
        "return": _("Returned by %(person)s on %(moment)s."),
        "approve": _("Approved by %(person)s on %(moment)s."),
        "force": _("Approved without second eyes by %(person)s on %(moment)s."),
        "remove": _("Removed by %(person)s on %(moment)s."),
        "restore": _("The removal was undone by %(person)s on %(moment)s."),
    }
    return texts[found.verb] % {"person": found.actor, "moment": vienna_label(found.at)}
