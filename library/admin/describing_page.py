"""Many images described on one page, and saved together or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from library import access
from library.admin.image_form import ImageForm, SharedForm
from library.admin.image_list import rendition
from library.admin.public_words import tell_when_readers_get_them
from library.holders import Use, uses_of_image
from library.models import Image
from library.tasks import SOON, make_renditions_of

MOST = 50  # images on the page; settings.DATA_UPLOAD_MAX_NUMBER_FIELDS lets them send all their fields in all languages
PREVIEW = 480  # pixels
LOCAL = dict(settings.LOCAL_LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An image of the page with its form."""

    image: Image
    form: ImageForm
    preview: str
    uses: list[Use]


def address(numbers: Iterable[int], *, local: Iterable[str] = ()) -> str:
    """Return the address of the page for these images, with these local languages beside those of the site's pages."""
    query = urlencode([*(("image", number) for number in numbers), *(("local", code) for code in local)])
    return f"{reverse('admin:library_image_describe')}?{query}"


def render_anew(image: Image) -> None:
    """Let the renditions be made again once what changed is stored."""
    transaction.on_commit(lambda: make_renditions_of.using(priority=SOON).enqueue(image.pk))


def describe(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the images that were chosen, each with its form; take what is said of them."""
    if not access.may(request.user, "describe"):
        raise PermissionDenied
    is_sent = request.method == "POST"
    numbers = _numbers(request)
    _tell_of_rest(request, len(numbers))
    shared = SharedForm(request.POST if is_sent else None, prefix="all")
    with transaction.atomic():
        images = _images(numbers[:MOST], is_sent=is_sent)
        local = _local_languages(request, images)
        rows = _rows(request, images, local, shared)
        is_saved = is_sent and _save(rows, shared)
    if is_saved or not rows:
        return _done(request, rows, local)
    title = ngettext("Describe %(count)s image", "Describe %(count)s images", len(rows)) % {"count": len(rows)}
    return model_admin.show(
        request,
        "describe",
        title,
        rows=rows,
        shared=shared,
        wrong=[row for row in rows if row.form.errors],
        local=local,
        other_languages=[(code, name) for code, name in LOCAL.items() if code not in local],
    )


def _tell_of_rest(request: HttpRequest, count: int) -> None:
    """Say that a page takes no more, where more were chosen."""
    if count > MOST:
        text = _("These are the first %(most)s of the %(count)s images that you chose; describe the others after them.")
        messages.warning(request, text % {"most": MOST, "count": count})


def _done(request: HttpRequest, rows: list[Row], local: list[str]) -> HttpResponse:
    """Say what was saved, or that nothing was chosen; lead to the library, or back with one more language."""
    if not rows:
        messages.warning(request, _("Choose images first, then describe them."))
        return HttpResponseRedirect(reverse("admin:library_image_changelist"))
    text = ngettext("%(count)s image is saved.", "%(count)s images are saved.", len(rows)) % {"count": len(rows)}
    messages.success(request, text)
    tell_when_readers_get_them(request, [(row.form, row.uses) for row in rows])
    added = request.POST.get("add_language", "")
    if added in LOCAL:
        return HttpResponseRedirect(address([row.image.pk for row in rows], local=[*local, added]))
    return HttpResponseRedirect(reverse("admin:library_image_changelist"))


def _numbers(request: HttpRequest) -> list[int]:
    """Return the numbers of the chosen images, each once, in the order given."""
    given = (request.POST if request.method == "POST" else request.GET).getlist("image")
    return list(dict.fromkeys(int(text) for text in given if text.isdecimal() and len(text) <= len(str(2**62)) - 1))


def _images(numbers: list[int], *, is_sent: bool) -> list[Image]:
    """Return the images that are there, under a lock where they are to be changed."""
    images = Image.objects.prefetch_related("texts")
    found = (images.select_for_update() if is_sent else images).in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def _local_languages(request: HttpRequest, images: list[Image]) -> list[str]:
    """Return the codes of those that the page sent; before, those asked for and those in which an image has words."""
    if request.method == "POST":
        return [code for code in LOCAL if code in request.POST.getlist("local")]
    known = {*request.GET.getlist("local"), *(code for image in images for code in image.words())}
    return [code for code in LOCAL if code in known]


def _rows(request: HttpRequest, images: list[Image], local: list[str], shared: SharedForm) -> list[Row]:
    """Return a row for each image."""
    is_sent = request.method == "POST"
    data = _filled(request.POST, [image.pk for image in images], shared) if is_sent else None
    uses = {image.pk: uses_of_image(image.pk, user=request.user) if is_sent else [] for image in images}
    languages = [*settings.LANGUAGES, *((code, LOCAL[code]) for code in local)]
    return [
        Row(
            image=image,
            form=ImageForm(
                data,
                instance=image,
                prefix=str(image.pk),
                languages=languages,
                titles=[use.text for use in uses[image.pk]],
                opens_local=True,
            ),
            preview=rendition(image, "whole", PREVIEW),
            uses=uses[image.pk],
        )
        for image in images
    ]


def _filled(sent: QueryDict, images: Iterable[int], shared: SharedForm) -> QueryDict:
    """Return what was sent, with what is the same of all images put into the row of each."""
    data = sent.copy()
    for name in shared.fields:
        value = sent.get(shared.add_prefix(name), "").strip()
        for number in images if value else ():
            data[f"{number}-{name}"] = value
    return data


def _save(rows: list[Row], shared: SharedForm) -> bool:
    """Save all rows if there is nothing wrong with any of them, and say whether they were."""
    checked = [shared.is_valid(), *(row.form.is_valid() for row in rows)]
    if not all(checked):
        return False
    for row in rows:
        saved = row.form.save()
        if {"focal_x", "focal_y"} & set(row.form.changed_data):
            render_anew(saved)
    return True
