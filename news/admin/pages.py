"""The pages of an item that only show something: preview, comparison; and the titles that inputs suggest."""

from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from news import access, workflow
from news.admin.acts import change_address, item_to_act_on
from news.admin.item_fields import item_texts, nameable
from news.admin.standing import compared
from news.admin.states import edition_state
from news.cards import direction, foreign
from news.models import Edition, NewsItem
from news.reading import item_page

SUGGESTIONS = 20


def suggest(request: HttpRequest) -> JsonResponse:
    """Answer the titles that contain what was typed, newest first, as the form's inputs take them."""
    if not access.may(request.user, "pick"):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()
    found = nameable(request.user).filter(title__icontains=typed).order_by("-item") if typed else Edition.objects.none()
    if request.GET.get("originals"):
        found = found.filter(item__translation_of__isnull=True)
    texts = item_texts(found.values_list("item", flat=True)[:SUGGESTIONS], request.user)
    return JsonResponse({"suggestions": list(texts.values())})


def preview(_model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Show the newest edition as visitors would read it if it were approved now."""
    edition = Edition.objects.select_related("item").filter(item=number).order_by("-number").first()
    if edition is None:
        raise Http404
    if not access.may(request.user, "see", edition):
        raise PermissionDenied
    context = preview_page(edition)  # said in the editor's language, shown in the frame of the item's
    with override(edition.language if edition.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return render(request, "admin/news/newsitem/preview.html", item_page(context["edition"]) | context)


def preview_page(edition: Edition) -> dict[str, Any]:
    """Return what a preview says beside the public page; a date of issue that is missing is taken to be now."""
    now = timezone.now()
    lacks = workflow.missing(edition)
    if edition.is_open:  # what the library says now is what approval would keep
        edition.files = workflow.held_by(workflow.content_of(edition), edition.language).files
    edition.issued_at = edition.issued_at or now
    still = _("Before it can be submitted, it needs: %(what)s.") % {"what": ", ".join(lacks)} if lacks else ""
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


def compare(model_admin: ModelAdmin, request: HttpRequest, number: int) -> HttpResponse:
    """Show word by word what differs between two editions of an item, by default the public and the newest one."""
    item = item_to_act_on(request, number, "see")
    editions = {edition.number: edition for edition in item.editions.select_related("item")}
    old, new = _asked_pair(request, editions)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("What differs between edition %(old)s and edition %(new)s") % {"old": old.number, "new": new.number},
        "opts": NewsItem._meta,
        "original": item,
        "item_title": editions[max(editions)].title,
        "back": change_address(item),
        "old": old,
        "new": new,
        "choices": [(edition, edition_state(edition)) for edition in editions.values()],
        "comparison": compared(old, new, request.user),
        "foreign": foreign(item.language),
        "direction": direction(item.language),
    }
    return TemplateResponse(request, "admin/news/newsitem/compare.html", context)


def _asked_pair(request: HttpRequest, editions: dict[int, Edition]) -> tuple[Edition, Edition]:
    """Return the two editions that were asked for.

    Raises:
        Http404: there is no such edition.
    """
    newest = editions[max(editions)]
    before = [edition for edition in editions.values() if edition.visible_from and edition is not newest]
    usual = {"from": max(before, key=lambda edition: edition.number) if before else newest, "to": newest}
    try:
        asked = {name: editions[int(request.GET[name])] for name in usual if request.GET.get(name)}
    except (ValueError, KeyError) as error:
        raise Http404 from error
    pair = usual | asked
    return pair["from"], pair["to"]
