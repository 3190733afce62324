"""Images in the admin: the grid, uploads, the page of each, many described at once, and what cannot be deleted."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library import access
from library.admin import choosing, describing_page, public_words, upload_page
from library.admin.image_form import ImageForm
from library.admin.image_list import ImageList, marks_of, rendition, thumbnail
from library.admin.removal import kept_because
from library.holders import Use, uses_of_image
from library.models import Image

LANGUAGES = [*settings.LANGUAGES, *settings.LOCAL_LANGUAGES]
PREVIEW = 960  # pixels
FOLDER = "admin/library/image"


@admin.register(Image)
class ImageAdmin(ImageList):
    """The image library."""

    actions = ("describe_chosen", "delete_selected")
    delete_confirmation_template = f"{FOLDER}/delete.html"
    delete_selected_confirmation_template = f"{FOLDER}/delete_chosen.html"

    def get_urls(self) -> list[Any]:
        """Offer these pages and no other."""
        view = self.admin_site.admin_view
        pages: list[tuple[str, Any, str]] = [
            ("", self.changelist_view, "changelist"),
            ("upload/", partial(upload_page.upload, self), "add"),
            ("describe/", partial(describing_page.describe, self), "describe"),
            ("choose/", choosing.choose, "choose"),
            ("<path:object_id>/change/", self.change_view, "change"),
            ("<path:object_id>/delete/", self.delete_view, "delete"),
            ("<path:object_id>/history/", self.history_view, "history"),
        ]
        return [path(route, view(page), name=f"library_image_{name}") for route, page, name in pages]

    @admin.action(description=gettext_lazy("Describe"), permissions=["change"])
    def describe_chosen(self, request: HttpRequest, queryset: QuerySet[Image]) -> HttpResponse:
        """Lead to the page on which the chosen images are described."""
        return HttpResponseRedirect(describing_page.address(queryset.values_list("pk", flat=True)))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show an image in large, with all that is said of it; take what was changed."""
        image = self.get_object(request, unquote(object_id))
        if image is None:
            raise Http404
        if not self.has_view_or_change_permission(request, image):
            raise PermissionDenied
        uses = uses_of_image(image.pk, user=request.user)
        titles = [use.text for use in uses]
        if request.method != "POST":
            form = ImageForm(instance=image, languages=LANGUAGES, titles=titles)
        else:
            form = self.changed(request, image, titles)
            if form.is_valid():
                return self.after_saving(request, image, form, uses)
        context = {"form": form, "image": image, "uses": uses, "marks": marks_of(image)}
        context["with_own_words"] = public_words.with_own_words(uses)
        context["preview"] = rendition(image, "whole", PREVIEW)
        context["may_change"] = self.has_change_permission(request, image)
        context["may_delete"] = self.has_delete_permission(request, image) and not kept_because(image.pk, request.user)
        return self.show(request, "image", str(image.name), original=image, **context)

    def changed(self, request: HttpRequest, image: Image, titles: list[str]) -> ImageForm:
        """Read the image anew under its lock, check what was sent against that, and write it."""
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        with transaction.atomic():
            stored = Image.objects.select_for_update().get(pk=image.pk)
            focal = (stored.focal_x, stored.focal_y)
            form = ImageForm(request.POST, instance=stored, languages=LANGUAGES, titles=titles)
            if form.is_valid():
                saved = form.save()
                if (saved.focal_x, saved.focal_y) != focal:
                    describing_page.render_anew(saved)
        return form

    def after_saving(self, request: HttpRequest, image: Image, form: ImageForm, uses: list[Use]) -> HttpResponse:
        """Say that it is saved, and when readers get what was changed; lead on."""
        self.message_user(request, _("“%(image)s” is saved.") % {"image": image.name}, messages.SUCCESS)
        public_words.tell_when_readers_get_them(request, [(form, uses)])
        name = "change" if "_continue" in request.POST else "changelist"
        return HttpResponseRedirect(reverse(f"admin:library_image_{name}", args=[image.pk] if name == "change" else []))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what is to go, and what keeps it: an image that is used, or was public once, stays."""
        named = [f"{image.name} [{image.pk}]" for image in objs]
        kept = [reason for image in objs for reason in kept_because(image.pk, request.user)]
        return named, {self.opts.verbose_name_plural: len(named)}, set(), kept

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Ask, and delete; say so if something has begun to use the image meanwhile."""
        image = self.get_object(request, unquote(object_id))
        told = {"title": _("Delete this image?"), "thumbnail": thumbnail(image) if image else ""}
        return self.unless_used(request, super().delete_view, object_id, told | (extra_context or {}))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the grid, and do what is to be done with the chosen images."""
        return self.unless_used(request, super().changelist_view, extra_context)

    def unless_used(self, request: HttpRequest, view: Callable[..., HttpResponse], *given: Any) -> HttpResponse:
        """Answer, or say that an image is in use that was free when it was looked at; then all stay."""
        try:
            with transaction.atomic() if request.method == "POST" else nullcontext():
                return view(request, *given)
        except ProtectedError:
            text = _("Nothing is deleted: something has begun to use an image meanwhile.")
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:library_image_changelist"))

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        """Let the image go with all that was made of it."""
        _let_go(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> None:
        """Let each image go with all that was made of it."""
        for image in queryset:
            _let_go(image)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the library to who may see images."""
        return access.may(request.user, "see")

    def has_view_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Show images to those entitled."""
        return access.may(request.user, "see")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those entitled upload."""
        return access.may(request.user, "upload")

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Let those entitled describe images."""
        return access.may(request.user, "describe")

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Let those entitled delete what nothing uses."""
        return access.may(request.user, "delete")

    def show(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        """Show a page of the library."""
        shared = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        return TemplateResponse(request, f"{FOLDER}/{template}.html", shared | context)


def _let_go(image: Image) -> None:
    from library.keeping import let_go  # noqa: PLC0415 - Pillow takes megabytes: it is loaded where a picture is opened

    let_go(image)
