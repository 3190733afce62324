"""How public a file is that editions hold: readable while one of them is, old and withdrawn ones included."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from library.holders import Holder, Place, Standing, Use
from library.models import AttachmentVersion
from news import access
from news.models import Edition, EditionAttachment, EditionImage


def _standing_of_image(number: int, at: datetime.datetime) -> Standing:
    return _standing(_holding_image(number), at)


def _standing_of_version(number: int, at: datetime.datetime) -> Standing:
    return _standing(_holding_version(number), at)


def _standing(holds: Exists | Q, at: datetime.datetime) -> Standing:
    """Ask the door of the public record; behind it only whether something was published in error."""
    if Edition.objects.ever_visible(at=at).filter(holds).exists():
        return Standing.PUBLIC
    was_error = Edition.objects.filter(holds, visible_from__lte=at, is_retracted=True).exists()
    return Standing.GONE if was_error else Standing.HIDDEN


def _current_version(attachment: int, at: datetime.datetime) -> int | None:
    """Return the newest version that a public edition holds; where none is public now, that of the record."""
    versions = AttachmentVersion.objects.filter(attachment=attachment).order_by("-number")
    for editions in (Edition.objects.visible(at=at), Edition.objects.ever_visible(at=at)):
        held = EditionAttachment.objects.filter(version=OuterRef("pk"), edition__in=editions)
        if found := versions.filter(Exists(held)).values_list("pk", flat=True).first():
            return found
    return None


def standing_of_edition(number: int, at: datetime.datetime) -> Standing:
    """Say how public the picture is that stands for an edition elsewhere, by the edition's own number."""
    return _standing(Q(pk=number), at)


def _places_of_version(number: int, at: datetime.datetime) -> list[Place]:
    """Return the pages of the items that hold it: the present page, else that of the newest edition with it."""
    record = Edition.objects.ever_visible(at=at).filter(_holding_version(number)).select_related("item")
    newest: dict[int, Edition] = {}
    for edition in record.order_by("item", "number").defer("body"):
        newest[edition.item_id] = edition
    return [_place(edition, at) for edition in newest.values()]


def _place(edition: Edition, at: datetime.datetime) -> Place:
    is_present = edition.visible_until is None or edition.visible_until > at
    address = edition.get_absolute_url()
    return Place(
        title=edition.title,
        address=address if is_present else f"{address}editions/{edition.number}/",
        language=edition.language,
    )


def _uses_of_image(number: int, user: Any) -> list[Use]:
    return _uses(_holding_image(number), user)


def _uses_of_attachment(number: int, user: Any) -> list[Use]:
    held = EditionAttachment.objects.filter(version__attachment=number, edition=OuterRef("pk"))
    return _uses(Exists(held), user)


def _uses(holds: Exists, user: Any) -> list[Use]:
    """Return a use for each item, by the title that its newest holding edition has, where the user may see it."""
    rows = Edition.objects.filter(holds).select_related("item").order_by("item", "-number").defer("body")
    by_item: dict[int, list[Edition]] = {}
    for edition in rows:
        by_item.setdefault(edition.item_id, []).append(edition)
    return [_use(editions, user) for editions in by_item.values()]


def _use(editions: list[Edition], user: Any) -> Use:
    newest = editions[0]
    may_see = access.may(user, "see", newest)
    return Use(
        text=newest.title if may_see else _("An item of another institution"),
        address=reverse("admin:news_newsitem_change", args=[newest.item_id]) if may_see else "",
        was_public=any(edition.visible_from for edition in editions),
        keeps_words=any(
            edition.visible_from and edition.visible_until is None and not edition.is_retracted for edition in editions
        ),
    )


def _with_cards(numbers: Iterable[int]) -> set[int]:
    """Return which editions may have a card: it is drawn at the approval, and taken away with it."""
    approved = Edition.objects.filter(pk__in=list(numbers), state=Edition.State.APPROVED)
    return set(approved.values_list("pk", flat=True))


def _holding_version(number: int) -> Exists:
    return Exists(EditionAttachment.objects.filter(version=number, edition=OuterRef("pk")))


def _holding_image(number: int) -> Exists:
    return Exists(EditionImage.objects.filter(image=number, edition=OuterRef("pk")))


HOLDER = Holder(
    image=_standing_of_image,
    version=_standing_of_version,
    current_version=_current_version,
    uses_of_image=_uses_of_image,
    uses_of_attachment=_uses_of_attachment,
    places_of_version=_places_of_version,
    holds_image=lambda: Exists(EditionImage.objects.filter(image=OuterRef("pk"))),
    shows_image=lambda at: Exists(
        EditionImage.objects.filter(image=OuterRef("pk"), edition__in=Edition.objects.ever_visible(at=at))
    ),
    cards=_with_cards,
)
