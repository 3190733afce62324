"""What an item's page tells other sites and search engines: its card, and its facts as schema.org has them."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from library.pictures import Picture
from library.shown import Shown
from news.cards import Tags
from news.models import Edition

SHAPES = ("16x9", "4x3", "square")  # search engines take the one that suits the place
# What would end the element or open a comment in it; JSON knows each by its number.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCard:
    """The picture that other sites show beside a link to the item."""

    address: str
    alternative: str


def social_card(edition: Edition) -> SocialCard:
    """Return the card of an edition; what is drawn on it is its title."""
    lead = Shown(edition.files).lead
    address = settings.SITE_URL + reverse("card", kwargs={"number": edition.pk})
    return SocialCard(address=address, alternative=(lead.alternative if lead else "") or edition.title)


def article_data(edition: Edition, *, published: datetime.datetime | None, updated: datetime.datetime | None) -> str:
    """Return the item as a NewsArticle of schema.org, in JSON that may stand in a page; empty for what is no item yet.

    Args:
        edition: the one that is shown.
        published: when its item first appeared.
        updated: when the last change came that readers were told of.
    """
    if published is None or edition.issued_at is None:
        return ""
    lead = Shown(edition.files).lead
    address = settings.SITE_URL + edition.get_absolute_url()
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": address,
        "url": address,
        "headline": edition.title,
        "description": edition.summary,
        "inLanguage": edition.language,
        "datePublished": _moment(published),
        "dateModified": _moment(updated or published),
        "author": [_organisation(name, address) for name, address in _issuers(edition)],
        "publisher": _publisher(),
        "image": _images(lead) if lead else [social_card(edition).address],
    }
    return json.dumps(article, ensure_ascii=False).translate(ESCAPED)


def _images(lead: Picture) -> list[str]:
    return [settings.SITE_URL + lead.widest(shape)[0] for shape in SHAPES]


def _issuers(edition: Edition) -> list[tuple[str, str]]:
    issuers = Tags(edition=edition).issuers
    return [(issuer.name, issuer.address) for issuer in issuers] or [(str(settings.SITE_NAME), reverse("home"))]


def _organisation(name: str, address: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name, "url": settings.SITE_URL + address}


def _publisher() -> dict[str, Any]:
    logo = {"@type": "ImageObject", "url": settings.SITE_URL + static("site/icons/icon-512.png")}
    return _organisation(str(settings.SITE_NAME), reverse("home")) | {"logo": logo}


def _moment(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
