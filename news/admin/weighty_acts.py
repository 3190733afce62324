"""The acts that have a page of their own, since they ask for a reason: force, remove, restore, discard."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from news import workflow
from news.admin.act_forms import ForceForm, RemovalForm
from news.admin.acts import (
    carry_out,
    change_address,
    item_to_act_on,
    tell_approval,
    tell_refusal,
)
from news.admin.form import add_refusal, open_edition_of, version_of
from news.admin.standing import end_of
from news.admin.states import standing_removal
from news.models import Edition, NewsItem, Removal

State = Edition.State


def show(
    model_admin: ModelAdmin, request: HttpRequest, template: str, edition: Edition, **context: Any
) -> HttpResponse:
    """Show the page of an act, with the mark of the edition that the person sees on it."""
    shared = model_admin.admin_site.each_context(request) | {
        "opts": NewsItem._meta,
        "original": edition.item,
        "edition": edition,
        "seen": version_of(edition),
        "back": change_address(edition.item),
    }
    return TemplateResponse(request, f"admin/news/newsitem/{template}.html", shared | context)


def _posted(request: HttpRequest) -> Any:
    """Return what was sent with a form, or None."""
    return request.POST if request.method == "POST" else None


def newest_of(item: NewsItem) -> Edition:
    """Return the edition with the highest number; an item has one from its first moment."""
    newest = workflow.newest_edition(item)
    if newest is None:
        raise Edition.DoesNotExist
    return newest


def force(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Ask why an edition cannot wait for second eyes, and approve it."""
    item = item_to_act_on(request, number, "force")
    edition = newest_of(item)
    if edition.state == State.APPROVED:
        messages.error(request, _("There is no edition to approve: it was approved or discarded meanwhile."))
        return HttpResponseRedirect(change_address(item))
    form = ForceForm(_posted(request), user=request.user)
    if form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "visible_from": form.moment}
        refusal = carry_out(request, item, partial(workflow.force, by=request.user, **said))
        if refusal is None:
            tell_approval(request, item, request.POST["edition"])
            return HttpResponseRedirect(change_address(item))
        add_refusal(form, refusal)
        edition = newest_of(item)
    title = _("Approve without second eyes?")
    lacks = workflow.missing(edition)
    return show(model_admin, request, "force", edition, title=title, form=form, media=form.media, lacks=lacks)


def remove(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Ask how an item is to be removed, show what will become of it, and do it."""
    item = item_to_act_on(request, number, "remove")
    try:
        current = workflow.removable_edition(item)
    except workflow.WorkflowError as error:
        tell_refusal(request, error)
        return HttpResponseRedirect(change_address(item))
    form = RemovalForm(_posted(request))
    is_sure = "sure" in request.POST and request.POST.get("edition") == str(current.number)
    removal = _removed(form, item, by=request.user, for_good=is_sure) if form.is_valid() else None
    if removal and is_sure:
        messages.success(request, _("The item is removed: %(kind)s.") % {"kind": removal.get_kind_display()})
        return HttpResponseRedirect(change_address(item))
    context = {"title": _("Remove this item?"), "form": form, "media": form.media, "removal": removal}
    if removal and "change" not in request.POST:
        return show(model_admin, request, "remove_confirm", current, leads_to=end_of(removal), **context)
    return show(model_admin, request, "remove", current, **context)


def _removed(form: RemovalForm, item: NewsItem, *, by: Any, for_good: bool) -> Removal | None:
    """Remove the item, or only see what the verb says to it; what it refuses stands in the form."""
    try:
        with transaction.atomic() if for_good else rehearsal():
            return workflow.remove(item, form.wish, by=by)
    except workflow.WorkflowError as error:
        add_refusal(form, error)
        return None


@contextmanager
def rehearsal() -> Iterator[None]:
    """Let a verb do all of its work, and take it back: what it refuses is known, and nothing has happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def restore(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Say what undoing the removal does, and do it."""
    item = item_to_act_on(request, number, "restore")
    removal = standing_removal(item)
    if removal is None:
        messages.error(request, _("This item is not removed: somebody has undone it meanwhile."))
        return HttpResponseRedirect(change_address(item))
    if request.POST.get("removal") == str(removal.pk):
        _restore(request, item)
        return HttpResponseRedirect(change_address(item))
    title = _("Undo the removal?")
    return show(model_admin, request, "restore", newest_of(item), title=title, removal=removal)


def _restore(request: HttpRequest, item: NewsItem) -> None:
    """Undo the removal, and tell it."""
    try:
        workflow.restore(item, by=request.user)
    except workflow.WorkflowError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, _("The removal is undone: readers see the item again."))


def discard(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether the open edition is to be thrown away, and do it."""
    item = item_to_act_on(request, number, "discard")
    edition = open_edition_of(item)
    if edition is None:
        messages.error(request, _("There is no draft to discard: it was approved or discarded meanwhile."))
        return HttpResponseRedirect(change_address(item))
    if request.method == "POST":
        refusal = carry_out(request, item, partial(workflow.discard, by=request.user))
        if refusal is None:
            return _discarded(request, edition)
        tell_refusal(request, refusal)
        edition = open_edition_of(item) or edition
    title = _("Discard this draft?")
    return show(model_admin, request, "discard", edition, title=title, is_only_one=edition.number == 1)


def _discarded(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Tell it, and go where something is left to see."""
    messages.success(request, _("The draft “%(title)s” was discarded.") % {"title": edition.title})
    is_left = NewsItem.objects.filter(pk=edition.item_id).exists()
    return HttpResponseRedirect(change_address(edition.item) if is_left else reverse("admin:news_newsitem_changelist"))
