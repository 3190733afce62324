"""The pages of an item in the admin that its form is not: opening an edition, discarding one, preview, suggestions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from news import access, workflow
from news.admin.fields import item_texts
from news.admin.form import open_edition_of, version_of
from news.admin.states import edition_state
from news.models import Edition, NewsItem
from news.reading import item_page

SUGGESTIONS = 20


def change_address(item: NewsItem) -> str:
    """Return the address of the item's page in the admin."""
    return reverse("admin:news_newsitem_change", args=[item.pk])


def tell_refusal(request: HttpRequest, error: ValidationError) -> None:
    """Show what the rules say against an act, one message for each reason."""
    for message in error.messages:
        messages.error(request, message)


def open_edition(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Open the next edition of an item, and show its form."""
    item = get_object_or_404(NewsItem, pk=number)
    if not access.may_write(request.user, item):
        raise PermissionDenied
    try:
        edition = workflow.open_edition(item)
    except workflow.WorkflowError as error:
        tell_refusal(request, error)
    else:
        model_admin.log_change(request, item, [{"changed": {"name": str(_("edition")), "object": str(edition.number)}}])
    return HttpResponseRedirect(change_address(item))


def discard(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether the open edition is to be thrown away, and do it."""
    item = get_object_or_404(NewsItem, pk=number)
    if not access.may_discard(request.user, item):
        raise PermissionDenied
    edition = open_edition_of(item)
    if edition is None:
        messages.error(request, _("There is no draft to discard: it was approved or discarded meanwhile."))
        return HttpResponseRedirect(change_address(item))
    if request.method == "POST" and request.POST.get("seen") == version_of(edition):
        return _discard(model_admin, request, edition)
    return _ask_before_discarding(model_admin, request, edition)


def _discard(model_admin: ModelAdmin, request: HttpRequest, edition: Edition) -> HttpResponse:
    """Discard, and go where something is left to see."""
    item = edition.item
    try:
        workflow.discard(edition)
    except workflow.WorkflowError as error:
        tell_refusal(request, error)
        return HttpResponseRedirect(change_address(item))
    model_admin.log_change(request, item, [{"deleted": {"name": str(_("edition")), "object": str(edition.number)}}])
    messages.success(request, _("The draft “%(title)s” was discarded.") % {"title": edition.title})
    is_left = NewsItem.objects.filter(pk=edition.item_id).exists()
    return HttpResponseRedirect(change_address(item) if is_left else reverse("admin:news_newsitem_changelist"))


def _ask_before_discarding(model_admin: ModelAdmin, request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show what would be lost; asked again when someone saved the draft meanwhile."""
    if request.method == "POST":
        messages.warning(
            request, _("Someone has saved this draft since you opened this page. Look at it before you discard it.")
        )
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Discard this draft?"),
        "opts": NewsItem._meta,
        "edition": edition,
        "seen": version_of(edition),
        "is_only_one": edition.number == 1,
        "back": change_address(edition.item),
    }
    return TemplateResponse(request, "admin/news/newsitem/discard.html", context)


def suggest(request: HttpRequest) -> JsonResponse:
    """Answer the titles that contain what was typed, newest first, as the form's inputs take them."""
    if not access.may_pick(request.user):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()
    newer = Edition.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    found = (
        Edition.objects.filter(~Exists(newer), title__icontains=typed).order_by("-item")
        if typed
        else Edition.objects.none()
    )
    if request.GET.get("originals"):
        found = found.filter(item__translation_of__isnull=True)
    texts = item_texts(found.values_list("item", flat=True)[:SUGGESTIONS])
    return JsonResponse({"suggestions": list(texts.values())})


def preview(_model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Show the newest edition as visitors would read it if it were approved now."""
    edition = Edition.objects.select_related("item").filter(item=number).order_by("-number").first()
    if edition is None:
        raise Http404
    if not access.may_preview(request.user, edition.item):
        raise PermissionDenied
    context = preview_page(edition)  # said in the editor's language, shown in the frame of the item's
    with override(edition.language if edition.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return render(request, "admin/news/newsitem/preview.html", item_page(context["edition"]) | context)


def preview_page(edition: Edition) -> dict[str, Any]:
    """Return what a preview says beside the public page; a date of issue that is missing is taken to be now."""
    now = timezone.now()
    lacks = workflow.missing(edition)
    edition.issued_at = edition.issued_at or now
    still = _("Before it can be approved, it needs: %(what)s.") % {"what": ", ".join(lacks)} if lacks else ""
    return {
        "edition": edition,
        "published": now,
        "notice_language": get_language(),
        "notice_title": _("Preview of edition %(number)s: %(state)s")
        % {"number": edition.number, "state": edition_state(edition)},
        "notice_text": still,
        "back": change_address(edition.item),
        "back_text": _("Back to the item"),
    }
