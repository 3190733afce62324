"""The grid of the library: each image as a card, found by words, credit, country, day, use and state."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from library.admin.image_filters import CountryFilter, CreditFilter, FromFilter, LackFilter, UntilFilter, UseFilter
from library.folding import folded
from library.models import Image, ImageText
from library.pictures import Picture
from library.slots import CROPS
from taxonomy.dates import day_label

THUMBNAIL = 192  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the grid shows of an image; `marks` are pairs of a class of style and words."""

    image: Image
    thumbnail: str
    alternative: str
    day: str
    marks: list[tuple[str, str]]


def thumbnail(image: Image) -> str:
    """Return the address of an image's small square."""
    return rendition(image, "1x1", THUMBNAIL)


def rendition(image: Image, crop: str, width: int) -> str:
    """Return the address of the widest rendition that is no wider, or of the narrowest one."""
    shown = Picture(image=image.pk, width=image.width, height=image.height)
    widths = CROPS[crop].widths_for((image.width, image.height))
    fitting = [each for each in widths if each <= width] or widths[:1]
    return shown.address(crop, fitting[-1], "jpg")


def alternative_of(image: Image) -> str:
    """Return the alternative text in the active language, in English, or in any other."""
    texts = {code: text.alternative for code, text in image.words().items() if text.alternative}
    return texts.get(get_language() or "en") or texts.get("en") or next(iter(texts.values()), "")


def marks_of(image: Image) -> list[tuple[str, str]]:
    """Return in words what is still to be done about an image."""
    marks = []
    described = sorted(code for code, text in image.words().items() if text.alternative)
    if image.is_decorative:
        marks.append(("", _("decorative")))
    elif not described:
        marks.append(("lack", _("no alternative text")))
    elif missing := [name for code, name in settings.LANGUAGES if code not in described]:
        marks.append(("", _("no alternative text: %(languages)s") % {"languages": ", ".join(missing)}))
    if image.problem:
        marks.append(("lack", image.problem))
    elif not image.rendered_by:
        marks.append(("", _("not yet rendered")))
    return marks


def card(image: Image) -> Card:
    """Return what the grid shows of an image that was read with its texts."""
    taken = _("taken on %(day)s") % {"day": day_label(image.taken_on)} if image.taken_on else ""
    return Card(
        image=image,
        thumbnail=thumbnail(image),
        alternative=alternative_of(image),
        day=taken or _("uploaded on %(day)s") % {"day": day_label(image.uploaded_at.date())},
        marks=marks_of(image),
    )


def found_by_words(images: QuerySet[Image], typed: str) -> QuerySet[Image]:
    """Keep the images that each word is said of: in the name, credit, place, alternative texts and captions."""
    for word in folded(typed).split():
        said = ImageText.objects.filter(image=OuterRef("pk"), search_text__contains=word)
        number = Q(pk=int(word)) if word.isdecimal() and len(word) <= len(str(2**62)) - 1 else Q()
        images = images.filter(Q(search_text__contains=word) | Q(Exists(said)) | number)
    return images


class ImageList(admin.ModelAdmin):
    """Images as cards, the newest first."""

    list_display = ("__str__",)
    list_filter = (CreditFilter, CountryFilter, FromFilter, UntilFilter, UseFilter, LackFilter)
    list_per_page = 60
    list_max_show_all = 60
    search_fields = ("search_text",)
    search_help_text = gettext_lazy("Words of the file’s name, the texts, the place or the credit")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()
    view_on_site = False
    change_list_template = "admin/library/image/grid.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        """Return the images with their texts; in two queries."""
        return super().get_queryset(request).prefetch_related("texts")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        """Keep the images that each word is said of."""
        return found_by_words(queryset, search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the grid."""
        answer = super().changelist_view(request, extra_context)
        context = answer.context_data if isinstance(answer, TemplateResponse) else None
        if context and "cl" in context:
            context["title"] = _("Images")
            context["cards"] = [card(image) for image in context["cl"].result_list]
            context["may_describe"] = self.has_change_permission(request)
            context["may_delete"] = self.has_delete_permission(request)
            context["upload_address"] = reverse("admin:library_image_add")
        return answer
