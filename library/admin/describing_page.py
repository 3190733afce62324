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
from library.admin.image_form import RowForm, SharedForm
from library.admin.image_list import rendition
from library.holders import uses_of_image
from library.models import Image
from library.tasks import make_renditions_of

MOST = 50  # images on the page: Django reads a thousand fields of a form, and each image has eighteen
PREVIEW = 480  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An image of the page with its form."""

    image: Image
    form: RowForm
    preview: str


def address(numbers: Iterable[int]) -> str:
    """Return the address of the page for these images."""
    query = urlencode({"image": list(numbers)}, doseq=True)
    return f"{reverse('admin:library_image_describe')}?{query}"


def render_anew(image: Image) -> None:
    """Let the renditions be made again once what changed is stored."""
    transaction.on_commit(lambda: make_renditions_of.enqueue(image.pk))


def describe(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the images that were chosen, each with its form; take what is said of them."""
    if not access.may(request.user, "describe"):
        raise PermissionDenied
    numbers = _numbers(request)
    if len(numbers) > MOST:
        text = _("These are the first %(most)s of the %(count)s images that you chose; describe the others after them.")
        messages.warning(request, text % {"most": MOST, "count": len(numbers)})
    shared = SharedForm(request.POST if request.method == "POST" else None, prefix="all")
    with transaction.atomic():
        rows = _rows(request, numbers[:MOST], shared)
        is_saved = request.method == "POST" and _save(rows, shared)
    if is_saved or not rows:
        count = len(rows)
        done = ngettext("%(count)s image is saved.", "%(count)s images are saved.", count) % {"count": count}
        level = messages.SUCCESS if rows else messages.WARNING
        messages.add_message(request, level, done if rows else _("Choose images first, then describe them."))
        return HttpResponseRedirect(reverse("admin:library_image_changelist"))
    title = ngettext("Describe %(count)s image", "Describe %(count)s images", len(rows)) % {"count": len(rows)}
    wrong = [row for row in rows if row.form.errors]
    return model_admin.show(request, "describe", title, rows=rows, shared=shared, wrong=wrong)


def _numbers(request: HttpRequest) -> list[int]:
    """Return the numbers of the chosen images, each once, in the order given."""
    given = (request.POST if request.method == "POST" else request.GET).getlist("image")
    return list(dict.fromkeys(int(text) for text in given if text.isdecimal() and len(text) <= len(str(2**62)) - 1))


def _rows(request: HttpRequest, numbers: list[int], shared: SharedForm) -> list[Row]:
    """Return a row for each image that is there."""
    is_sent = request.method == "POST"
    images = Image.objects.prefetch_related("texts")
    found = (images.select_for_update() if is_sent else images).in_bulk(numbers)
    data = _filled(request.POST, found, shared) if is_sent else None
    return [
        Row(
            image=found[number],
            form=RowForm(
                data,
                instance=found[number],
                prefix=str(number),
                languages=settings.LANGUAGES,
                titles=[use.text for use in uses_of_image(number, user=request.user)] if is_sent else (),
            ),
            preview=rendition(found[number], "whole", PREVIEW),
        )
        for number in numbers
        if number in found
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
        row.form.save()
    return True
