"""The addresses of files: each asks how public the file is now, and hands it to whoever serves it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def rendition(request: HttpRequest, number: int, crop: str, width: int, format: str) -> HttpResponse:  # noqa: A002 - the field's word
    """Send one rendition of an image."""
    raise Http404


@require_safe
def attachment(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Send the version of an attachment that readers are to have now."""
    raise Http404


@require_safe
def attachment_version(request: HttpRequest, number: int, version: int, name: str) -> HttpResponse:
    """Send one version of an attachment, which stays at its address."""
    raise Http404
