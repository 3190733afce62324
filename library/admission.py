"""Whether a reader may have a file now: all may what is public; of the rest, staff alone know that it is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import get_resolver

from library.access import is_foreign
from library.holders import Standing, current_version, standing_of_image, standing_of_version, uses_of_attachment
from library.models import AttachmentVersion

# What is published in error, or ends, is out of every cache five minutes after; a day would be no faster for readers,
# since a page and its pictures are asked for again within minutes or never.
FOR_ALL = "public, max-age=300"
FOR_STAFF = "private, no-store"
GONE = 410
VIEW_IMAGE, VIEW_ATTACHMENT = "library.view_image", "library.view_attachment"


class GoneError(Exception):
    """What was asked for belongs to what was published in error."""


def refusing[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let no cache keep that a file is not there: the next second it may be."""

    @wraps(view)
    def answer(*args: P.args, **asked: P.kwargs) -> HttpResponseBase:
        request: Any = args[0]
        try:
            return view(*args, **asked)
        except (Http404, FileNotFoundError) as error:
            not_found: Any = get_resolver().resolve_error_handler(404)
            refusal = not_found(request, exception=Http404(str(error)))
        except GoneError:
            refusal = render(request, "library/gone.html", {"page_versions": [], "has_no_address": True}, status=GONE)
        refusal.headers["Cache-Control"] = "no-store"
        return refusal

    return answer


def image_keeping(request: HttpRequest, number: int) -> str:
    """Return how the answer with an image may be kept.

    Raises:
        Http404: the reader may not have it.
        GoneError: it was published in error.
    """
    return keeping_for(request, standing_of_image(number), VIEW_IMAGE)


def version_asked(request: HttpRequest, attachment: int, number: int) -> tuple[AttachmentVersion, str]:
    """Return one version of an attachment, and how the answer with it may be kept; refusals as of images."""
    versions = AttachmentVersion.objects.filter(attachment=attachment, number=number)
    version = versions.select_related("attachment").first()
    if version is None:
        raise Http404
    return version, _keeping_of(request, attachment, standing_of_version(version.pk))


def version_now(request: HttpRequest, attachment: int) -> tuple[AttachmentVersion, str]:
    """Return the version that readers get at the lasting address, to staff the newest one where there is none."""
    versions = AttachmentVersion.objects.filter(attachment=attachment).select_related("attachment")
    if found := current_version(attachment):
        return versions.get(pk=found), FOR_ALL
    newest = versions.order_by("-number").first()
    if newest is None:
        raise Http404
    standings = {standing_of_version(version.pk) for version in versions}
    standing = Standing.GONE if Standing.GONE in standings else Standing.HIDDEN
    return newest, _keeping_of(request, attachment, standing)


def _keeping_of(request: HttpRequest, attachment: int, standing: Standing) -> str:
    """Ask staff more than their right: what belongs to the drafts of another institution alone is not for them."""
    if standing is not Standing.PUBLIC and request.user.is_staff:
        uses = uses_of_attachment(attachment, user=request.user)
        if is_foreign(uses):
            raise Http404
    return keeping_for(request, standing, VIEW_ATTACHMENT)


def keeping_for(request: HttpRequest, standing: Standing, right: str) -> str:
    """Return how an answer may be kept; who it is for is asked only where it matters: public files know no cookie.

    Raises:
        Http404: it is not for the reader.
        GoneError: it was published in error.
    """
    if standing is Standing.PUBLIC:
        return FOR_ALL
    if request.user.is_staff and request.user.has_perm(right):
        return FOR_STAFF
    if standing is Standing.GONE:
        raise GoneError
    raise Http404
