"""The desk: what waits for a person, each section with its first rows and a way to all of them."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import access
from news.models import Contribution, Edition, NewsItem, Removal
from news.models.edition_queryset import EditionQuerySet
from record.models import Act
from taxonomy.catalogue import catalogue

ROWS = 20  # of each section; the list has the others
State = Edition.State


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """One edition that waits, with who did last what brought it here, and when."""

    edition: Edition
    issuers: str
    person: str
    since: datetime.datetime | None
    moment: datetime.datetime | None  # from when on it is public, where that is to come
    address: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the desk.

    Attributes:
        key: what it is called in addresses of the page.
        title: what it is called for people.
        verbs: the acts that bring an edition here, as the record has them.
        asked: what the list of news items is asked for to show all of them.
        find: the editions, in their order.
        is_urgent: whether it is flagged.
    """

    key: str
    title: str | Promise
    verbs: Sequence[str]
    asked: str
    find: Callable[[Any], QuerySet[Edition]]
    is_urgent: bool = False


def desk(user: Any) -> list[dict[str, Any]]:
    """Return the sections that hold something, with their rows; the number of queries does not depend on theirs."""
    found = [(section, list(section.find(user).select_related("item")[: ROWS + 1])) for section in SECTIONS]
    acts = _last_acts(found)
    return [
        {
            "section": section,
            "rows": [_row(edition, acts, section) for edition in editions[:ROWS]],
            "has_more": len(editions) > ROWS,
            "address": f"{reverse('admin:news_newsitem_changelist')}?{section.asked}",
        }
        for section, editions in found
        if editions
    ]


def desk_page(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show what waits for the person."""
    if not access.may(request.user, "see"):
        raise PermissionDenied
    context = model_admin.admin_site.each_context(request) | {"title": _("Your desk"), "opts": NewsItem._meta}
    return TemplateResponse(request, "admin/news/newsitem/desk.html", context)


def _at_home(user: Any) -> EditionQuerySet:
    """Return the editions of the items at home with the user, as rows need them."""
    editions: EditionQuerySet = Edition.objects.defer("body", "change_note")
    if access.works_everywhere(user):
        return editions
    return editions.filter(Exists(NewsItem.objects.filter(access.at_home(user), pk=OuterRef("item"))))


def _hand_of(user: Any, *parts: str) -> Exists:
    """Ask whether the user had one of these parts in the edition, or any."""
    own = Contribution.objects.filter(edition=OuterRef("pk"), person=user.pk)
    return Exists(own.filter(part__in=parts) if parts else own)


def _open(user: Any, state: str) -> EditionQuerySet:
    """Return the open editions at home in one state, the one that waits longest first."""
    return _at_home(user).open_drafts().filter(state=state).order_by("saved_at", "pk")


def to_approve(user: Any) -> QuerySet[Edition]:
    """Return what others have submitted, if the user may approve at all."""
    if not access.may(user, "approve"):
        return Edition.objects.none()
    return _open(user, State.SUBMITTED).exclude(_hand_of(user))


def returned(user: Any) -> QuerySet[Edition]:
    """Return what was returned to the user."""
    return _open(user, State.RETURNED).filter(_hand_of(user))


def own_drafts(user: Any) -> QuerySet[Edition]:
    """Return what the user is writing."""
    return _open(user, State.DRAFT).filter(_hand_of(user)).order_by("-saved_at", "-pk")


def own_submitted(user: Any) -> QuerySet[Edition]:
    """Return what the user wrote or submitted, and waits for others."""
    return _open(user, State.SUBMITTED).filter(_hand_of(user))


def scheduled(user: Any) -> QuerySet[Edition]:
    """Return what becomes public by itself, the next one first."""
    return _at_home(user).filter(visible_from__gt=timezone.now(), is_retracted=False).order_by("visible_from", "pk")


def forced(user: Any) -> QuerySet[Edition]:
    """Return what was approved without second eyes and not reviewed, to those who may review or force."""
    if not (access.may(user, "review") or access.may(user, "force")):
        return Edition.objects.none()
    unreviewed = _at_home(user).filter(forced_approval__isnull=False, forced_approval__reviewed_at__isnull=True)
    return unreviewed.order_by("forced_approval__forced_at", "pk")


def removed(user: Any) -> QuerySet[Edition]:
    """Return the newest editions of what was removed, the latest removal first."""
    own = NewsItem.objects.filter(access.at_home(user), pk=OuterRef("item"))
    standing = Removal.objects.standing().filter(Exists(own)).order_by("-removed_at", "-pk")
    items = list(standing.values_list("item", flat=True)[: ROWS + 1])
    newer = Edition.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    places = Case(*(When(item=item, then=place) for place, item in enumerate(items)), default=len(items))
    return Edition.objects.filter(~Exists(newer), item__in=items).defer("body", "change_note").order_by(places)


SECTIONS = [
    Section(
        key="forced",
        title=gettext_lazy("Approved without second eyes, not reviewed yet"),
        verbs=["force"],
        asked="state=forced",
        find=forced,
        is_urgent=True,
    ),
    Section(
        key="to-approve",
        title=gettext_lazy("To be approved"),
        verbs=["submit"],
        asked="state=submitted&hand=others",
        find=to_approve,
    ),
    Section(
        key="returned",
        title=gettext_lazy("Returned to you"),
        verbs=["return"],
        asked="state=returned&hand=own",
        find=returned,
    ),
    Section(
        key="drafts",
        title=gettext_lazy("Your drafts"),
        verbs=[],  # when it was saved says enough
        asked="state=draft&hand=own",
        find=own_drafts,
    ),
    Section(
        key="submitted",
        title=gettext_lazy("Submitted by you, waiting for others"),
        verbs=["submit"],
        asked="state=submitted&hand=own",
        find=own_submitted,
    ),
    Section(
        key="scheduled",
        title=gettext_lazy("Scheduled, the next one first"),
        verbs=["approve", "force"],
        asked="state=scheduled",
        find=scheduled,
    ),
    Section(
        key="removed",
        title=gettext_lazy("Removed lately"),
        verbs=["remove"],
        asked="state=removed",
        find=removed,
    ),
]


def _last_acts(found: Iterable[tuple[Section, list[Edition]]]) -> dict[tuple[str, str], list[Act]]:
    """Return the acts that brought the editions to the desk, the newest first; one query.

    They are kept by model and number: those of an edition by its own, removals by their item's.
    """
    acts: dict[tuple[str, str], list[Act]] = {}
    for act in _acts_on([edition for _section, editions in found for edition in editions]):
        is_removal = act.verb == "remove"
        key = (act.concerned_model, act.concerned_number) if is_removal else (act.model, act.number)
        acts.setdefault(key, []).append(act)
    return acts


def _acts_on(editions: list[Edition]) -> Iterable[Act]:
    verbs = {verb for section in SECTIONS for verb in section.verbs}
    items = {str(edition.item_id) for edition in editions}
    found = Act.objects.filter(concerned_model="news.newsitem", concerned_number__in=items, verb__in=verbs)
    return found.newest_first().defer("before", "after")


def _row(edition: Edition, acts: dict[tuple[str, str], list[Act]], section: Section) -> DeskRow:
    """Return what the desk shows of an edition."""
    known, now = catalogue().institutions, timezone.now()
    key = ("news.newsitem", str(edition.item_id)) if "remove" in section.verbs else ("news.edition", str(edition.pk))
    act = next((act for act in acts.get(key, ()) if act.verb in section.verbs), None)
    is_ahead = edition.visible_from is not None and edition.visible_from > now
    return DeskRow(
        edition=edition,
        issuers=", ".join(known[pk].name for pk in edition.tags.get("issued_by", ()) if pk in known),
        person=act.actor if act else "",
        since=act.at if act else edition.saved_at,
        moment=edition.visible_from if is_ahead else None,
        address=reverse("admin:news_newsitem_change", args=[edition.item_id]),
    )
