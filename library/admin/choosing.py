"""Images as the form of a news item is offered them, and as an upload tells of them: plain data for a script."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language

from library import access
from library.admin.image_list import alternative_of, found_by_words, thumbnail
from library.models import Image

MOST = 20
LONGEST_NUMBER = 18  # digits: more than any database counts


def choice(image: Image, language: str = "") -> dict[str, Any]:
    """Return what a script shows of an image, and whether it is described in a language, or in any."""
    words = image.words()
    own = words[language].alternative if language in words else ""
    alternative = own if language else alternative_of(image)
    return {
        "id": image.pk,
        "name": image.name,
        "alternative": alternative,
        "thumbnail": thumbnail(image),
        "credit": image.credit,
        "described": image.is_decorative or bool(alternative),
        "address": reverse("admin:library_image_change", args=[image.pk]),
    }


def choose(request: HttpRequest) -> JsonResponse:
    """Answer the newest images of which each word of `q` is said, described in `language` or not.

    Those of the item in hand, the numbers in `first`, come before all others in their order.
    """
    if not access.may(request.user, "choose"):
        raise PermissionDenied
    images = found_by_words(Image.objects.prefetch_related("texts"), request.GET.get("q", ""))
    language = request.GET.get("language") or get_language() or ""
    first = _numbers(request.GET.getlist("first"))
    known = {image.pk: image for image in images.filter(pk__in=first)} if first else {}
    own = [choice(known[number], language) | {"is_own": True} for number in first if number in known]
    others = [choice(image, language) for image in images.exclude(pk__in=first)[:MOST]]
    return JsonResponse({"images": own + others})


def _numbers(given: list[str]) -> list[int]:
    """Return the numbers of images among what was asked, each once."""
    return list(dict.fromkeys(int(text) for text in given[:MOST] if text.isdecimal() and len(text) <= LONGEST_NUMBER))
