"""The addresses of files: each asks how public the file is now, and hands it to whoever serves it."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from library.admission import image_keeping, refusing, version_asked, version_now
from library.answers import answer_with_image, answer_with_transcript, answer_with_version


@require_safe
@refusing
def rendition(request: HttpRequest, number: int, crop: str, width: int, format: str) -> HttpResponseBase:  # noqa: A002 - the field's word
    """Send one rendition of an image."""
    keeping = image_keeping(request, number)
    return answer_with_image(request, number, (crop, width, format), keeping=keeping)


@require_safe
@refusing
def attachment(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """Send the version of an attachment that readers are to have now."""
    version, keeping = version_now(request, number)
    return answer_with_version(request, version, name, keeping=keeping, is_lasting=True)


@require_safe
@refusing
def attachment_version(request: HttpRequest, number: int, version: int, name: str) -> HttpResponseBase:
    """Send one version of an attachment, which stays at its address."""
    found, keeping = version_asked(request, number, version)
    return answer_with_version(request, found, name, keeping=keeping, is_lasting=False)


@require_safe
@refusing
def transcript(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show what is said in a video or a recording."""
    version, keeping = version_now(request, number)
    if not version.transcript:
        raise Http404
    return answer_with_transcript(request, version, keeping=keeping)
