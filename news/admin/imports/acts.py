"""What a person does with an import: plan a file, apply the plan, throw it away, undo; and what of it is said."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news import access
from news.admin.imports.words import counts_text
from news.imports import batches, taking_back, uploads
from news.models import ImportBatch
from news.templatetags.cards import figures

State = ImportBatch.State


def batch_address(batch: ImportBatch) -> str:
    """Return the address of the import's page."""
    return reverse("admin:news_importbatch_change", args=[batch.pk])


def batch_of(model_admin: ModelAdmin, request: HttpRequest, number: int) -> ImportBatch:
    """Return the import if the person may read it.

    Raises:
        Http404: there is no such import.
        PermissionDenied: it is none of the person's.
    """
    batch = ImportBatch.objects.select_related("uploaded_by").filter(pk=number).first()
    if batch is None:
        raise Http404
    if not model_admin.has_view_permission(request, batch):
        raise PermissionDenied
    return batch


def may_apply(user: Any, batch: ImportBatch) -> bool:
    """Say whether the person may apply this plan, or go on with it: his own, with the rights that it asks for."""
    is_own = batch.uploaded_by_id == user.pk
    wishes = {"publish_import": batch.options.get("publish"), "create_missing": batch.options.get("create_missing")}
    is_entitled = all(access.may(user, right) for right, is_wished in wishes.items() if is_wished)
    return is_own and is_entitled and access.may(user, "import")


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view act only on a form that was sent; whoever comes by a link, or after a login, sees the import."""

    @wraps(view)
    def answer(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:news_importbatch_change", args=[number]))
        return view(model_admin, request, number)

    return answer


@posted
def apply(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Apply a plan, or go on with an import that was interrupted."""
    batch = batch_of(model_admin, request, number)
    if not may_apply(request.user, batch):
        raise PermissionDenied
    try:
        with batches.alone():
            done = uploads.apply(batch.pk)
    except batches.Busy:
        messages.error(request, _("Another import is running. Wait until it is done, then try again."))
    except uploads.NotToBeApplied:
        messages.warning(request, _("Nothing was done: this import is applied already, or its file is gone."))
    else:
        tell_applied(request, done)
    return HttpResponseRedirect(batch_address(batch))


def tell_applied(request: HttpRequest, batch: ImportBatch) -> None:
    """Say what was done, and how many rows came out otherwise than the plan has shown."""
    messages.success(request, _("The import is done. %(counts)s.") % {"counts": counts_text(batch)})
    differs = batch.plan.get("differs", 0)
    if differs:
        text = ngettext(
            "%(count)s row came out otherwise than planned: the site has changed meanwhile.",
            "%(count)s rows came out otherwise than planned: the site has changed meanwhile.",
            differs,
        )
        messages.warning(request, text % {"count": figures(differs)})


@posted
def drop(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Throw a plan away, with its file."""
    batch = batch_of(model_admin, request, number)
    if not access.may(request.user, "import"):
        raise PermissionDenied
    uploads.drop(batch)
    if ImportBatch.objects.filter(pk=batch.pk).exists():
        messages.warning(request, _("Nothing was thrown away: this import is applied already."))
        return HttpResponseRedirect(batch_address(batch))
    messages.success(request, _("The plan and its file are gone. Nothing was imported."))
    return HttpResponseRedirect(reverse("admin:news_importbatch_changelist"))


def take_back(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Undo an import as far as the time allows, and say how far that is."""
    try:
        with batches.alone():
            undone = taking_back.take_back(batch.pk)
    except batches.Busy:
        messages.error(request, _("Another import is running. Wait until it is done, then try again."))
    except taking_back.NotToBeUndone:
        messages.warning(request, _("Nothing was done: this import is undone already."))
    else:
        return tell_undone(request, undone)
    return HttpResponseRedirect(batch_address(batch))


def tell_undone(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Say that it is undone and what was kept; or how much is left, where it takes longer than a person waits."""
    kept = batch.entries.filter(detail__has_key="kept").count()
    if batch.state != State.UNDONE:
        left = figures(taking_back.entries_left(batch).count())
        messages.info(request, _("%(left)s rows are left to be undone. Go on.") % {"left": left})
        return HttpResponseRedirect(reverse("admin:news_importbatch_undo", args=[batch.pk]))
    messages.success(request, _("The import is undone."))
    if kept:
        text = ngettext(
            "%(count)s row is not undone: see why below.", "%(count)s rows are not undone: see why below.", kept
        )
        messages.warning(request, text % {"count": figures(kept)})
    return HttpResponseRedirect(batch_address(batch) + ("?act=kept" if kept else ""))
