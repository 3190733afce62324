"""What recordings say of their posters: they use these images; how public one is, the editions say that offer them."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from library.holders import Holder, Standing, Use
from library.models import Attachment, AttachmentVersion


def _uses_of_image(number: int, _user: Any) -> list[Use]:
    return [
        Use(
            text=str(attachment),
            address=reverse("admin:library_attachment_change", args=[attachment.pk]),
            was_public=False,
        )
        for attachment in Attachment.objects.filter(Exists(_with_poster(number)))
    ]


def _with_poster(number: int) -> QuerySet[AttachmentVersion]:
    return AttachmentVersion.objects.filter(attachment=OuterRef("pk"), poster=number)


def _hidden(_number: int, _at: datetime.datetime) -> Standing:
    return Standing.HIDDEN


HOLDER = Holder(
    image=_hidden,
    version=_hidden,
    current_version=lambda _attachment, _at: None,
    uses_of_image=_uses_of_image,
    uses_of_attachment=lambda _number, _user: [],
    holds_image=lambda: Exists(AttachmentVersion.objects.filter(poster=OuterRef("pk"))),
)
