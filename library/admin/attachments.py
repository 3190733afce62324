"""Attachments in the admin: a list, a page for each with all its versions, and what the item's form asks."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, ProtectedError, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from library.access import is_foreign
from library.admin.attachment_form import AttachmentForm
from library.admin.shown import DESCRIBE, RECORDED, shown_attachments, words_of
from library.files import file_of
from library.holders import current_version, uses_of_attachment
from library.models import Attachment, AttachmentVersion
from library.models.attachment import newest

FOUND = 20  # attachments offered at once
MOST_SHOWN = 200  # cards in one answer
RECORDING = (gettext_lazy("Videos and recordings"), {"fields": ("poster", "transcript")})
NAMED = 3  # items in a message


class LanguageFilter(admin.SimpleListFilter):
    """The language of the newest version."""

    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return all languages that an attachment may have."""
        field: Any = AttachmentVersion._meta.get_field("language")
        return list(field.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Attachment]) -> QuerySet[Attachment]:
        """Keep the attachments whose newest version is in the language."""
        return (
            queryset.alias(newest_language=newest("language")).filter(newest_language=self.value())
            if self.value()
            else queryset
        )


@admin.register(Attachment)
class AttachmentAdmin(admin.ModelAdmin):
    """Documents, pages, videos and recordings that belong to news items."""

    form = AttachmentForm
    change_form_template = "admin/library/attachment/change_form.html"
    list_display = ("title", "kind", "file_words", "created_at")
    list_filter = ("kind", LanguageFilter)
    search_fields = ("versions__title",)  # `get_search_results` says how
    search_help_text = gettext_lazy("Words of the title, or the number")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a count for each choice would cost a query for each
    actions = None
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        """Read the versions of a page of the list at once."""
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("versions", AttachmentVersion.objects.defer("text")))
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Attachment | None:
        """Lock what is about to be changed, so that nobody else's version comes between reading and writing."""
        attachment: Attachment | None = super().get_object(request, object_id, from_field)
        if attachment and request.method == "POST":
            return Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
        return attachment

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Attachment], search_term: str
    ) -> tuple[QuerySet[Attachment], bool]:
        """Keep what holds every word in its title, or has the number."""
        return matching(queryset, search_term), False

    @admin.display(description=gettext_lazy("title"), ordering=newest("title"))
    def title(self, attachment: Attachment) -> str:
        """Return the title of the newest version."""
        return str(attachment)

    @admin.display(description=gettext_lazy("file"))
    def file_words(self, attachment: Attachment) -> str:
        """Return what a link says of the newest version."""
        version = attachment.newest
        return words_of(_file(version, attachment)) if version else "–"

    def get_form(self, request: HttpRequest, obj: Attachment | None = None, *args: Any, **kwargs: Any) -> Any:
        """Tell the form who gives the file."""
        form: Any = super().get_form(request, obj, *args, **kwargs)
        return type(form)(form.__name__, (form,), {"user": request.user})

    def get_fieldsets(self, request: HttpRequest, obj: Attachment | None = None) -> list[Any]:
        """Return what concerns this kind of attachment; all of it for a new one."""
        is_page = obj is not None and obj.kind == Attachment.Kind.PAGE
        given = (["text"] if is_page else ["file"]) if obj else ["file", "text"]
        parts: list[Any] = [(None, {"fields": ("title", "language", *given)})]
        return [*parts, RECORDING] if obj is None or obj.kind in RECORDED else parts

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show beside the form the versions, and where they are used."""
        attachment = super().get_object(request, object_id) if object_id else None
        told = _told(request, attachment) if attachment else {}
        return super().changeform_view(request, object_id, form_url, told | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Attachment, form: AttachmentForm, change: bool) -> None:
        """Say when readers get a new version: the form has stored it as the last step of its validation."""
        if change and form.stored:
            messages.info(request, when_readers_get(form.stored, _uses(request, obj)))

    # Who may

    def has_view_permission(self, request: HttpRequest, obj: Attachment | None = None) -> bool:
        """Keep the words of other institutions' drafts from others, as the files are."""
        return super().has_view_permission(request, obj) and not (obj and is_foreign(_uses(request, obj)))

    def has_change_permission(self, request: HttpRequest, obj: Attachment | None = None) -> bool:
        """Let nobody change what only items of other institutions hold."""
        return super().has_change_permission(request, obj) and not (obj and is_foreign(_uses(request, obj)))

    def has_delete_permission(self, request: HttpRequest, obj: Attachment | None = None) -> bool:
        """Offer no deletion of what is used or was public."""
        return super().has_delete_permission(request, obj) and not (obj and _uses(request, obj))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuse in words what is used, also where that came about a moment ago."""
        attachment = self.get_object(request, object_id)
        if attachment is None or not super().has_delete_permission(request) or not _uses(request, attachment):
            try:
                return super().delete_view(request, object_id, extra_context)
            except ProtectedError:
                pass
        messages.error(request, _("Not deleted: it is used, or was public once. Where, is said below."))
        return HttpResponseRedirect(reverse("admin:library_attachment_change", args=[object_id]))

    def delete_model(self, request: HttpRequest, obj: Attachment) -> None:
        """Delete the files after the rows."""
        files = {str(version.file): version.file.storage for version in obj.versions.exclude(file="")}
        obj.delete()
        for name, storage in files.items():
            transaction.on_commit(partial(storage.delete, name), robust=True)

    # What the item's form asks

    def get_urls(self) -> list[Any]:
        """Add the answers for scripts before Django's addresses."""
        views: dict[str, Callable[..., HttpResponse]] = {"choose": choose, "shown": shown, "upload": self.upload}
        return [
            *(
                path(f"{name}/", self.admin_site.admin_view(view), name=f"library_attachment_{name}")
                for name, view in views.items()
            ),
            *super().get_urls(),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Take a file with its title and language from the dialog of a form; answer its number or what is wrong."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return _upload(request)


def matching(attachments: QuerySet[Attachment], words: str) -> QuerySet[Attachment]:
    """Keep the attachments whose title holds every word, or the one with the number."""
    title = Q()
    for word in words.split():
        title &= Q(newest_title__icontains=word)
    number = words.strip()
    is_number = number.isdecimal() and len(number) < len(str(2**63))
    named = attachments.alias(newest_title=newest("title"))
    return named.filter(title | Q(pk=number) if is_number else title)


@require_safe
def choose(request: HttpRequest) -> JsonResponse:
    """Answer the newest attachments that the words fit."""
    if not request.user.has_perm("library.view_attachment"):
        raise PermissionDenied
    numbers = list(matching(Attachment.objects.all(), request.GET.get("q", "")).values_list("pk", flat=True)[:FOUND])
    known = shown_attachments(numbers)
    return JsonResponse({"attachments": [known[number].plain() for number in numbers if number in known]})


@require_safe
def shown(request: HttpRequest) -> JsonResponse:
    """Answer the cards of images and attachments by their numbers: `?image=12&image=13&attachment=7&language=fr`."""
    return JsonResponse({what: _cards(request, what) for what in DESCRIBE})


def _cards(request: HttpRequest, what: str) -> dict[int, Any]:
    """Return the cards that are asked for of one kind; PermissionDenied to whom it is not for."""
    asked = request.GET.getlist(what)[:MOST_SHOWN]
    numbers = [int(number) for number in asked if number.isdecimal() and len(number) < len(str(2**63))]
    if numbers and not request.user.has_perm(f"library.view_{what}"):
        raise PermissionDenied
    shown = DESCRIBE[what](numbers, request.GET.get("language", "en"))
    return {number: card.plain() for number, card in shown.items()}


@require_POST
def _upload(request: HttpRequest) -> JsonResponse:
    form = AttachmentForm(request.POST, request.FILES)
    form.user = request.user
    if form.is_valid():
        return JsonResponse({"id": form.instance.pk}, status=201)
    return JsonResponse({"errors": form.errors.get_json_data()}, status=400)


def _versions(attachment: Attachment) -> list[tuple[AttachmentVersion, str, str]]:
    """Return the versions, the newest first, with their words and addresses."""
    files = [(version, _file(version, attachment)) for version in attachment.versions.select_related("added_by")]
    return [(version, words_of(file), file.own_address) for version, file in files]


def _told(request: HttpRequest, attachment: Attachment) -> dict[str, Any]:
    """Return what the page says of an attachment that is there."""
    return {
        "versions": _versions(attachment),
        "uses": _uses(request, attachment),
        "public_version": current_version(attachment.pk),
    }


def when_readers_get(version: AttachmentVersion, uses: list[Any]) -> str:
    """Say of a new version when it becomes public: not before an edition that holds it does."""
    titles = [use.text for use in uses if use.address]
    if not titles:
        return _("Saved as version %(number)s. Readers get it when an edition with it is approved.") % {
            "number": version.number
        }
    items = ", ".join(_("“%(title)s”") % {"title": title} for title in titles[:NAMED]) + (
        " …" if len(titles) > NAMED else ""
    )
    text = _("Saved as version %(number)s. Readers get it with the next approved edition of %(items)s.")
    return text % {"number": version.number, "items": items}


def _file(version: AttachmentVersion, attachment: Attachment) -> Any:
    version.attachment = attachment
    return file_of(version)


def _uses(request: HttpRequest, attachment: Attachment) -> list[Any]:
    return uses_of_attachment(attachment.pk, user=request.user)
