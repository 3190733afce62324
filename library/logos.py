"""What logos say of the images they show: what stands on the page of an institution is public."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from library.holders import Holder, Standing, Use
from library.models import Logo


def _standing_of_image(number: int, _at: datetime.datetime) -> Standing:
    return Standing.PUBLIC if Logo.objects.filter(image=number).exists() else Standing.HIDDEN


def _uses_of_image(number: int, _user: Any) -> list[Use]:
    return [
        Use(
            text=_("Logo of %(institution)s") % {"institution": logo.institution},
            address=reverse("admin:library_logo_change", args=[logo.pk]),
            was_public=True,
        )
        for logo in Logo.objects.filter(image=number).select_related("institution")
    ]


def _hidden(_number: int, _at: datetime.datetime) -> Standing:
    return Standing.HIDDEN


HOLDER = Holder(
    image=_standing_of_image,
    version=_hidden,
    current_version=lambda _attachment, _at: None,
    uses_of_image=_uses_of_image,
    uses_of_attachment=lambda _number, _user: [],
    holds_image=lambda: Exists(Logo.objects.filter(image=OuterRef("pk"))),
    shows_image=lambda _at: Exists(Logo.objects.filter(image=OuterRef("pk"))),
)
