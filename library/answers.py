"""What stands at the address of a file that the reader may have: the file, a page of the site, or the way to it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import override

from library.files import File, file_of
from library.holders import places_of_version
from library.models import Attachment, AttachmentVersion, Image
from library.places import quick_path, rendition_path
from library.serving import Stored, send
from library.slots import CROPS

PAGE_LANGUAGES = dict(settings.LANGUAGES)
LANGUAGE_NAMES = dict([*settings.LANGUAGES, *settings.LOCAL_LANGUAGES])
NOT_YET = "no-cache"  # of what stands in for a rendition that is being made


def answer_with_image(
    request: HttpRequest, number: int, rendition: tuple[str, int, str], *, keeping: str
) -> HttpResponseBase:
    """Send a rendition, or the quick picture as long as there is none: none is made because somebody asks for it.

    Raises:
        Http404: no page has pictures of that shape, width or format.
    """
    image = Image.objects.filter(pk=number).first()
    if image is None:
        raise Http404
    crop, width, format = _made(image, *rendition)  # noqa: A001 - the field's word
    if image.rendered_by:
        name, tag = rendition_path(number, crop, width, format), f"{image.checksum[:16]}.{image.rendered_by}"
        stored = Stored(name=name, shown_as=f"{number}.{format}", tag=f"{tag}.{crop}-{width}.{format}", keeping=keeping)
        try:
            return send(request, stored)
        except FileNotFoundError:  # `check_files` tells of it
            pass
    unfinished = NOT_YET if keeping.startswith("public") else keeping
    tag = f"{image.checksum[:16]}.quick"
    return send(request, Stored(name=quick_path(number), shown_as=f"{number}.jpg", tag=tag, keeping=unfinished))


def _made(image: Image, crop: str, width: int, format: str) -> tuple[str, int, str]:  # noqa: A002 - the field's word
    """Return the rendition that answers: of a small image the widest that there is."""
    shape = CROPS.get(crop)
    if shape is None or format not in shape.formats:
        raise Http404
    made = shape.widths_for((image.width, image.height))
    if width not in {*shape.widths, *made}:
        raise Http404
    return crop, max((known for known in made if known <= width), default=made[0]), format


def answer_with_version(
    request: HttpRequest, version: AttachmentVersion, name: str, *, keeping: str, is_lasting: bool
) -> HttpResponseBase:
    """Send a version's file or show its page; under another name, lead to the one address."""
    file = file_of(version)
    if name != file.file_name:
        address = file.address if is_lasting else file.own_address
        return HttpResponsePermanentRedirect(address, headers={"Cache-Control": keeping})
    if file.kind == Attachment.Kind.PAGE:
        context = {"html": version.text, "canonical_path": file.address, "past": None if is_lasting else version}
        return _page(request, "library/attachment_page.html", version, context, keeping=keeping)
    path, tag = version.file.name or "", f"{version.checksum}.{version.language}"
    stored = Stored(name=path, shown_as=name, tag=tag, keeping=keeping, language=version.language)
    return send(request, stored)


def answer_with_transcript(request: HttpRequest, version: AttachmentVersion, *, keeping: str) -> HttpResponse:
    """Show what is said in a video or a recording."""
    context = {"html": version.transcript, "canonical_path": request.path}
    return _page(request, "library/transcript.html", version, context, keeping=keeping)


def _page(
    request: HttpRequest, template: str, version: AttachmentVersion, context: dict[str, Any], *, keeping: str
) -> HttpResponse:
    """Show a page in the language of the attachment, or in an English frame where the site doesn't speak that one."""
    language = version.language
    frame_language = language if language in PAGE_LANGUAGES else settings.LANGUAGE_CODE
    file: File = file_of(version)
    context |= {
        "file": file,
        "places": places_of_version(version.pk),
        "foreign": "" if language == frame_language else language,
        "direction": "rtl" if language in settings.LANGUAGES_BIDI else "ltr",
        "language_name": LANGUAGE_NAMES[language],
        "page_language": language,
        "page_versions": [],
        "current": file.title,
    }
    with override(frame_language):
        answer = render(request, template, context)
    answer.headers["Cache-Control"] = keeping
    answer.headers["Content-Language"] = frame_language
    return answer
