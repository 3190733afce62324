"""Carrying out a publishing act on what a person has seen, and telling what has become of it."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from news import workflow
from news.admin.act_forms import ApprovalForm, ReturnForm
from news.admin.form import add_refusal
from news.admin.seen import seen_mark
from news.admin.states import edition_state
from news.changes import publishing
from news.models import Edition, NewsItem
from news.workflow.transitions import permit


def change_address(item: NewsItem) -> str:
    """Return the address of the item's page in the admin."""
    return reverse("admin:news_newsitem_change", args=[item.pk])


def item_to_act_on(request: HttpRequest, number: int, act: str) -> NewsItem:
    """Return the item if the user may do the act to it as it stands.

    Raises:
        Http404: there is no such item.
        PermissionDenied: the user may not do this here.
    """
    item = get_object_or_404(NewsItem, pk=number)
    with suppress(workflow.WorkflowError):  # second eyes: the verb says it to the person
        permit(act, workflow.newest_edition(item), request.user)
    return item


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view act only on a form that was sent; whoever comes by a link, or after a login, sees the item."""

    @wraps(view)
    def answer(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:news_newsitem_change", args=[number]))
        try:
            return view(model_admin, request, number)
        except Http404:
            messages.error(request, _("This item is gone: its draft was discarded meanwhile."))
            return HttpResponseRedirect(reverse("admin:news_newsitem_changelist"))

    return answer


def edition_as_seen(request: HttpRequest, item: NewsItem) -> Edition:
    """Return the edition that the person acts on; the caller holds the publishing lock.

    Raises:
        WorkflowError: it is gone, or was saved since the person saw it.
    """
    number = request.POST.get("edition", "")
    editions = Edition.objects.select_related("item", "forced_approval").filter(item=item)
    edition = editions.filter(number=number).first() if number.isdecimal() and len(number) < len(str(2**31)) else None
    if edition is None:
        raise workflow.WorkflowError(_("This edition is gone: it was discarded meanwhile."), code="gone")
    if seen_mark(edition) != request.POST.get("seen"):
        raise workflow.WorkflowError(
            _("Someone has saved this edition since you opened this page. Look at it as it is now, then decide."),
            code="stale",
        )
    return edition


def carry_out(request: HttpRequest, item: NewsItem, verb: Callable[[Edition], Any]) -> ValidationError | None:
    """Do the act to the edition that was seen; return what the rules say against it, if anything."""
    try:
        with publishing():
            verb(edition_as_seen(request, item))
    except workflow.WorkflowError as error:
        return error
    return None


def tell_refusal(request: HttpRequest, error: ValidationError) -> None:
    """Show what the rules say against an act, one message for each reason."""
    for message in error.messages:
        messages.error(request, message)


def tell_approval(request: HttpRequest, item: NewsItem, number: str) -> None:
    """Say from when on the edition is public."""
    edition = item.editions.get(number=number)
    values = {"number": edition.number, "state": edition_state(edition)}
    messages.success(request, _("Edition %(number)s is approved: %(state)s.") % values)


def press(request: HttpRequest, number: int, act: str, verb: Callable[..., Any], *, done: str) -> HttpResponseRedirect:
    """Do what a button without a form says, tell what became of it, and show the item."""
    item = item_to_act_on(request, number, act)
    refusal = carry_out(request, item, partial(verb, by=request.user))
    if refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(change_address(item))


@posted
def open_edition(_model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Open the next edition of an item, and show its form."""
    item = item_to_act_on(request, number, "write")
    try:
        workflow.open_edition(item, by=request.user)
    except workflow.WorkflowError as error:
        tell_refusal(request, error)
    return HttpResponseRedirect(change_address(item))


@posted
def review(_model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Take note that somebody else has looked at what was approved by force."""
    done = _("Noted that you have reviewed it.")
    return press(request, number, "review", workflow.review, done=done)


@posted
def unschedule(_model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Take an edition back to a draft before its moment."""
    done = _("The edition is taken back: it is a draft again.")
    return press(request, number, "unschedule", workflow.unschedule, done=done)


@posted
def submit(_model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Hand the edition over as it is stored, without its form."""
    done = _("Submitted. Someone else approves it, or returns it to you.")
    return press(request, number, "submit", workflow.submit, done=done)


@posted
def approve(model_admin: Any, request: HttpRequest, number: int) -> HttpResponse:
    """Approve a submitted edition, now or from a moment on."""
    item = item_to_act_on(request, number, "approve")
    form = ApprovalForm(request.POST, user=request.user) if "later" in request.POST else None
    if form is None or form.is_valid():
        moment = form.moment if form else None
        refusal = carry_out(request, item, partial(workflow.approve, by=request.user, visible_from=moment))
        if refusal is None:
            tell_approval(request, item, request.POST["edition"])
            return HttpResponseRedirect(change_address(item))
        tell_refusal(request, refusal)
    return model_admin.read_page(request, item, {"approval_form": form} if form else {})


@posted
def send_back(model_admin: Any, request: HttpRequest, number: int) -> HttpResponse:
    """Return a submitted edition to its writers with a remark."""
    item = item_to_act_on(request, number, "return")
    form = ReturnForm(request.POST)
    if form.is_valid():
        remark = form.cleaned_data["remark"]
        refusal = carry_out(request, item, partial(workflow.send_back, by=request.user, remark=remark))
        if refusal is None:
            messages.success(request, _("Returned. Its writers read your remark above the form."))
            return HttpResponseRedirect(change_address(item))
        add_refusal(form, refusal)
    return model_admin.read_page(request, item, {"return_form": form})
